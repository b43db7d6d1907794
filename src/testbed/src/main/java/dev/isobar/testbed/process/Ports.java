package dev.isobar.testbed.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Free ports of the loopback, none given twice. */
public final class Ports {
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  /** In-memory clusters of Cluster API take theirs from here to 30000 without asking. */
  private static final int FIRST_TAKEN = 19000;

  private static final int LAST_TAKEN = 30000;

  private Ports() {}

  /** A port nobody listens on. */
  public static int free() {
    while (true) {
      int port = offered();
      if ((port < FIRST_TAKEN || port > LAST_TAKEN) && GIVEN.add(port)) {
        return port;
      }
    }
  }

  /** Whether somebody listens on a port, of whatever address of this machine. */
  public static boolean taken(int port) {
    try (var socket = new ServerSocket(port)) {
      return !socket.isBound();
    } catch (IOException _) {
      // Only somebody else's socket is in the way.
      return true;
    }
  }

  private static int offered() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException none) {
      throw new CannotRun("the loopback has no free port", none);
    }
  }
}
