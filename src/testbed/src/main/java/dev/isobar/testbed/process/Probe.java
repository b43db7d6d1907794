package dev.isobar.testbed.process;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/** Asks whether a process does its work. */
public interface Probe {
  /** Whether it does by now. */
  boolean passes();

  /** It listens on a port of the loopback. */
  static Probe listens(int port) {
    return () -> {
      try (var socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return true;
      } catch (IOException _) {
        // Nobody listens yet.
        return false;
      }
    };
  }

  /** It answers a request of HTTP with 200. */
  static Probe answers(String url) {
    return () -> {
      try {
        var connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setConnectTimeout(1000);
        connection.setReadTimeout(1000);
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
      } catch (IOException _) {
        // Nobody answers yet.
        return false;
      }
    };
  }
}
