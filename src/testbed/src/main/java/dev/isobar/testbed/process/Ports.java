package dev.isobar.testbed.process;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free ports of the loopback, none given twice, nor by two processes of ours. They are below those
 * that systems give to outgoing connections, which come in between a look and its server.
 */
public final class Ports {
  /** Kubernetes' own programs listen below it, unless they are told otherwise. */
  private static final int FIRST = 11_000;

  /** In-memory clusters of Cluster API take theirs from here to 30000 without asking. */
  private static final int BEYOND = 19_000;

  private static final int TRIES = 10_000;

  /**
   * A process that may give a port holds the datagrams of the same number, which nobody here sends,
   * for as long as it lives: the next one sees that before a server listens.
   */
  private static final Queue<DatagramSocket> HELD = new ConcurrentLinkedQueue<>();

  private Ports() {}

  /** A port nobody listens on. */
  public static int free() {
    for (int tried = 0; tried < TRIES; tried++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, BEYOND);
      if (!taken(port) && held(port)) {
        return port;
      }
    }
    throw new CannotRun(
        "no port between %d and %d was free at %d tries".formatted(FIRST, BEYOND, TRIES));
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

  private static boolean held(int port) {
    try {
      return HELD.add(new DatagramSocket(port, InetAddress.getLoopbackAddress()));
    } catch (IOException _) {
      // Given before, here or by another process.
      return false;
    }
  }
}
