package dev.isobar.cli.call;

import dev.isobar.function.compose.Compositions;
import dev.isobar.function.grpc.FunctionServer;
import dev.isobar.function.grpc.ServerSettings;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The function of this checkout, on a loopback port, for as long as one command takes. */
public final class OwnFunction implements Closeable {
  private final FutureTask<FunctionServer> server =
      new FutureTask<>(
          () -> FunctionServer.start(ServerSettings.loopback(), Compositions.byKind()));

  private OwnFunction() {}

  /** Begins to start it, on a thread of its own: meanwhile the caller has files to read. */
  public static OwnFunction begin() {
    var function = new OwnFunction();
    Thread starting = Thread.ofPlatform().daemon().name("function").start(function.server);
    assert starting.isDaemon();
    return function;
  }

  /**
   * Where it is, once it has started.
   *
   * @throws FunctionUnreachable when it cannot be started
   */
  public String address() {
    return "127.0.0.1:" + started().port();
  }

  @Override
  public void close() {
    started().close();
  }

  private FunctionServer started() {
    try {
      return server.get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new FunctionUnreachable("interrupted while starting the function", interrupted);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof IOException refused) {
        throw new FunctionUnreachable(
            "cannot start the function: " + refused.getMessage(), refused);
      }
      throw new IllegalStateException("cannot start the function", failed);
    }
  }
}
