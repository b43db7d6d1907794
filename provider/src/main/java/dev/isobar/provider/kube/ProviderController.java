package dev.isobar.provider.kube;

import dev.isobar.apis.compute.CloudSpec;
import dev.isobar.provider.decide.Managed;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.decide.Wait;
import dev.isobar.provider.external.CloudKind;
import dev.isobar.provider.kube.account.Accounts;
import dev.isobar.provider.kube.account.ConfigKey;
import dev.isobar.provider.kube.account.ConfigObject;
import dev.isobar.provider.kube.account.Installation;
import dev.isobar.provider.kube.api.KubernetesKind;
import dev.isobar.provider.kube.api.Mirror;
import dev.isobar.provider.kube.api.ObjectApi;
import dev.isobar.provider.kube.api.Watching;
import dev.isobar.provider.kube.cleanup.ClusterCleanups;
import dev.isobar.provider.kube.clusterapi.GpuMachines;
import dev.isobar.provider.kube.discovery.CloudDiscovery;
import dev.isobar.provider.kube.store.Announcements;
import dev.isobar.provider.kube.store.ConnectionSecrets;
import dev.isobar.provider.kube.store.InstanceDecoding;
import dev.isobar.provider.kube.store.KubernetesStore;
import dev.isobar.provider.kube.store.PackedInstance;
import dev.isobar.provider.kube.store.StoredInstance;
import dev.isobar.provider.kube.store.Topic;
import dev.isobar.provider.operate.Diary;
import dev.isobar.provider.operate.Meters;
import dev.isobar.provider.queue.Agenda;
import dev.isobar.provider.queue.SteadyClock;
import dev.isobar.provider.queue.TokenBucket;
import dev.isobar.provider.queue.Urgency;
import dev.isobar.provider.queue.Workers;
import dev.isobar.provider.queue.Workers.Again;
import dev.isobar.provider.reconcile.Reconciler;
import dev.isobar.provider.reconcile.Sightings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Watches Instances and ProviderConfigs, and works on them until closed. */
final class ProviderController implements AutoCloseable {
  private static final Diary LOG = Diary.of(ProviderController.class);

  /** What the controllers of machines need to be served. */
  static final List<KubernetesKind> KINDS =
      List.of(
          KubernetesKind.INSTANCE,
          KubernetesKind.PROVIDER_CONFIG,
          KubernetesKind.CLUSTER_PROVIDER_CONFIG,
          KubernetesKind.PROVIDER_CONFIG_USAGE);

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Users come and go in swarms; they are counted once for many. */
  private static final Duration SWARM = Duration.ofSeconds(1);

  private static final int CONFIGS_AT_ONCE = 4;
  private static final int BURST = 10;

  private final ObjectApi api;
  private final InstantSource clock;
  private final Measures measures;
  private final Workers.Listener instanceQueue;
  private final Workers.Listener configQueue;
  private final Mirror<PackedInstance> instances;
  private final ConnectionSecrets connections;
  private final Announcements announcements;
  private final Accounts accounts;
  private final Reconciler reconciler;
  private final Workers<ObjectKey> work;
  private final Workers<ConfigKey> configWork;
  private final CloudDiscovery discovery;
  private final ClusterCleanups cleanups;
  private final GpuMachines gpuMachines;
  private final List<Watching> watches = new CopyOnWriteArrayList<>();
  private volatile boolean seesAll;

  ProviderController(
      ObjectApi api,
      Map<CloudSpec.Provider, CloudKind> clouds,
      ProviderSettings settings,
      InstantSource clock,
      Meters meters) {
    this.api = api;
    this.clock = clock;
    measures = new Measures(meters);
    var queues = new QueueMeters(meters);
    instanceQueue = queues.of(Measures.CONTROLLER);
    configQueue = queues.of(QueueMeters.CONFIGS);
    instances =
        new Mirror<>(
            object -> InstanceDecoding.read(object).map(PackedInstance::of),
            this::changed,
            instanceQueue::failed);
    connections = new ConnectionSecrets(api, SteadyClock.over(clock));
    announcements = new Announcements(api, clock);
    accounts = accounts(new CloudMeter(meters, clock, measures).over(clouds), settings);
    var store = new KubernetesStore(api, instances, connections, announcements, () -> seesAll);
    reconciler = new Reconciler(store, accounts.clouds(), settings.pace(), true, clock);
    work =
        new Workers<>(
            agenda(settings.passesPerCloud(), settings, clock),
            this::lane,
            this::pass,
            clock,
            instanceQueue);
    configWork =
        new Workers<>(
            agenda(CONFIGS_AT_ONCE, settings, clock),
            ConfigKey::toString,
            accounts::keep,
            clock,
            configQueue);
    discovery = discovery(settings, queues);
    cleanups = cleanups(settings, queues);
    gpuMachines = gpuMachines(settings, queues);
    Measures.show(meters, instances::all);
    Measures.showOrphans(meters, accounts::orphans);
    show(queues);
  }

  private CloudDiscovery discovery(ProviderSettings settings, QueueMeters queues) {
    return new CloudDiscovery(
        api, accounts, announcements, settings.discovery(), clock, queues.of(QueueMeters.CLOUDS));
  }

  private ClusterCleanups cleanups(ProviderSettings settings, QueueMeters queues) {
    return new ClusterCleanups(
        api, accounts, announcements, settings.discovery(), clock, queues.of(QueueMeters.CLEANUPS));
  }

  private GpuMachines gpuMachines(ProviderSettings settings, QueueMeters queues) {
    return new GpuMachines(
        api,
        settings.watchFilter(),
        key -> instance(key).map(StoredInstance::managed),
        clock,
        queues.of(QueueMeters.GPU_MACHINES),
        queues.of(QueueMeters.GPU_MACHINE_TEMPLATES));
  }

  private Accounts accounts(Map<CloudSpec.Provider, CloudKind> clouds, ProviderSettings settings) {
    Duration poll = settings.pace().poll();
    return new Accounts(
        api,
        clouds,
        machines -> new Sightings(machines, clock, poll),
        Installation.of(api, SteadyClock.over(clock)),
        clock,
        new ConfigNews(),
        new Roll(),
        (config, notice) -> announcements.send(topic(config), notice));
  }

  private static <K> Agenda<K> agenda(int hands, ProviderSettings settings, InstantSource clock) {
    int rate = settings.passesPerSecond();
    return new Agenda<>(hands, new TokenBucket(rate, (double) rate * BURST, clock.instant()));
  }

  private void show(QueueMeters queues) {
    queues.show(
        Map.of(
            Measures.CONTROLLER,
            work,
            QueueMeters.CONFIGS,
            configWork,
            QueueMeters.CLOUDS,
            discovery.queue(),
            QueueMeters.CLEANUPS,
            cleanups.queue(),
            QueueMeters.GPU_MACHINES,
            gpuMachines.queue(),
            QueueMeters.GPU_MACHINE_TEMPLATES,
            gpuMachines.templateQueue()));
  }

  /**
   * Begins: what ProviderConfigs say is known before the first Instance is worked on.
   *
   * @throws InterruptedException when the end comes first; nothing is begun after it
   */
  void start() throws InterruptedException {
    announcements.start();
    watches.addAll(accounts.watch());
    for (Watching watch : watches) {
      await(watch, "ProviderConfigs");
    }
    configWork.start();
    Watching all = api.watch(KubernetesKind.INSTANCE, instances);
    watches.add(all);
    work.start();
    await(all, "Instances");
    LOG.info("Seeing all Instances", "count", instances.size());
    seesAll = true;
    accounts.all().forEach(configWork::add);
  }

  /** Begins with Clouds as well, whose kind may come later than the others. */
  void discover() {
    discovery.start();
  }

  /** Begins with what clusters leave, whose kind may come later than the others. */
  void cleanUp() {
    cleanups.start();
  }

  /**
   * Begins with the GPU machines of Cluster API, where they are wanted.
   *
   * @throws InterruptedException when the end comes first
   */
  void serveClusterApi() throws InterruptedException {
    gpuMachines.start();
  }

  /** Whether it knows all there is. */
  boolean synced() {
    return !watches.isEmpty() && watches.stream().allMatch(Watching::synced);
  }

  /** Ends: what was begun is finished, nothing new is begun. */
  @Override
  public void close() {
    work.close();
    configWork.close();
    discovery.close();
    cleanups.close();
    gpuMachines.close();
    watches.forEach(Watching::close);
    accounts.close();
    announcements.close();
  }

  private static void await(Watching watch, String what) throws InterruptedException {
    while (!watch.awaitSync(PATIENCE)) {
      if (Thread.interrupted()) {
        throw new InterruptedException("the end came before all " + what + " were shown");
      }
      LOG.warning("Waiting for the API server to show all there is", "what", what);
    }
  }

  private Again pass(ObjectKey key) {
    Instant begun = clock.instant();
    measures.begin(instance(key), begun);
    try {
      Wait wait = reconciler.reconcile(key);
      measures.end(instance(key), wait, begun, clock.instant());
      return again(wait);
    } catch (RuntimeException bug) {
      measures.fail(begun, clock.instant());
      instanceQueue.failed();
      LOG.bug("Giving up on a pass because of a fault of ours", bug, "instance", key);
      return new Again.Backoff();
    }
  }

  private static Again again(Wait wait) {
    return switch (wait) {
      case Wait.ForChange() -> new Again.WhenAdded();
      case Wait.Backoff() -> new Again.Backoff();
      case Wait.Moving() -> new Again.Moving();
      case Wait.Pause(var length) -> new Again.After(length, Urgency.NEWS);
      case Wait.Poll(var length) -> new Again.After(length, Urgency.RESYNC);
    };
  }

  /** Each ProviderConfig has a lane, so that a slow cloud holds up nobody else's. */
  private String lane(ObjectKey key) {
    return instance(key).map(one -> ConfigKey.of(one.managed()).toString()).orElse("");
  }

  private Optional<StoredInstance> instance(ObjectKey key) {
    return instances.get(key).map(PackedInstance::unpack);
  }

  private void changed(
      ObjectKey key, Optional<PackedInstance> before, Optional<PackedInstance> after) {
    gpuMachines.instanceChanged(key);
    if (after.isEmpty()) {
      work.remove(key);
      before
          .map(PackedInstance::unpack)
          .ifPresent(gone -> {
            measures.gone(gone, clock.instant());
            connections.forget(gone.managed().uid());
          });
    } else if (before.isEmpty()) {
      Urgency urgency = after.get().settled() ? Urgency.RESYNC : Urgency.NEWS;
      work.add(key, urgency, Duration.ZERO);
    } else if (after.get().unpack().wantsOtherThan(before.get().unpack())) {
      work.add(key);
    }
  }

  private static Topic topic(ConfigObject config) {
    return new Topic(
        config.key().objects(),
        config.key().object(),
        config.uid(),
        config.resourceVersion(),
        Optional.empty());
  }

  private final class Roll implements Accounts.Register {
    @Override
    public boolean complete() {
      return seesAll;
    }

    @Override
    public Stream<Managed> instances() {
      return instances.all().map(one -> one.unpack().managed());
    }

    @Override
    public Optional<List<Accounts.OtherUser>> others() {
      return cleanups.users();
    }
  }

  private final class ConfigNews implements Accounts.Listener {
    @Override
    public void configChanged(ConfigKey config) {
      configWork.add(config);
      discovery.configChanged(config);
      cleanups.configChanged(config);
      instances
          .all()
          .filter(one -> !one.settled())
          .map(one -> one.unpack().managed())
          .filter(managed -> ConfigKey.of(managed).equals(config))
          .forEach(managed -> work.add(managed.key()));
    }

    @Override
    public void usersChanged(ConfigKey config) {
      configWork.add(config, Urgency.NEWS, SWARM);
    }

    @Override
    public void failed() {
      configQueue.failed();
    }
  }
}
