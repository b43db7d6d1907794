package dev.isobar.provider.kube.api;

import dev.isobar.provider.operate.Diary;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One of several replicas leads: whoever holds a Lease and renews it. Two that both believe to lead
 * for a moment do no harm; they only waste requests.
 */
public final class Leadership implements AutoCloseable {
  private static final Diary LOG = Diary.of(Leadership.class);

  /** Parts of the lease's time, in the proportions that Crossplane's providers have. */
  private static final int SIXTHS = 6;

  private static final int RENEWED_WITHIN = 5;
  private static final int TRIES_IN_A_LEASE = 12;

  /**
   * Who wants to lead what.
   *
   * @param identity of this process, unlike all others
   * @param lease how long a leader that vanished is waited for
   */
  public record Candidacy(String namespace, String name, String identity, Duration lease) {}

  /** Is told, on threads that must not wait for long. */
  public interface Listener {
    /** This process leads. */
    void leading();

    /** This process leads no more, although it did not give up; another one may be at work. */
    void lost();
  }

  private final CompletableFuture<?> election;
  private final AtomicBoolean givenUp;

  private Leadership(CompletableFuture<?> election, AtomicBoolean givenUp) {
    this.election = election;
    this.givenUp = givenUp;
  }

  static Leadership start(KubernetesClient client, Candidacy candidacy, Listener listener) {
    var givenUp = new AtomicBoolean();
    Duration lease = candidacy.lease();
    var callbacks =
        new LeaderCallbacks(
            listener::leading,
            () -> {
              if (!givenUp.get()) {
                listener.lost();
              }
            },
            leader -> LOG.info("Seeing a leader", "leader", String.valueOf(leader)));
    CompletableFuture<?> election =
        client
            .leaderElector()
            .withConfig(
                new LeaderElectionConfigBuilder()
                    .withName(candidacy.name())
                    .withLock(
                        new LeaseLock(
                            candidacy.namespace(), candidacy.name(), candidacy.identity()))
                    .withLeaseDuration(lease)
                    .withRenewDeadline(lease.multipliedBy(RENEWED_WITHIN).dividedBy(SIXTHS))
                    .withRetryPeriod(lease.dividedBy(TRIES_IN_A_LEASE))
                    .withReleaseOnCancel(true)
                    .withLeaderCallbacks(callbacks)
                    .build())
            .build()
            .start();
    return new Leadership(election, givenUp);
  }

  /** Gives the lease back, so that another one leads at once. */
  @Override
  public void close() {
    givenUp.set(true);
    var _ = election.cancel(true);
  }
}
