package dev.isobar.provider.kube.discovery;

import dev.isobar.apis.compute.ProviderConfigRef;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.kube.account.Accounts;
import dev.isobar.provider.kube.account.ConfigKey;
import dev.isobar.provider.kube.api.KubernetesKind;
import dev.isobar.provider.kube.api.Mirror;
import dev.isobar.provider.kube.api.ObjectApi;
import dev.isobar.provider.kube.api.Watching;
import dev.isobar.provider.kube.store.Announcements;
import dev.isobar.provider.operate.Diary;
import dev.isobar.provider.queue.Agenda;
import dev.isobar.provider.queue.TokenBucket;
import dev.isobar.provider.queue.Workers;
import dev.isobar.provider.queue.Workers.Again;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Watches Clouds, and asks each what it has: when it changes, when its ProviderConfig or Secret
 * does, and every now and then.
 */
public final class CloudDiscovery implements AutoCloseable {
  private static final Diary LOG = Diary.of(CloudDiscovery.class);
  private static final int PASSES_PER_SECOND = 10;
  private static final int BURST = 20;

  private final ObjectApi api;
  private final Mirror<StoredCloud> clouds;
  private final Workers<ObjectKey> work;
  private @Nullable Watching watch;

  /**
   * Nothing is watched yet.
   *
   * @param interval how often a cloud is asked that answers
   */
  public CloudDiscovery(
      ObjectApi api,
      Accounts accounts,
      Announcements announcements,
      Duration interval,
      InstantSource clock,
      Workers.Listener listener) {
    this.api = api;
    clouds = new Mirror<>(StoredCloud::read, this::changed, listener::failed);
    var upkeep = new CloudUpkeep(api, clouds, accounts, announcements, interval, clock);
    var budget = new TokenBucket(PASSES_PER_SECOND, BURST, clock.instant());
    // Each has a lane of its own, so that a slow cloud holds up no other.
    work =
        new Workers<>(
            new Agenda<>(1, budget),
            ObjectKey::name,
            key -> pass(upkeep, key, listener),
            clock,
            listener);
  }

  /** What no cloud should answer, and one did, is no trouble of the others. */
  private static Again pass(CloudUpkeep upkeep, ObjectKey key, Workers.Listener listener) {
    try {
      return upkeep.keep(key);
    } catch (RuntimeException bug) {
      listener.failed();
      LOG.bug("Giving up on a look because of a fault of ours", bug, "cloud", key.name());
      return new Again.Backoff();
    }
  }

  /** Begins, once Clouds are served and ProviderConfigs are known. */
  public void start() {
    work.start();
    watch = api.watch(KubernetesKind.CLOUD, clouds);
  }

  /** A ProviderConfig, or its Secret, is another one. */
  public void configChanged(ConfigKey config) {
    clouds
        .all()
        .filter(
            cloud -> cloud.spec().providerConfigRef().filter(ref -> is(ref, config)).isPresent())
        .forEach(cloud -> work.add(cloud.key()));
  }

  private static boolean is(ProviderConfigRef ref, ConfigKey config) {
    return ref.kind() == config.kind() && ref.name().equals(config.object().name());
  }

  /** What is to be looked at, for whoever counts it. */
  public Workers<ObjectKey> queue() {
    return work;
  }

  @Override
  public void close() {
    work.close();
    Watching watching = watch;
    if (watching != null) {
      watching.close();
    }
  }

  private void changed(ObjectKey key, Optional<StoredCloud> before, Optional<StoredCloud> after) {
    if (after.isEmpty()) {
      work.remove(key);
    } else if (before.isEmpty() || after.get().wantsOtherThan(before.get())) {
      work.add(key);
    }
  }
}
