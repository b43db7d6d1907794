package dev.isobar.provider.reconcile;

import static dev.isobar.provider.reconcile.World.KEY;
import static dev.isobar.provider.reconcile.World.UID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.InstanceParameters.PowerState;
import dev.isobar.apis.decode.Encoder;
import dev.isobar.apis.tree.Tree;
import dev.isobar.provider.changelog.ChangeLogEntry;
import dev.isobar.provider.changelog.ChangeLogs;
import dev.isobar.provider.changelog.Sidecar;
import dev.isobar.provider.changelog.sidecar.FakeSidecar;
import dev.isobar.provider.changelog.sidecar.SidecarChannel;
import dev.isobar.provider.changelog.sidecar.proto.Wire;
import dev.isobar.provider.decide.Annotations;
import dev.isobar.provider.decide.Managed;
import dev.isobar.provider.external.CallPoints;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Subject;
import dev.isobar.provider.external.Wishes;
import dev.isobar.provider.operate.Meters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole lives of an Instance, as the change log at a real socket tells them. */
final class ChangeLogLifeTest {
  private final World world = new World(false);
  private final Meters meters = new Meters();

  @TempDir private Path folder;
  private Path socket;
  private Heard channel;
  private ChangeLogs logs;

  @BeforeEach
  void begin() {
    socket = folder.resolve("changelogs.sock");
    channel = new Heard(new SidecarChannel(socket));
    logs = ChangeLogs.start(channel, "provider-isobar:0.1.0", world.clock, meters);
  }

  @AfterEach
  void end() {
    logs.close();
  }

  private World.Process process() {
    return world.new Process(CallPoints.QUIET, logs.over(world.cloud, this::snapshot));
  }

  /** What the API server would answer, as far as it matters here. */
  private Tree snapshot(Subject subject) {
    Managed now = world.object().orElseThrow();
    assertThat(now.uid()).isEqualTo(subject.uid());
    return Tree.of(
        Map.of(
            "apiVersion",
            "compute.isobar.dev/v1alpha1",
            "kind",
            "Instance",
            "metadata",
            Map.of("name", now.key().name(), "annotations", now.annotations()),
            "spec",
            Encoder.onlySet(now.spec())));
  }

  private static InstanceParameters wanted(String team) {
    return Wishes.machine(
        List.of("small"), "ubuntu", List.of(), Map.of("team", team), PowerState.Running);
  }

  /** Made at the second try, changed, and removed. */
  private void live() {
    world.cloud.failOnce(
        "create", new Failure.InsufficientCapacity(CloudWords.ours("no host was found")));
    world.api.apply(KEY, UID, World.spec(wanted("eo")));
    World.Process provider = process();
    provider.work(Duration.ofMinutes(5));
    assertThat(world.conditions()).containsEntry("Ready", "True/Available");
    world.api.edit(KEY, _ -> wanted("ai"));
    provider.work(Duration.ofMinutes(3));
    world.api.delete(KEY);
    provider.work(Duration.ofMinutes(3));
    assertThat(world.object()).isEmpty();
    assertThat(world.cloud.live()).isEmpty();
  }

  private static String line(Wire.ChangeLogEntry entry) {
    return String.join(
        " ",
        entry.getProvider(),
        entry.getApiVersion(),
        entry.getKind(),
        entry.getName(),
        entry.getOperation().name(),
        "[" + entry.getExternalName() + "]",
        entry.hasErrorMessage() ? entry.getErrorMessage() : "ok",
        entry.getAdditionalDetailsMap().toString());
  }

  private static Optional<String> at(Wire.ChangeLogEntry entry, String first, String... more) {
    Tree tree = Tree.of(FakeSidecar.plain(entry.getSnapshot())).at(first);
    for (String field : more) {
      tree = tree.at(field);
    }
    return tree.text();
  }

  @Test
  void everyOperationHasItsEntryWithTheInstanceBefore() {
    try (var sidecar = FakeSidecar.at(socket)) {
      live();
      List<Wire.ChangeLogEntry> entries = sidecar.next(4);
      String ours = "provider-isobar:0.1.0 compute.isobar.dev/v1alpha1 Instance one ";
      assertThat(entries)
          .extracting(ChangeLogLifeTest::line)
          .containsExactly(
              ours
                  + "OPERATION_TYPE_CREATE [] InsufficientCapacity: no host was found"
                  + " {machineType=small}",
              ours + "OPERATION_TYPE_CREATE [m-1] ok {machineType=small}",
              ours + "OPERATION_TYPE_UPDATE [m-1] ok {fields=spec.forProvider.tags}",
              ours + "OPERATION_TYPE_DELETE [m-1] ok {}");
      assertThat(entries)
          .as("creations have a begun one in their snapshot, and no name yet")
          .extracting(
              entry -> at(entry, "metadata", "annotations", Annotations.CREATION),
              entry -> at(entry, "metadata", "annotations", Annotations.EXTERNAL_NAME),
              entry -> at(entry, "spec", "forProvider", "tags", "team"))
          .containsExactly(
              tuple(Optional.of("1"), Optional.empty(), Optional.of("eo")),
              tuple(Optional.of("2"), Optional.empty(), Optional.of("eo")),
              tuple(Optional.of("2"), Optional.of("m-1"), Optional.of("ai")),
              tuple(Optional.of("2"), Optional.of("m-1"), Optional.of("ai")));
      assertThat(entries)
          .extracting(entry -> entry.getTimestamp().getSeconds())
          .isSorted()
          .allMatch(second -> second >= 1_795_600_800L);
      logs.close();
      assertThat(sidecar.hasMore()).isFalse();
      assertThat(meters.text()).contains("isobar_change_log_entries_total{outcome=\"sent\"} 4");
    }
  }

  static Stream<Arguments> sidecars() {
    return Stream.of(
        Arguments.of("there is none", Optional.empty()),
        Arguments.of("it takes entries and answers nothing", Optional.of(true)));
  }

  /** Passes run on the test's thread: four waits for a sidecar would take forty seconds. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("sidecars")
  void livesGoOnWithoutASidecar(String why, Optional<Boolean> hanging) {
    Optional<FakeSidecar> sidecar = hanging.map(_ -> FakeSidecar.at(socket));
    sidecar.ifPresent(FakeSidecar::hang);
    long start = System.nanoTime();
    live();
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .as(why)
        .isLessThan(Duration.ofSeconds(30));
    assertThat(meters.text()).as("none is sent: " + why).doesNotContain("outcome=\"sent\"");
    sidecar.ifPresent(FakeSidecar::close);
  }

  @Test
  void aSidecarThatDiesLosesNoMoreThanWhatItHad() throws InterruptedException {
    var first = FakeSidecar.at(socket);
    world.api.apply(KEY, UID, World.spec(wanted("eo")));
    World.Process provider = process();
    provider.work(Duration.ofMinutes(3));
    assertThat(first.next(1))
        .extracting(Wire.ChangeLogEntry::getOperation)
        .containsExactly(Wire.OperationType.OPERATION_TYPE_CREATE);
    channel.awaitAnswer(); // else the next sidecar would get it too
    first.close();
    world.api.edit(KEY, _ -> wanted("ai"));
    provider.work(Duration.ofMinutes(3));
    assertThat(world.object().orElseThrow().status().atProvider().orElseThrow().deviations())
        .isEmpty();
    try (var second = FakeSidecar.at(socket)) {
      world.api.delete(KEY);
      provider.work(Duration.ofMinutes(3));
      assertThat(world.object()).isEmpty();
      assertThat(second.next(2))
          .as("the entry that found nobody waited for the next sidecar")
          .extracting(Wire.ChangeLogEntry::getOperation)
          .containsExactly(
              Wire.OperationType.OPERATION_TYPE_UPDATE, Wire.OperationType.OPERATION_TYPE_DELETE);
    }
  }

  /** The way to a sidecar, which tells when an answer has come. */
  private static final class Heard implements Sidecar {
    private final Semaphore answers = new Semaphore(0);
    private final Sidecar sidecar;

    Heard(Sidecar sidecar) {
      this.sidecar = sidecar;
    }

    void awaitAnswer() throws InterruptedException {
      assertThat(answers.tryAcquire(60, TimeUnit.SECONDS)).as("an answer came").isTrue();
    }

    @Override
    public byte[] encode(ChangeLogEntry entry) {
      return sidecar.encode(entry);
    }

    @Override
    public Optional<String> send(byte[] entry) {
      Optional<String> problem = sidecar.send(entry);
      answers.release();
      return problem;
    }

    @Override
    public void close() {
      sidecar.close();
    }
  }
}
