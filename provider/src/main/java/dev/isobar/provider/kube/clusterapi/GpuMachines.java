package dev.isobar.provider.kube.clusterapi;

import dev.isobar.provider.clusterapi.OwnerCluster;
import dev.isobar.provider.clusterapi.OwnerMachine;
import dev.isobar.provider.decide.Managed;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.kube.api.KubernetesKind;
import dev.isobar.provider.kube.api.Mirror;
import dev.isobar.provider.kube.api.ObjectApi;
import dev.isobar.provider.kube.api.Watching;
import dev.isobar.provider.operate.Diary;
import dev.isobar.provider.queue.Agenda;
import dev.isobar.provider.queue.SteadyClock;
import dev.isobar.provider.queue.TokenBucket;
import dev.isobar.provider.queue.Workers;
import dev.isobar.provider.queue.Workers.Again;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * Watches GpuMachines with their Machines and Clusters, and works on them until closed. Those of a
 * cluster share a lane, so that one whose API does not answer holds up no other's.
 */
public final class GpuMachines implements AutoCloseable {
  private static final Diary LOG = Diary.of(GpuMachines.class);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Of a cluster: {@link Workloads} has one way into each. */
  private static final int AT_ONCE = 1;

  private static final int PASSES_PER_SECOND = 100;
  private static final int BURST = 500;

  /** What it needs to be served. */
  public static final List<KubernetesKind> KINDS =
      List.of(
          KubernetesKind.GPU_MACHINE,
          KubernetesKind.GPU_MACHINE_TEMPLATE,
          KubernetesKind.MACHINE,
          KubernetesKind.CLUSTER);

  private final ObjectApi api;
  private final Mirror<StoredMachine> machines;
  private final Mirror<OwnerMachine> owners;
  private final Mirror<OwnerCluster> clusters;
  private final Mirror<StoredTemplate> templates;
  private final Workloads workloads;
  private final Workers<ObjectKey> work;
  private final Workers<ObjectKey> templateWork;
  private final List<Watching> watches = new CopyOnWriteArrayList<>();

  /**
   * Nothing is watched yet.
   *
   * @param watchFilter value of the label that they must carry to be acted on; any when empty
   * @param instances those that are known
   */
  public GpuMachines(
      ObjectApi api,
      Optional<String> watchFilter,
      Function<ObjectKey, Optional<Managed>> instances,
      InstantSource clock,
      Workers.Listener listener,
      Workers.Listener templateListener) {
    this.api = api;
    var filter = new WatchFilter(watchFilter);
    machines = new Mirror<>(filter.before(StoredMachine::read), this::changed, listener::failed);
    owners =
        new Mirror<>(
            object ->
                Optional.of(OwnerMachine.of(object.uid(), object.annotations(), object.content())),
            this::ownerChanged,
            listener::failed);
    clusters =
        new Mirror<>(
            object -> Optional.of(OwnerCluster.of(object.content())),
            this::clusterChanged,
            listener::failed);
    templates =
        new Mirror<>(
            filter.before(StoredTemplate::read), this::templateChanged, templateListener::failed);
    workloads = new Workloads(api, SteadyClock.over(clock));
    var upkeep =
        new MachineUpkeep(
            new MachineUpkeep.Tools(
                api, machines, owners, clusters, instances, new Surveyor(api), workloads, clock));
    var templateUpkeep = new TemplateUpkeep(api, templates);
    work = workers(this::lane, guarded("machine", upkeep::keep, listener), clock, listener);
    templateWork =
        workers(
            ObjectKey::namespace,
            guarded("template", templateUpkeep::keep, templateListener),
            clock,
            templateListener);
  }

  private static Workers<ObjectKey> workers(
      Function<ObjectKey, String> lanes,
      Function<ObjectKey, Again> pass,
      InstantSource clock,
      Workers.Listener listener) {
    var budget = new TokenBucket(PASSES_PER_SECOND, BURST, clock.instant());
    return new Workers<>(new Agenda<>(AT_ONCE, budget), lanes, pass, clock, listener);
  }

  private static Function<ObjectKey, Again> guarded(
      String what, Function<ObjectKey, Again> keep, Workers.Listener listener) {
    return key -> {
      try {
        return keep.apply(key);
      } catch (RuntimeException bug) {
        listener.failed();
        LOG.bug("Giving up on a pass because of a fault of ours", bug, what, key);
        return new Again.Backoff();
      }
    };
  }

  private String lane(ObjectKey key) {
    return machines.get(key).map(one -> one.clusterKey().toString()).orElse("");
  }

  /**
   * Begins, once the kinds are served and Instances are known; waits for all Clusters and Machines,
   * because who does not know of a pause would not keep it.
   *
   * @throws InterruptedException when the end comes first; nothing is worked on then
   */
  public void start() throws InterruptedException {
    Watching everyCluster = api.watch(KubernetesKind.CLUSTER, clusters);
    watches.add(everyCluster);
    Watching everyOwner = api.watch(KubernetesKind.MACHINE, owners);
    watches.add(everyOwner);
    await(everyCluster, KubernetesKind.CLUSTER);
    await(everyOwner, KubernetesKind.MACHINE);
    work.start();
    templateWork.start();
    watches.add(api.watch(KubernetesKind.GPU_MACHINE, machines));
    watches.add(api.watch(KubernetesKind.GPU_MACHINE_TEMPLATE, templates));
  }

  private static void await(Watching watch, KubernetesKind kind) throws InterruptedException {
    while (!watch.awaitSync(PATIENCE)) {
      if (Thread.interrupted()) {
        throw new InterruptedException("the end came before all " + kind + " were shown");
      }
      LOG.warning(
          "Working on no GPU machine before the API server has listed all objects of a kind;"
              + " platform team: let the provider's account list and watch them"
              + " (package/capi-bridge), and look to the webhook that converts them",
          "kind",
          kind);
    }
  }

  /** An Instance came, changed or went; it may be one of theirs. */
  public void instanceChanged(ObjectKey key) {
    if (machines.get(key).isPresent()) {
      work.add(key);
    }
  }

  /** What is to be looked at, for whoever counts it. */
  public Workers<ObjectKey> queue() {
    return work;
  }

  /** The same for templates. */
  public Workers<ObjectKey> templateQueue() {
    return templateWork;
  }

  @Override
  public void close() {
    work.close();
    templateWork.close();
    watches.forEach(Watching::close);
    workloads.close();
  }

  private void changed(
      ObjectKey key, Optional<StoredMachine> before, Optional<StoredMachine> after) {
    if (after.isEmpty()) {
      work.remove(key);
    } else if (before.isEmpty() || after.get().wantsOtherThan(before.get())) {
      work.add(key);
    }
  }

  /** A Machine has the name of its machine. */
  private void ownerChanged(
      ObjectKey key, Optional<OwnerMachine> before, Optional<OwnerMachine> after) {
    if (!before.equals(after) && machines.get(key).isPresent()) {
      work.add(key);
    }
  }

  private void clusterChanged(
      ObjectKey key, Optional<OwnerCluster> before, Optional<OwnerCluster> after) {
    if (after.isEmpty()) {
      workloads.forget(key);
    }
    if (!before.equals(after)) {
      machines
          .all()
          .filter(machine -> machine.clusterKey().equals(key))
          .forEach(machine -> work.add(machine.key()));
    }
  }

  private void templateChanged(
      ObjectKey key, Optional<StoredTemplate> before, Optional<StoredTemplate> after) {
    if (after.isEmpty()) {
      templateWork.remove(key);
    } else if (before.isEmpty() || !after.get().told()) {
      templateWork.add(key);
    }
  }
}
