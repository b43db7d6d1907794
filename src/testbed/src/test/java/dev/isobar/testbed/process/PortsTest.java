package dev.isobar.testbed.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Ports for servers that are started one after the other, also by several processes. */
final class PortsTest {
  @Test
  void noneIsGivenTwice() {
    assertThat(IntStream.range(0, 100).mapToObj(_ -> Ports.free()).toList())
        .doesNotHaveDuplicates()
        .allMatch(port -> port >= 11_000 && port < 19_000)
        .noneMatch(Ports::taken);
  }

  @Test
  void anotherProcessSeesThatOneIsGiven() {
    int port = Ports.free();
    assertThatThrownBy(() -> new DatagramSocket(port, InetAddress.getLoopbackAddress()).close())
        .isInstanceOf(BindException.class);
  }
}
