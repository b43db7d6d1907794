package dev.isobar.testbed.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.process.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A turnstile in front of a service that says its name to whoever comes. */
@Timeout(60)
final class TurnstileTest {
  private static final byte[] NAME = "service".getBytes(StandardCharsets.US_ASCII);

  private final int port = Ports.free();
  private ServerSocket service;
  private Turnstile turnstile;

  @BeforeEach
  void start() throws IOException {
    service = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread.ofVirtual()
        .start(() -> {
          while (!service.isClosed()) {
            try {
              service.accept().getOutputStream().write(NAME);
            } catch (IOException _) {
              return; // closed
            }
          }
        });
    turnstile = Turnstile.open(port, service.getLocalPort());
  }

  @AfterEach
  void end() throws IOException {
    turnstile.close();
    service.close();
  }

  private Socket come() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }

  private static String heard(Socket client) throws IOException {
    return new String(client.getInputStream().readNBytes(NAME.length), StandardCharsets.US_ASCII);
  }

  @Test
  void openOneLetsThrough() throws IOException {
    try (Socket client = come()) {
      assertThat(heard(client)).isEqualTo("service");
    }
    assertThat(turnstile.kept()).isZero();
  }

  @Test
  void shutOneCutsWhatWentThroughAndKeepsWhatComes() throws IOException {
    try (Socket before = come()) {
      assertThat(heard(before)).isEqualTo("service");
      turnstile.shut();
      assertThat(heard(before)).as("what is cut").isEmpty();
    }
    try (Socket client = come()) {
      var _ = Await.PATIENT.until("one is kept", turnstile::kept, kept -> kept == 1);
      assertThat(client.getInputStream().available()).isZero();
      turnstile.open();
      assertThat(heard(client)).isEqualTo("service");
    }
  }
}
