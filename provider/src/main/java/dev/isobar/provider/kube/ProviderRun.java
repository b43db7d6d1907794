package dev.isobar.provider.kube;

import dev.isobar.apis.compute.CloudSpec;
import dev.isobar.provider.external.CloudKind;
import dev.isobar.provider.kube.api.Cluster;
import dev.isobar.provider.kube.api.KindGate;
import dev.isobar.provider.kube.api.KubernetesKind;
import dev.isobar.provider.kube.api.Leadership;
import dev.isobar.provider.kube.clusterapi.GpuMachines;
import dev.isobar.provider.operate.Diary;
import dev.isobar.provider.operate.Meters;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The provider from its start to its end: it waits for its turn to lead, then for its kinds, then
 * works, and takes up further kinds as they come.
 */
public final class ProviderRun implements AutoCloseable {
  private static final Diary LOG = Diary.of(ProviderRun.class);
  private static final String LEASE = "crossplane-leader-election-provider-isobar";

  /** In this time whoever waits has heard that it is over. */
  private static final Duration HEARING = Duration.ofSeconds(10);

  /** What begins with some kinds, and may have to wait for their objects. */
  private interface Beginning {
    void begin() throws InterruptedException;
  }

  private final Cluster cluster;
  private final Map<CloudSpec.Provider, CloudKind> clouds;
  private final ProviderSettings settings;
  private final InstantSource clock;
  private final Meters meters;
  private final Runnable onLoss;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Thread> waiting = new ArrayList<>();
  private @Nullable Leadership leadership;
  private @Nullable Thread starting;
  private volatile @Nullable ProviderController controller;
  private volatile boolean leads;
  private volatile boolean closed;

  /**
   * A provider that has not begun.
   *
   * @param onLoss is run when another replica took over although this one did not give up: this
   *     process must end at once
   */
  public ProviderRun(
      Cluster cluster,
      Map<CloudSpec.Provider, CloudKind> clouds,
      ProviderSettings settings,
      InstantSource clock,
      Meters meters,
      Runnable onLoss) {
    this.cluster = cluster;
    this.clouds = Map.copyOf(clouds);
    this.settings = settings;
    this.clock = clock;
    this.meters = meters;
    this.onLoss = onLoss;
    meters.gauge(
        "leader_election_master_status",
        "Whether this replica leads.",
        "name",
        () -> Map.of(LEASE, leads ? 1.0 : 0.0));
  }

  /**
   * Begins, and does not wait.
   *
   * @param identity of this process, unlike all others
   */
  public void start(String identity) {
    guarded(() ->
        settings
            .lease()
            .ifPresentOrElse(
                lease ->
                    leadership =
                        cluster.run(
                            new Leadership.Candidacy(settings.namespace(), LEASE, identity, lease),
                            new Turn()),
                this::lead));
  }

  /**
   * Why probes shall say that it is not ready. A replica that waits for its turn, or for its kinds,
   * is: nothing would ever go on if it were not.
   */
  public Optional<String> obstacle() {
    ProviderController running = controller;
    return running == null || running.synced()
        ? Optional.empty()
        : Optional.of("the API server has not shown all there is yet");
  }

  /** Ends: finishes what was begun, then lets another replica lead. */
  @Override
  public void close() {
    List<Thread> beginning = new ArrayList<>();
    guarded(() -> {
      closed = true;
      beginning.addAll(waiting);
      Optional.ofNullable(starting).ifPresent(beginning::add);
    });
    beginning.forEach(Thread::interrupt);
    // What is closed next would look to them as if it had broken, or they would begin after it.
    beginning.forEach(ProviderRun::awaitEnd);
    Optional.ofNullable(controller).ifPresent(ProviderController::close);
    Optional.ofNullable(leadership).ifPresent(Leadership::close);
    cluster.close();
  }

  private static void awaitEnd(Thread beginning) {
    try {
      if (!beginning.join(HEARING)) {
        LOG.warning("Ending although a part has not heard of it", "part", beginning.getName());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // whoever is in such haste does not wait
    }
  }

  private final class Turn implements Leadership.Listener {
    @Override
    public void leading() {
      guarded(ProviderRun.this::lead);
    }

    @Override
    public void lost() {
      LOG.error("Ending because another replica may lead now");
      onLoss.run();
    }
  }

  private void lead() {
    if (closed || leads) {
      return;
    }
    leads = true;
    starting = Thread.ofPlatform().name("start").start(this::work);
  }

  private void work() {
    try {
      LOG.info("Leading, and waiting for the kinds to be served");
      new KindGate(cluster.objects()).await(ProviderController.KINDS);
      var running = new ProviderController(cluster.objects(), clouds, settings, clock, meters);
      guarded(() -> controller = closed ? null : running);
      if (controller == null) {
        return;
      }
      running.start();
      guarded(() -> {
        await(List.of(KubernetesKind.CLOUD), running::discover);
        await(List.of(KubernetesKind.CLUSTER_CLEANUP), running::cleanUp);
        if (settings.clusterApi()) {
          await(GpuMachines.KINDS, running::serveClusterApi);
        }
      });
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // the end came before the beginning
    }
  }

  /** Each of them may come at any time, or never, and none waits for another. */
  private void await(List<KubernetesKind> kinds, Beginning work) {
    if (!closed) {
      waiting.add(Thread.ofVirtual().name("gate of " + kinds).start(() -> begin(kinds, work)));
    }
  }

  /** Without the lock, because the objects of a kind may be long in coming. */
  private void begin(List<KubernetesKind> kinds, Beginning work) {
    try {
      new KindGate(cluster.objects()).await(kinds);
      if (!closed) {
        work.begin();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // the end came before the kinds or their objects
    }
  }

  private void guarded(Runnable change) {
    lock.lock();
    try {
      change.run();
    } finally {
      lock.unlock();
    }
  }
}
