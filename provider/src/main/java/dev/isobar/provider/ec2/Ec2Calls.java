package dev.isobar.provider.ec2;

import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;

/**
 * The door to the EC2 of one account: keeps its pace, and turns every end of a call into a value.
 */
final class Ec2Calls {
  /** How long a call may wait for its turn; what takes longer is better asked again later. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Requests of one account that are under way; one that hangs leaves the others connections. */
  private static final int AT_ONCE = 32;

  /** How long a call takes at most once it is sent; the clients are held to it. */
  private static final Duration LONGEST = Duration.ofSeconds(18);

  /** When what is done by this thread must be over. */
  private static final ScopedValue<Instant> DEADLINE = ScopedValue.newInstance();

  private static final CloudWords TOO_LATE =
      CloudWords.ours("EC2 took too long to answer what is asked before; this was not asked for");

  private static final CloudWords ALL_UNDER_WAY =
      CloudWords.ours(AT_ONCE + " requests of this account have no answer from EC2 yet");

  private final Ec2Client asking;
  private final Ec2Client once;
  private final Ec2Failures failures;
  private final ScheduledExecutorService timer;
  private final Semaphore free = new Semaphore(AT_ONCE);
  private final InstantSource clock;
  private final CallRate questions;
  private final CallRate launches;
  private final CallRate changes;

  /**
   * The limits are those Cluster API's AWS provider has been found to get along with.
   *
   * @param asking repeats a request by itself when that does no harm
   * @param once sends a request once
   * @param timer ends waits
   */
  Ec2Calls(
      Ec2Client asking,
      Ec2Client once,
      Ec2Failures failures,
      ScheduledExecutorService timer,
      InstantSource clock) {
    this.asking = asking;
    this.once = once;
    this.failures = failures;
    this.timer = timer;
    this.clock = clock;
    questions = new CallRate(20, 100, clock);
    launches = new CallRate(2, 5, clock);
    changes = new CallRate(5, 200, clock);
  }

  /** Does what takes several calls, of which none is sent that might not end in this time. */
  <T> T within(Duration time, Supplier<T> deed) {
    return ScopedValue.where(DEADLINE, clock.instant().plus(time)).call(deed::get);
  }

  /** Asks what is; it may be asked more than once. */
  <T> CallEnd<T> ask(Function<Ec2Client, T> call) {
    return call(questions, asking, call);
  }

  /** Wishes for something that is the same when it is done twice; it may be wished twice. */
  <T> CallEnd<T> change(Function<Ec2Client, T> call) {
    return call(changes, asking, call);
  }

  /** Makes something that would be two when it was done twice; it is sent once. */
  <T> CallEnd<T> make(Function<Ec2Client, T> call) {
    return call(changes, once, call);
  }

  /** Makes machines; it is sent once. */
  CallEnd<RunInstancesResponse> run(RunInstancesRequest request) {
    return call(launches, once, client -> client.runInstances(request));
  }

  /** Words of EC2, without secrets. */
  CloudWords words(String raw) {
    return failures.words(raw);
  }

  private <T> CallEnd<T> call(CallRate rate, Ec2Client client, Function<Ec2Client, T> call) {
    Optional<Duration> wait = rate.turn(PATIENCE);
    if (wait.isEmpty()) {
      return new CallEnd.Refused<>(
          "",
          new Failure.Throttled(
              CloudWords.ours("the provider holds requests back to stay below EC2's limits"),
              Optional.of(PATIENCE)));
    }
    try {
      await(wait.get());
      if (!free.tryAcquire(PATIENCE.minus(wait.get()).toNanos(), TimeUnit.NANOSECONDS)) {
        return new CallEnd.Refused<>("", new Failure.CloudUnreachable(ALL_UNDER_WAY));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new CallEnd.Refused<>(
          "", new Failure.ProviderError(CloudWords.ours("the provider is stopping")));
    }
    try {
      return isTooLate()
          ? new CallEnd.Refused<>("", new Failure.CloudUnreachable(TOO_LATE))
          : sent(rate, client, call);
    } finally {
      free.release();
    }
  }

  private boolean isTooLate() {
    return DEADLINE.isBound() && clock.instant().plus(LONGEST).isAfter(DEADLINE.get());
  }

  private <T> CallEnd<T> sent(CallRate rate, Ec2Client client, Function<Ec2Client, T> call) {
    try {
      return new CallEnd.Replied<>(call.apply(client));
    } catch (SdkException thrown) {
      CallEnd<T> end = failures.end(thrown);
      if (end instanceof CallEnd.Refused<T>(_, Failure.Throttled _)) {
        rate.drain();
      }
      return end;
    }
  }

  private void await(Duration wait) throws InterruptedException {
    if (wait.isZero()) {
      return;
    }
    try {
      var _ = timer.schedule(() -> true, wait.toNanos(), TimeUnit.NANOSECONDS).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("nothing can fail there", e);
    }
  }
}
