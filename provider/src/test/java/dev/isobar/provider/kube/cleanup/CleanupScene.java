package dev.isobar.provider.kube.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.HandClock;
import dev.isobar.provider.external.Leftover;
import dev.isobar.provider.external.Leftover.Kind;
import dev.isobar.provider.external.Leftovers;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.kube.api.FakeKubernetes;
import dev.isobar.provider.kube.api.KubernetesKind;
import dev.isobar.provider.kube.api.Mirror;
import dev.isobar.provider.kube.api.Watching;
import dev.isobar.provider.queue.Urgency;
import dev.isobar.provider.queue.Workers.Again;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;

/** A ClusterCleanup on an API server in memory, and an account with some things in it. */
abstract class CleanupScene {
  static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");
  static final String EARLIER = "2026-11-26T08:00:00Z";
  static final Duration INTERVAL = Duration.ofMinutes(10);
  static final ObjectKey KEY = new ObjectKey("eo4eu", "eo-lab-f4bd8");
  static final ObjectKey CONTROL_PLANE = new ObjectKey("eo4eu", "eo-lab-f4bd8-cp");
  static final String ACCOUNT = "OpenStack/RegionOne/project-1";
  static final String ANOTHER = "OpenStack/RegionOne/project-2";
  static final String OURS = "finalizer.managedresource.crossplane.io";
  static final Again LATER = new Again.After(INTERVAL, Urgency.RESYNC);
  static final Again SOON = new Again.After(Duration.ofSeconds(10), Urgency.NEWS);
  static final Again AT_ONCE = new Again.After(Duration.ZERO, Urgency.NEWS);

  static final Map<String, String> REMEMBERED = Map.of("isobar.dev/account", ACCOUNT);
  static final CloudWords NO_RIGHT = CloudWords.ours("Policy doesn't allow");
  static final String WAY_OUT =
      "; what the cluster left cannot be looked for until that is mended. If its project or account"
          + " is gone as well, remove the finalizer of this object";

  /** Of one whose config leads to {@link #ANOTHER} account. */
  static final String MOVED =
      "the cluster is in account OpenStack/RegionOne/project-1, and ClusterProviderConfig wekeo"
          + " leads to OpenStack/RegionOne/project-2; give it back its former credentials, or set"
          + " annotation isobar.dev/account of this object to where the cluster is";

  /** An account with some things in it. */
  static final class Things implements Leftovers {
    final List<Leftover> there = new ArrayList<>();
    final List<String> removed = new ArrayList<>();
    Optional<Failure> refusal = Optional.empty();
    Response<String> account = Response.of(ACCOUNT);

    @Override
    public Response<String> account() {
      return account;
    }

    @Override
    public Response<List<Leftover>> of(String cluster) {
      return Response.of(cluster.equals(KEY.name()) ? List.copyOf(there) : List.of());
    }

    @Override
    public Effect remove(Leftover leftover) {
      removed.add(leftover.id());
      return refusal.<Effect>map(Effect.Failed::new).orElseGet(Effect.Accepted::new);
    }
  }

  /** What a pass did: when the next one is due, what was written, removed and said. */
  record Deeds(Again again, List<String> writes, List<String> removed, List<String> said) {
    static Deeds none(Again again) {
      return new Deeds(again, List.of(), List.of(), List.of());
    }

    static Deeds wrote(Again again, String write) {
      return new Deeds(again, List.of(write), List.of(), List.of());
    }
  }

  final HandClock clock = new HandClock(NOW);
  final Things things = new Things();
  final List<String> said = new ArrayList<>();
  Response<Leftovers> account = Response.of(things);
  FakeKubernetes kubernetes;

  @BeforeEach
  void start(@TempDir Path folder) {
    kubernetes = new FakeKubernetes(folder);
  }

  @AfterEach
  void end() {
    kubernetes.close();
  }

  // What is there.

  void cleanup(String volumes, Map<String, Object> metadata, String status) {
    Map<String, Object> all = new TreeMap<>(metadata);
    all.put("generation", 3);
    Map<String, Object> object = new TreeMap<>();
    object.put("metadata", all);
    object.put(
        "spec",
        Map.of(
            "cluster", KEY.name(),
            "controlPlaneRef", Map.of("kind", "KubeadmControlPlane", "name", CONTROL_PLANE.name()),
            "providerConfigRef", Map.of("kind", "ClusterProviderConfig", "name", "wekeo"),
            "volumes", volumes));
    if (!status.isEmpty()) {
      object.put("status", FakeKubernetes.json(status));
    }
    kubernetes.put(KubernetesKind.CLUSTER_CLEANUP, KEY, object);
  }

  void controlPlane() {
    kubernetes.put(KubernetesKind.KUBEADM_CONTROL_PLANE, CONTROL_PLANE, Map.of());
  }

  void workingControlPlane(Map<String, Object> metadata) {
    kubernetes.put(
        KubernetesKind.KUBEADM_CONTROL_PLANE,
        CONTROL_PLANE,
        Map.of(
            "metadata",
            metadata,
            "status",
            Map.of("initialization", Map.of("controlPlaneInitialized", true))));
  }

  void thing(Kind kind, String id) {
    things.there.add(new Leftover(kind, id, "", true));
  }

  void sharedThing(Kind kind, String id) {
    things.there.add(new Leftover(kind, id, "", true, true));
  }

  static Map<String, Object> held(String... more) {
    return Map.of("annotations", REMEMBERED, "finalizers", finalizers(more));
  }

  static Map<String, Object> going(String... more) {
    return Map.of(
        "annotations",
        REMEMBERED,
        "deletionTimestamp",
        "2026-11-26T09:59:00Z",
        "finalizers",
        finalizers(more));
  }

  /** As those of earlier versions are, which remember no account. */
  static Map<String, Object> old(Map<String, Object> metadata) {
    Map<String, Object> old = new TreeMap<>(metadata);
    old.remove("annotations");
    return old;
  }

  static List<String> finalizers(String... more) {
    return Stream.concat(Stream.of(more), Stream.of(OURS)).toList();
  }

  static String status(String begunAt, String leftovers, String counts, String condition) {
    return "{%s\"conditions\":[%s]%s%s}"
        .formatted(
            begunAt.isEmpty() ? "" : "\"begunAt\":\"" + begunAt + "\",",
            condition,
            counts.isEmpty() ? "" : ",\"counts\":" + counts,
            leftovers.isEmpty() ? "" : ",\"leftovers\":" + leftovers);
  }

  static String counts(int balancers, int volumes) {
    return "{\"loadBalancers\":%d,\"publicAddresses\":0,\"securityGroups\":0,\"snapshots\":0,\"volumes\":%d}"
        .formatted(balancers, volumes);
  }

  static String found(String kind, String id) {
    return "{\"id\":\"%s\",\"kind\":\"%s\",\"name\":\"\"}".formatted(id, kind);
  }

  static String ready(String since, String status, String reason, String message) {
    return "{\"lastTransitionTime\":\"%s\",\"message\":\"%s\",\"observedGeneration\":3,\"reason\":\"%s\",\"status\":\"%s\",\"type\":\"Ready\"}"
        .formatted(since, message, reason, status);
  }

  static String begun(String message) {
    return status(EARLIER, "", "", ready(EARLIER, "False", "CleaningUp", message));
  }

  static String put(String status) {
    return "PUT clustercleanups eo4eu/eo-lab-f4bd8 status " + status;
  }

  static String remembered(String account) {
    return "PATCH clustercleanups eo4eu/eo-lab-f4bd8"
        + " {\"metadata\":{\"annotations\":{\"isobar.dev/account\":\"%s\"},\"resourceVersion\":\"1\"}}"
            .formatted(account);
  }

  static String patched(String finalizers) {
    return "PATCH clustercleanups eo4eu/eo-lab-f4bd8"
        + " {\"metadata\":{\"finalizers\":%s,\"resourceVersion\":\"1\"}}".formatted(finalizers);
  }

  // What is done.

  Deeds pass() {
    Mirror<StoredCleanup> cleanups = new Mirror<>(StoredCleanup::read, (_, _, _) -> {});
    try (Watching watch = kubernetes.objects().watch(KubernetesKind.CLUSTER_CLEANUP, cleanups)) {
      assertThat(watch.awaitSync(Duration.ofSeconds(20))).isTrue();
      var upkeep =
          new CleanupUpkeep(
              kubernetes.objects(),
              cleanups,
              (_, _) -> account,
              (_, notice) ->
                  said.add(notice.kind() + " " + notice.reason() + ": " + notice.message()),
              INTERVAL,
              clock);
      return new Deeds(upkeep.keep(KEY), kubernetes.writes(), things.removed, said);
    }
  }

  static Arguments row(String why, Consumer<CleanupScene> scene, Deeds expected) {
    return Arguments.of(why, scene, expected);
  }
}
