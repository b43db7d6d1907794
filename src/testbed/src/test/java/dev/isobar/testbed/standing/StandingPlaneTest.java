package dev.isobar.testbed.standing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.cli.input.Flavour;
import dev.isobar.testbed.controller.Controller;
import dev.isobar.testbed.plane.ControlPlane;
import dev.isobar.testbed.plane.Project;
import dev.isobar.testbed.process.CannotRun;
import dev.isobar.testbed.process.Command;
import dev.isobar.testbed.process.LocalProcess;
import dev.isobar.testbed.process.Ports;
import dev.isobar.testbed.process.Processes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a process that sleeps in the place of a control plane. */
final class StandingPlaneTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path cache;
  private final ByteArrayOutputStream words = new ByteArrayOutputStream();
  private Path folder;
  private Processes processes;
  private LocalProcess sleeper;
  private StandingPlane plane;

  @BeforeEach
  void startSleeper() throws IOException {
    folder = Files.createDirectory(cache.resolve("up"));
    processes = new Processes(folder.resolve("logs"), folder.resolve(ControlPlane.NOTE));
    sleeper = processes.start(Command.of("sleeper", cache, Path.of("/bin/sleep"), 300));
    plane = new StandingPlane(cache, new PrintStream(words, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void endSleeper() {
    processes.close();
    sleeper.kill();
  }

  @Test
  void oneThatIsBeingStartedIsLeftAlone() {
    String refusal =
        "a control plane is being started by another ./isobar up, process %1$d; wait for it, or end that first: kill %1$d"
            .formatted(ProcessHandle.current().pid());
    assertThatThrownBy(plane::end).isInstanceOf(CannotRun.class).hasMessage(refusal);
    assertThatThrownBy(() -> start(Optional.empty()))
        .isInstanceOf(CannotRun.class)
        .hasMessage(refusal);
    assertThat(sleeper.runs()).isTrue();
  }

  @Test
  void oneOfTheOtherFlavourIsNotTakenForTheOneThatIsWanted() throws IOException {
    leave();
    assertThatThrownBy(() -> start(Optional.of(Flavour.NAMESPACED)))
        .isInstanceOf(CannotRun.class)
        .hasMessage(
            "a control plane of flavour claims is up, and only one can be; end it first:"
                + " ./isobar down");
    assertThat(words()).isEmpty();
  }

  @Test
  void oneWithClustersInMemoryIsNotTakenForOneWithout() throws IOException {
    leave();
    Set<Controller> others = EnumSet.complementOf(EnumSet.of(Controller.DEV));
    assertThatThrownBy(() -> start(Optional.empty(), others))
        .isInstanceOf(CannotRun.class)
        .hasMessage(
            "the control plane that is up has clusters in memory, and only one can be; end it"
                + " first: ./isobar down");
    assertThat(words()).isEmpty();
    Files.writeString(folder.resolve("without"), "clusters in memory");
    start(Optional.empty(), others);
    start(Optional.empty());
    assertThat(words()).as("who wishes nothing takes what there is").contains("Use it.");
  }

  @Test
  void oneThatIsUpTellsHowToUseItUntilItIsEnded() throws IOException {
    leave();
    start(Optional.empty());
    start(Optional.of(Flavour.CLAIMS));
    plane.end();
    assertThat(words())
        .isEqualTo(
            """
            A control plane is up already.
            Use it.
            A control plane is up already.
            Use it.
            The control plane is down: sleeper.
            """);
    assertThat(sleeper.endsWithin(LIMIT)).isTrue();
    assertThat(folder).doesNotExist();
  }

  /** Somebody else's control plane has the one port that cannot be another. */
  @Test
  void clustersInMemoryOfSomebodyElseAreToldBeforeAnythingIsStarted() throws IOException {
    processes.close();
    try (var others = new ServerSocket()) {
      if (!Ports.taken(Controller.FIXED_PORT)) {
        others.bind(new InetSocketAddress(Controller.FIXED_PORT));
      }
      assertThatThrownBy(() -> start(Optional.empty()))
          .isInstanceOf(CannotRun.class)
          .hasMessage(
              "port 19000 is taken, on which Cluster API's provider of clusters in memory listens:"
                  + " another control plane on this machine has it; end that, or do without:"
                  + " ./isobar up --without-in-memory");
      assertThatThrownBy(() -> start(Optional.empty(), EnumSet.of(Controller.SVELTOS)))
          .as("without them it goes on")
          .isInstanceOf(AssertionError.class)
          .hasMessage("nothing is to be built");
    }
  }

  @Test
  void oneThatLacksAPartIsNotTakenForOneThatIsUp() throws IOException {
    LocalProcess core = processes.start(Command.of("core", cache, Path.of("/bin/sleep"), 300));
    leave();
    core.kill();
    assertThat(core.endsWithin(LIMIT)).isTrue();
    assertThatThrownBy(() -> start(Optional.empty()))
        .isInstanceOf(CannotRun.class)
        .hasMessage(
            "a control plane is up, but of its processes core has ended, and why is at the end of "
                + folder.resolve("logs").resolve("core.log")
                + "; end what is left with ./isobar down, which deletes its logs too, and start"
                + " anew with ./isobar up");
    assertThat(sleeper.runs()).as("what is left is left alone").isTrue();
    plane.end();
    assertThat(words()).isEqualTo("The control plane is down: sleeper.\n");
  }

  private void leave() throws IOException {
    Files.writeString(folder.resolve("flavour"), "claims");
    Files.writeString(folder.resolve("without"), "");
    Files.writeString(folder.resolve("hints"), "Use it.\n");
    processes.leave();
  }

  private void start(Optional<Flavour> flavour) {
    start(flavour, EnumSet.allOf(Controller.class));
  }

  private void start(Optional<Flavour> flavour, Set<Controller> controllers) {
    plane.start(
        new Project(cache),
        flavour,
        controllers,
        () -> {
          throw new AssertionError("nothing is to be built");
        });
  }

  private String words() {
    return words.toString(StandardCharsets.UTF_8);
  }
}
