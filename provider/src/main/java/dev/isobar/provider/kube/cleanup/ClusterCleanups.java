package dev.isobar.provider.kube.cleanup;

import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.kube.account.Accounts;
import dev.isobar.provider.kube.account.Accounts.OtherUser;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Watches ClusterCleanups, and works on them until closed. */
public final class ClusterCleanups implements AutoCloseable {
  private static final Diary LOG = Diary.of(ClusterCleanups.class);
  private static final int AT_ONCE = 2;
  private static final int PASSES_PER_SECOND = 10;
  private static final int BURST = 20;

  private final ObjectApi api;
  private final Mirror<StoredCleanup> cleanups;
  private final Workers<ObjectKey> work;
  private @Nullable Watching watch;

  /**
   * Nothing is watched yet.
   *
   * @param interval how often the cloud of a cluster that lives is looked at
   */
  public ClusterCleanups(
      ObjectApi api,
      Accounts accounts,
      Announcements announcements,
      Duration interval,
      InstantSource clock,
      Workers.Listener listener) {
    this.api = api;
    cleanups = new Mirror<>(StoredCleanup::read, this::changed, listener::failed);
    // At once, for what stays is told before the finalizer goes, and nobody could tell it later.
    var upkeep =
        new CleanupUpkeep(
            api, cleanups, accounts::leftovers, announcements::sendNow, interval, clock);
    var budget = new TokenBucket(PASSES_PER_SECOND, BURST, clock.instant());
    // A lane for each account, so that a slow cloud holds up no other.
    work =
        new Workers<>(
            new Agenda<>(AT_ONCE, budget),
            this::lane,
            key -> pass(upkeep, key, listener),
            clock,
            listener);
  }

  private static Again pass(CleanupUpkeep upkeep, ObjectKey key, Workers.Listener listener) {
    try {
      return upkeep.keep(key);
    } catch (RuntimeException bug) {
      listener.failed();
      LOG.bug("Giving up on a look because of a fault of ours", bug, "cleanup", key);
      return new Again.Backoff();
    }
  }

  private String lane(ObjectKey key) {
    return cleanups.get(key).map(one -> one.user().config().toString()).orElse("");
  }

  /** Begins, once they are served and ProviderConfigs are known. */
  public void start() {
    work.start();
    watch = api.watch(KubernetesKind.CLUSTER_CLEANUP, cleanups);
  }

  /** A ProviderConfig, or its Secret, is another one. */
  public void configChanged(ConfigKey config) {
    cleanups
        .all()
        .filter(one -> one.user().config().equals(config))
        .forEach(one -> work.add(one.key()));
  }

  /**
   * Those that are held, as the API server has them at this moment, whether they are watched yet or
   * not; empty when it does not tell.
   */
  public Optional<List<OtherUser>> users() {
    List<OtherUser> users = new ArrayList<>();
    return api.eachServed(
                KubernetesKind.CLUSTER_CLEANUP,
                object ->
                    StoredCleanup.read(object)
                        .filter(StoredCleanup::held)
                        .map(one -> new OtherUser(one.user(), one.deleting()))
                        .ifPresent(users::add))
            .isPresent()
        ? Optional.empty()
        : Optional.of(users);
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

  private void changed(
      ObjectKey key, Optional<StoredCleanup> before, Optional<StoredCleanup> after) {
    if (after.isEmpty()) {
      work.remove(key);
    } else if (before.isEmpty() || after.get().wantsOtherThan(before.get())) {
      work.add(key);
    }
  }
}
