package dev.isobar.provider.changelog.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.provider.changelog.sidecar.proto.Wire;
import io.grpc.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of an entry at a real socket, whatever is behind it. */
final class SidecarChannelTest {
  private static final byte[] ENTRY = message("one");
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LITTLE_PATIENCE = Duration.ofMillis(200);

  @TempDir private Path folder;
  private Path socket;

  @BeforeEach
  void place() {
    socket = folder.resolve("changelogs.sock");
  }

  private SidecarChannel channel;

  @AfterEach
  void end() {
    channel.close();
  }

  private static byte[] message(String name) {
    return Wire.SendChangeLogRequest.newBuilder()
        .setEntry(Wire.ChangeLogEntry.newBuilder().setName(name))
        .build()
        .toByteArray();
  }

  private void assertLost(Optional<String> problem, String beginning) {
    assertThat(problem).get(InstanceOfAssertFactories.STRING).startsWith(beginning);
  }

  @Test
  void anEntryIsTaken() {
    channel = new SidecarChannel(socket, PATIENCE);
    try (var sidecar = FakeSidecar.at(socket)) {
      assertThat(channel.send(ENTRY)).isEmpty();
      assertThat(sidecar.next(1)).extracting(Wire.ChangeLogEntry::getName).containsExactly("one");
    }
  }

  @Test
  void aSidecarThatIsNotThereIsWaitedForOnlySoLong() {
    channel = new SidecarChannel(socket, LITTLE_PATIENCE);
    assertLost(channel.send(ENTRY), "DEADLINE_EXCEEDED");
  }

  @Test
  void aSidecarThatDoesNotAnswerIsWaitedForOnlySoLong() {
    channel = new SidecarChannel(socket, LITTLE_PATIENCE);
    try (var sidecar = FakeSidecar.at(socket)) {
      sidecar.hang();
      assertLost(channel.send(ENTRY), "DEADLINE_EXCEEDED");
    }
  }

  @Test
  void aSidecarMayRefuse() {
    channel = new SidecarChannel(socket, PATIENCE);
    try (var sidecar = FakeSidecar.at(socket)) {
      sidecar.refuse(Status.RESOURCE_EXHAUSTED.withDescription("the disk is full"));
      assertThat(channel.send(ENTRY)).contains("RESOURCE_EXHAUSTED: the disk is full");
    }
  }

  @Test
  void anEntryIsSentAgainWhenTheSidecarDiesWithItAndComesBack() throws InterruptedException {
    channel = new SidecarChannel(socket, PATIENCE);
    var sidecar = FakeSidecar.at(socket);
    assertThat(channel.send(ENTRY)).isEmpty();
    sidecar.hang();
    var next = new CompletableFuture<FakeSidecar>();
    Thread death =
        Thread.ofVirtual()
            .start(() -> {
              sidecar.awaitUnanswered();
              sidecar.close();
              next.complete(FakeSidecar.at(socket));
            });
    assertThat(channel.send(message("two"))).isEmpty();
    death.join();
    try (var back = next.join()) {
      assertThat(back.next(1)).extracting(Wire.ChangeLogEntry::getName).containsExactly("two");
      assertThat(back.hasMore()).isFalse();
    }
  }

  @Test
  void aSidecarThatDiesWithAnEntryAndDoesNotComeBackIsWaitedForOnlySoLong()
      throws InterruptedException {
    channel = new SidecarChannel(socket, PATIENCE);
    var sidecar = FakeSidecar.at(socket);
    sidecar.hang();
    Thread death =
        Thread.ofVirtual()
            .start(() -> {
              sidecar.awaitUnanswered();
              sidecar.close();
            });
    assertLost(channel.send(ENTRY), "DEADLINE_EXCEEDED");
    death.join();
  }
}
