package dev.isobar.function.grpc;

import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds what all calls together send in before they are answered.
 *
 * <p>Each connection has few calls at once, but connections may be many. The call that brings in
 * too much is told to come again, instead of all being lost with the process.
 *
 * <p>A tracer, because it is told of each piece that arrives, and gRPC ends the call with the
 * status it throws.
 */
final class Intake extends ServerStreamTracer.Factory {
  private final long room;
  private final AtomicLong taken = new AtomicLong();

  /**
   * An intake.
   *
   * @param roomBytes what all calls together may send in
   */
  Intake(long roomBytes) {
    room = roomBytes;
  }

  @Override
  public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
    return new ServerStreamTracer() {
      private final AtomicLong own = new AtomicLong();

      @Override
      public void inboundWireSize(long bytes) {
        own.addAndGet(bytes);
        if (taken.addAndGet(bytes) > room) {
          throw Status.UNAVAILABLE
              .withDescription(
                  "function-isobar receives more than %d bytes at once; call again".formatted(room))
              .asRuntimeException();
        }
      }

      @Override
      public void streamClosed(Status status) {
        taken.addAndGet(-own.getAndSet(0));
      }
    };
  }
}
