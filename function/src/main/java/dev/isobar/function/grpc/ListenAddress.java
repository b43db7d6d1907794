package dev.isobar.function.grpc;

import java.net.InetSocketAddress;

/**
 * Where to listen.
 *
 * @param host a name or an address; empty for all of this machine's
 * @param port 0 for any that is free
 */
public record ListenAddress(String host, int port) {
  private static final int PORTS = 65_535;

  /** The loopback address, with any port that is free. */
  public static ListenAddress loopback() {
    return new ListenAddress("127.0.0.1", 0);
  }

  /**
   * Parses {@code :9443}, {@code host:9443} or {@code [::1]:9443}.
   *
   * @throws IllegalArgumentException with a message for the user
   */
  public static ListenAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException(
          "\"" + text + "\" has no port; write :9443, host:9443 or [::1]:9443");
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.contains(":")) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not clear; write an IPv6 address in brackets, as in [::1]:9443");
    }
    return new ListenAddress(host, port(text, text.substring(colon + 1)));
  }

  /** The address to bind. */
  InetSocketAddress socket() {
    return host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  private static int port(String text, String digits) {
    int port;
    try {
      port = Integer.parseInt(digits);
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException(
          "\"" + text + "\" has no number for a port, write for example :9443");
    }
    if (port < 0 || port > PORTS) {
      throw new IllegalArgumentException("\"" + text + "\" has a port beyond 0 to " + PORTS);
    }
    return port;
  }
}
