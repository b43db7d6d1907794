package dev.isobar.function.grpc;

import java.io.Closeable;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A thread that keeps looking at the certificates' files. */
final class CertificateWatch implements Closeable {
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Starts looking; what ends the thread before it is closed is handed to {@code died}. */
  CertificateWatch(Runnable look, Duration interval, Consumer<Throwable> died) {
    Thread.ofPlatform()
        .daemon()
        .name("certificates")
        .uncaughtExceptionHandler((_, cause) -> died.accept(cause))
        .start(() -> watch(look, interval));
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private void watch(Runnable look, Duration interval) {
    try {
      while (!closed.await(interval.toNanos(), TimeUnit.NANOSECONDS)) {
        look.run();
      }
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException("nobody interrupts this thread", interrupted);
    }
  }
}
