package dev.isobar.testbed.fault;

import dev.isobar.testbed.process.CannotRun;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Passes connections on to a service on this machine, byte by byte, whatever they speak. Shut, it
 * still takes them and keeps them waiting, as a process does that listens before it can answer.
 */
public final class Turnstile implements Closeable {
  private final ServerSocket server;
  private final int behind;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private boolean shut;
  private int kept;

  private Turnstile(ServerSocket server, int behind) {
    this.server = server;
    this.behind = behind;
  }

  /**
   * An open one.
   *
   * @param port on 127.0.0.1, where it listens
   * @param behind the service's port there
   */
  public static Turnstile open(int port, int behind) {
    try {
      var turnstile =
          new Turnstile(new ServerSocket(port, 100, InetAddress.getLoopbackAddress()), behind);
      var _ = turnstile.workers.submit(turnstile::accept);
      return turnstile;
    } catch (IOException taken) {
      throw new CannotRun("cannot listen on port " + port, taken);
    }
  }

  /** Cuts what goes through, and keeps waiting what comes. */
  public synchronized void shut() {
    shut = true;
    kept = 0;
    sockets.forEach(Turnstile::cut);
    sockets.clear();
  }

  /** Lets through what waits, and what comes. */
  public synchronized void open() {
    shut = false;
    notifyAll();
  }

  /** How many connections were kept waiting since it was shut, those included that gave up. */
  public synchronized int kept() {
    return kept;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        var _ = workers.submit(() -> serve(client));
      } catch (IOException _) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      awaitOpen();
      try (var service = new Socket(InetAddress.getLoopbackAddress(), behind)) {
        sockets.add(client);
        sockets.add(service);
        var _ = workers.submit(() -> pass(service, client));
        pass(client, service);
      }
    } catch (IOException | InterruptedException _) {
      // Either side gave up, and learns of the other's end by its own connection.
    }
  }

  private synchronized void awaitOpen() throws InterruptedException {
    if (shut) {
      kept++;
    }
    while (shut) {
      wait();
    }
  }

  private void pass(Socket from, Socket to) {
    try {
      var _ = from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException _) {
      // As above.
    } finally {
      cut(from);
      cut(to);
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private static void cut(Socket socket) {
    try {
      socket.close();
    } catch (IOException stubborn) {
      throw new CannotRun("cannot close a connection", stubborn);
    }
  }

  @Override
  public void close() {
    cut();
    workers.shutdownNow();
  }

  private void cut() {
    try {
      server.close();
    } catch (IOException stubborn) {
      throw new CannotRun("cannot close port " + server.getLocalPort(), stubborn);
    }
    sockets.forEach(Turnstile::cut);
  }
}
