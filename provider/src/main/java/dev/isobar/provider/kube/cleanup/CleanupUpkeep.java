package dev.isobar.provider.kube.cleanup;

import dev.isobar.apis.compute.ClusterCleanupSpec.ControlPlaneRef;
import dev.isobar.apis.compute.ClusterCleanupStatus;
import dev.isobar.apis.compute.StatusCondition;
import dev.isobar.apis.decode.Encoder;
import dev.isobar.apis.tree.Tree;
import dev.isobar.provider.cleanup.CleanupReport;
import dev.isobar.provider.cleanup.ClusterAccount;
import dev.isobar.provider.cleanup.Teardown;
import dev.isobar.provider.decide.Annotations;
import dev.isobar.provider.decide.Managed;
import dev.isobar.provider.decide.Notice;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.decide.Wait;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Leftover;
import dev.isobar.provider.external.Leftovers;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.kube.account.ConfigUser;
import dev.isobar.provider.kube.api.ApiAnswer;
import dev.isobar.provider.kube.api.ApiObject;
import dev.isobar.provider.kube.api.KubernetesKind;
import dev.isobar.provider.kube.api.Mirror;
import dev.isobar.provider.kube.api.ObjectApi;
import dev.isobar.provider.kube.store.Topic;
import dev.isobar.provider.operate.Diary;
import dev.isobar.provider.queue.Urgency;
import dev.isobar.provider.queue.Workers.Again;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Keeps one ClusterCleanup: looks while its cluster lives, and removes once it is deleted. */
final class CleanupUpkeep {
  private static final Diary LOG = Diary.of(CleanupUpkeep.class);

  /** Reasons that are no trouble. */
  private static final Set<String> ON_ITS_WAY = Set.of("CleaningUp", "ControlPlaneLives");

  /** A load balancer takes about as long to go. */
  private static final Duration MOVING = Duration.ofSeconds(10);

  /** The way to an account. */
  @FunctionalInterface
  interface Access {
    /** What clusters left there; a failure when it cannot be opened. */
    Response<Leftovers> leftovers(ConfigUser user, boolean deleting);
  }

  private final ObjectApi api;
  private final Mirror<StoredCleanup> cleanups;
  private final Access access;
  private final BiConsumer<Topic, Notice> speaker;
  private final Duration interval;
  private final InstantSource clock;

  CleanupUpkeep(
      ObjectApi api,
      Mirror<StoredCleanup> cleanups,
      Access access,
      BiConsumer<Topic, Notice> speaker,
      Duration interval,
      InstantSource clock) {
    this.api = api;
    this.cleanups = cleanups;
    this.access = access;
    this.speaker = speaker;
    this.interval = interval;
    this.clock = clock;
  }

  /** One pass; answers when the next one is due. */
  Again keep(ObjectKey key) {
    Optional<StoredCleanup> found = cleanups.get(key);
    if (found.filter(one -> !one.paused()).isEmpty()) {
      return new Again.WhenAdded();
    }
    StoredCleanup one = found.get();
    if (one.deleting() && !one.held()) {
      return new Again.WhenAdded();
    }
    if (one.deleting() && one.status().begunAt().isEmpty()) {
      return begin(one);
    }
    return one.deleting() ? asked(one, there -> orLook(one, there), () -> enter(one)) : enter(one);
  }

  /** Also while nobody gets into the account. */
  private Again orLook(StoredCleanup one, ApiObject controlPlane) {
    boolean another = works(controlPlane) && controlPlane.deletedAt().isEmpty();
    return another ? handOver(one, CleanupReport.known(one.status())) : enter(one);
  }

  private Again enter(StoredCleanup one) {
    return switch (access.leftovers(one.user(), one.deleting())) {
      case Response.Failed<Leftovers>(var why) -> unseen(one, why);
      case Response.Answered<Leftovers>(var leftovers) ->
          one.held() ? look(one, leftovers) : hold(one);
    };
  }

  private Again look(StoredCleanup one, Leftovers leftovers) {
    return switch (leftovers.account()) {
      case Response.Failed<String>(var why) -> unseen(one, why);
      case Response.Answered<String>(var account) ->
          switch (leftovers.of(one.spec().cluster())) {
            case Response.Failed<List<Leftover>>(var why) -> unseen(one, why);
            case Response.Answered<List<Leftover>>(var there) ->
                decide(one, leftovers, account, there);
          };
    };
  }

  private Again decide(
      StoredCleanup one, Leftovers leftovers, String account, List<Leftover> there) {
    String config = one.user().config().toString();
    var seen = new ClusterAccount(config, account, one.account(), one.status().leftovers(), there);
    return switch (seen.finding()) {
      case ClusterAccount.Finding.Elsewhere(var why) -> unseen(one, why);
      case ClusterAccount.Finding.News() -> remember(one, account);
      case ClusterAccount.Finding.Known() ->
          one.deleting() ? goOn(one, leftovers, there) : watch(one, there);
    };
  }

  /** Before anything is said or removed, for the credentials may lead elsewhere any time. */
  private Again remember(StoredCleanup one, String account) {
    return stored(
        write(one, "annotations", Map.of(Annotations.ACCOUNT, account)),
        new Again.After(Duration.ZERO, Urgency.NEWS));
  }

  /**
   * While its controllers live, what is removed comes again. They outlive the kind of their control
   * plane, so that one that is not served proves nothing.
   */
  private Again begin(StoredCleanup one) {
    return asked(
        one,
        _ -> waits(one),
        () ->
            report(
                one, said(one).begun().removing(), new Again.After(Duration.ZERO, Urgency.NEWS)));
  }

  /**
   * What bears the cluster's name may be of another one that has come since. Until its control
   * plane works it has nothing, and its former network may wait for what is removed here.
   */
  private Again goOn(StoredCleanup one, Leftovers leftovers, List<Leftover> there) {
    return asked(
        one,
        controlPlane -> {
          if (!works(controlPlane)) {
            return remove(one, leftovers, there);
          }
          return controlPlane.deletedAt().isPresent() ? waits(one) : handOver(one, there);
        },
        () -> remove(one, leftovers, there));
  }

  private Again waits(StoredCleanup one) {
    return report(
        one,
        said(one).waiting(one.spec().controlPlaneRef()),
        new Again.After(MOVING, Urgency.NEWS));
  }

  private Again asked(StoredCleanup one, Function<ApiObject, Again> exists, Supplier<Again> gone) {
    ControlPlaneRef controlPlane = one.spec().controlPlaneRef();
    var key = new ObjectKey(one.key().namespace(), controlPlane.name());
    return switch (api.get(kind(controlPlane), key)) {
      case ApiAnswer.Current(var object) -> exists.apply(object);
      case ApiAnswer.Missing() -> gone.get();
      case ApiAnswer.Forbidden(var why) ->
          unseen(
              one,
              new Failure.InvalidConfiguration(
                  unknown(controlPlane, "; apply package/rbac, which allows it: " + why)));
      case ApiAnswer.Conflict() -> new Again.Backoff();
      case ApiAnswer.Unavailable(var why) ->
          unseen(one, new Failure.ProviderError(unknown(controlPlane, ": " + why)));
    };
  }

  private static boolean works(ApiObject controlPlane) {
    Tree status = controlPlane.content().at("status");
    return status
        .at("initialization", "controlPlaneInitialized")
        .truth()
        .or(() -> status.at("initialized").truth())
        .orElse(false);
  }

  private static CloudWords unknown(ControlPlaneRef controlPlane, String why) {
    return CloudWords.ours(
        "cannot see whether " + controlPlane.kind() + " " + controlPlane.name() + " is gone" + why);
  }

  private static KubernetesKind kind(ControlPlaneRef controlPlane) {
    return switch (controlPlane.kind()) {
      case KubeadmControlPlane -> KubernetesKind.KUBEADM_CONTROL_PLANE;
      case AWSManagedControlPlane -> KubernetesKind.AWS_MANAGED_CONTROL_PLANE;
    };
  }

  /** Before anything is said; but who may never use the config shall not hold up a deletion. */
  private Again hold(StoredCleanup one) {
    List<String> finalizers = new ArrayList<>(one.finalizers());
    finalizers.add(Managed.FINALIZER);
    return stored(
        write(one, "finalizers", finalizers), new Again.After(Duration.ZERO, Urgency.NEWS));
  }

  private Again watch(StoredCleanup one, List<Leftover> there) {
    return report(
        one,
        said(one).watching(there, one.spec().volumes()),
        new Again.After(interval, Urgency.RESYNC));
  }

  private Again remove(StoredCleanup one, Leftovers leftovers, List<Leftover> there) {
    Teardown teardown = Teardown.of(there, one.spec().volumes());
    if (teardown.going().isEmpty()) {
      return letGo(one, teardown.kept());
    }
    Optional<Failure> trouble = Optional.empty();
    for (Leftover next : teardown.next()) {
      LOG.info("Removing what a cluster left", "cluster", one.spec().cluster(), "what", next);
      if (leftovers.remove(next) instanceof Effect.Failed(var why, _)
          && !(why instanceof Failure.Busy)
          && trouble.isEmpty()) {
        trouble = Optional.of(why);
      }
    }
    Again next =
        trouble.<Again>map(CleanupUpkeep::later).orElse(new Again.After(MOVING, Urgency.NEWS));
    return report(one, said(one).removing(there, teardown, trouble), next);
  }

  /** The other cluster gets a ClusterCleanup of its own once this one is gone. */
  private Again handOver(StoredCleanup one, List<Leftover> there) {
    String words =
        "another cluster %s works since not all of the former was removed; what bears its name in account %s is left to the ClusterCleanup of that one, or to whoever looks there if that looks elsewhere: %s"
            .formatted(
                one.spec().cluster(),
                one.account().orElse("that was never known"),
                there.isEmpty() ? "nothing" : CleanupReport.names(there));
    speaker.accept(topic(one), new Notice(Notice.Kind.Warning, "HandedOver", words, true));
    LOG.warning("Leaving what a cluster left to another of its name", "what", there);
    return release(one);
  }

  /** Told twice is better than never: once it is gone, no pass is left that could. */
  private Again letGo(StoredCleanup one, List<Leftover> kept) {
    tellEnd(one, kept);
    return release(one);
  }

  private Again release(StoredCleanup one) {
    List<String> others =
        one.finalizers().stream().filter(name -> !name.equals(Managed.FINALIZER)).toList();
    return stored(write(one, "finalizers", others), new Again.WhenAdded());
  }

  /** Nobody can read a status of what is gone, so what stays is told by events and the log. */
  private void tellEnd(StoredCleanup one, List<Leftover> kept) {
    String cluster = one.spec().cluster();
    if (kept.isEmpty()) {
      String words =
          "cluster %s is gone, and account %s has nothing more of it"
              .formatted(cluster, one.account().orElse(""));
      speaker.accept(topic(one), new Notice(Notice.Kind.Normal, "CleanedUp", words, true));
    }
    List<Leftover> volumes = kept.stream().filter(stays -> !stays.shared()).toList();
    if (!volumes.isEmpty()) {
      String words =
          "cluster %s is gone, and these stay in the cloud because spec.volumes is Keep: %s"
              .formatted(cluster, CleanupReport.names(volumes));
      speaker.accept(topic(one), new Notice(Notice.Kind.Normal, "KeptVolumes", words, true));
    }
    List<Leftover> shared = kept.stream().filter(Leftover::shared).toList();
    if (!shared.isEmpty()) {
      String words =
          "cluster %s is gone, and these stay in the cloud because other clusters use them: %s; no network goes that they are in: give those clusters load balancers of their own, then delete these"
              .formatted(cluster, CleanupReport.names(shared));
      speaker.accept(topic(one), new Notice(Notice.Kind.Warning, "KeptShared", words, true));
    }
    kept.forEach(
        stays -> LOG.info("Keeping what a cluster left", "cluster", cluster, "what", stays));
  }

  private Again unseen(StoredCleanup one, Failure why) {
    return report(one, said(one).unseen(why, one.deleting()), later(why));
  }

  private static Again later(Failure why) {
    return Wait.after(why) instanceof Wait.Pause(var asked)
        ? new Again.After(asked, Urgency.NEWS)
        : new Again.Backoff();
  }

  private CleanupReport said(StoredCleanup one) {
    return new CleanupReport(one.status(), one.generation(), clock.instant());
  }

  private Again report(StoredCleanup one, ClusterCleanupStatus status, Again then) {
    if (status.equals(one.status())) {
      return then;
    }
    ApiAnswer reply =
        api.putStatus(
            KubernetesKind.CLUSTER_CLEANUP,
            one.key(),
            one.resourceVersion(),
            Encoder.everything(status));
    if (reply instanceof ApiAnswer.Current) {
      tell(one, status);
    }
    return stored(reply, then);
  }

  /** An event when it begins to be ill of something, or is ill of something else. */
  private void tell(StoredCleanup one, ClusterCleanupStatus status) {
    StatusCondition now = status.conditions().getFirst();
    boolean news =
        one.status().conditions().stream()
            .noneMatch(before -> before.reason().equals(now.reason()));
    if (news && now.status().equals("False")) {
      String words = now.message().orElse("");
      speaker.accept(
          topic(one),
          ON_ITS_WAY.contains(now.reason())
              ? new Notice(Notice.Kind.Normal, now.reason(), words, false)
              : Notice.warning("CannotCleanUp", now.reason() + ": " + words));
    }
  }

  private ApiAnswer write(StoredCleanup one, String field, Object value) {
    return api.merge(
        KubernetesKind.CLUSTER_CLEANUP,
        one.key(),
        Map.of("metadata", Map.of("resourceVersion", one.resourceVersion(), field, value)));
  }

  private Again stored(ApiAnswer reply, Again then) {
    return switch (reply) {
      case ApiAnswer.Current(var object) -> {
        StoredCleanup.read(object)
            .ifPresent(read -> cleanups.takeOver(read.key(), read.resourceVersion(), read));
        yield then;
      }
      case ApiAnswer.Missing() -> new Again.WhenAdded();
      case ApiAnswer.Conflict() -> new Again.Backoff();
      case ApiAnswer.Forbidden(var why) -> unstored(why);
      case ApiAnswer.Unavailable(var why) -> unstored(why);
    };
  }

  /** Nobody else tells of it: what cannot be stored cannot be said in the object either. */
  private static Again unstored(String why) {
    LOG.warning("Storing a ClusterCleanup failed, and is tried again", "problem", why);
    return new Again.Backoff();
  }

  private static Topic topic(StoredCleanup one) {
    return new Topic(
        KubernetesKind.CLUSTER_CLEANUP,
        one.key(),
        one.uid(),
        one.resourceVersion(),
        Optional.empty());
  }
}
