package dev.isobar.bench.load;

import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Callers that share a connection: each asks, waits for its answer and asks again.
 *
 * <p>Everything but {@link #run} happens on the connection's one thread.
 */
public final class ClosedLoop {
  private final Caller caller;
  private final byte[] request;
  private final int answerBytes;
  private final Latencies latencies = new Latencies();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private volatile long deadline;

  /**
   * A loop of one request.
   *
   * @param answerBytes how long every answer must be
   */
  public ClosedLoop(Caller caller, byte[] request, int answerBytes) {
    this.caller = caller;
    this.request = request;
    this.answerBytes = answerBytes;
  }

  /**
   * Asks for a while and waits for the last answers.
   *
   * @throws IllegalStateException when an answer fails or has another length
   */
  public Latencies run(int callers, Duration time) throws InterruptedException {
    deadline = System.nanoTime() + time.toNanos();
    var done = new CountDownLatch(callers);
    for (int i = 0; i < callers; i++) {
      ask(done);
    }
    done.await();
    Throwable cause = failure.get();
    if (cause != null) {
      throw new IllegalStateException("an answer fails", cause);
    }
    return latencies;
  }

  private void ask(CountDownLatch done) {
    long start = System.nanoTime();
    caller.ask(
        request,
        new StreamObserver<>() {
          @Override
          public void onNext(byte[] answer) {
            if (answer.length != answerBytes) {
              failure.set(
                  new IllegalStateException(
                      "it has " + answer.length + " bytes and not " + answerBytes));
            }
          }

          @Override
          public void onError(Throwable cause) {
            failure.set(cause);
            done.countDown();
          }

          @Override
          public void onCompleted() {
            long end = System.nanoTime();
            latencies.add(end - start);
            if (end < deadline && failure.get() == null) {
              ask(done);
            } else {
              done.countDown();
            }
          }
        });
  }
}
