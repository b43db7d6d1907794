package dev.isobar.function.grpc;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Netty's threads.
 *
 * @param accepting one, which never has to wait for a call
 * @param serving one for each core, but few; a connection stays with one of them
 */
record Loops(EventLoopGroup accepting, EventLoopGroup serving) {
  /** Each may hold a request of the largest size, and a single connection of core uses one. */
  private static final int MOST = 4;

  /** Starts them; that one has ended is told to {@code died}. */
  static Loops start(Consumer<Throwable> died) {
    int cores = Runtime.getRuntime().availableProcessors();
    return new Loops(group("accept", 1, died), group("serve", Math.min(cores, MOST), died));
  }

  /** Ends them, without waiting for it. */
  void end(Duration atMost) {
    var _ = accepting.shutdownGracefully(0, atMost.toMillis(), TimeUnit.MILLISECONDS);
    var _ = serving.shutdownGracefully(0, atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static EventLoopGroup group(String name, int threads, Consumer<Throwable> died) {
    var group =
        new MultiThreadIoEventLoopGroup(
            threads, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
    for (EventExecutor loop : group) {
      var _ =
          loop.terminationFuture()
              .addListener(_ ->
                  died.accept(new IllegalStateException("a thread that serves gRPC has ended")));
    }
    return group;
  }
}
