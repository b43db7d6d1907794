package dev.isobar.provider.changelog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.InstanceObservation.Deviation;
import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.InstanceParameters.PowerState;
import dev.isobar.apis.tree.Tree;
import dev.isobar.provider.changelog.ChangeLogEntry.Operation;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.CreationToken;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.FakeCloud;
import dev.isobar.provider.external.HandClock;
import dev.isobar.provider.external.Machines;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Offer;
import dev.isobar.provider.external.Order;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.Subject;
import dev.isobar.provider.external.Wishes;
import dev.isobar.provider.operate.Meters;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which entries operations leave, whole. */
final class ChangeLogsTest {
  private static final Instant START = Instant.parse("2026-11-25T10:00:00Z");
  private static final Subject SUBJECT =
      new Subject("uid-1", "lab", "one", Optional.empty(), Map.of());
  private static final Tree BEFORE = Tree.of(Map.of("kind", "Instance", "was", "like this"));
  private static final Offer OFFER = new Offer("small", Optional.of("az1"));
  private static final Failure FULL = new Failure.InsufficientCapacity(CloudWords.ours("no host"));
  private static final Failure DENIED =
      new Failure.AuthenticationFailed(CloudWords.ours("no such right"));

  private final HandClock clock = new HandClock(START);
  private final FakeCloud cloud = new FakeCloud(clock, false);
  private final MemorySidecar sidecar = new MemorySidecar();
  private final ChangeLogs logs =
      ChangeLogs.start(sidecar, "provider-isobar:0.1.0", clock, new Meters());
  private final Machines machines = logs.over(cloud, _ -> BEFORE);

  @AfterEach
  void end() {
    logs.close();
  }

  private static InstanceParameters wanted(String team) {
    return Wishes.machine(
        List.of("small"), "ubuntu", List.of(), Map.of("team", team), PowerState.Running);
  }

  private void create() {
    var _ =
        machines.create(
            new Order(
                SUBJECT,
                CreationToken.of("uid-1", 1),
                OFFER,
                wanted("eo"),
                Optional.empty(),
                Optional.empty()));
  }

  private void running() {
    create();
    clock.advance(Duration.ofMinutes(1));
    sidecar.entries.clear();
  }

  private void mend() {
    ObservedMachine machine = seen().getFirst();
    var _ =
        machines.update(
            SUBJECT,
            wanted("ai"),
            machine,
            List.of(
                new Deviation("spec.forProvider.tags", "ai", "eo", true),
                new Deviation("spec.forProvider.powerState", "Running", "Stopped", true)));
  }

  private List<ObservedMachine> seen() {
    return machines.observe(SUBJECT) instanceof Response.Answered<List<ObservedMachine>>(var all)
        ? all
        : List.of();
  }

  private static ChangeLogEntry entry(
      long seconds, Operation operation, String id, String error, String... details) {
    var all = new TreeMap<String, String>();
    for (int index = 0; index < details.length; index += 2) {
      all.put(details[index], details[index + 1]);
    }
    return new ChangeLogEntry(
        START.plusSeconds(seconds),
        "provider-isobar:0.1.0",
        operation,
        id,
        BEFORE,
        Optional.of(error).filter(text -> !text.isEmpty()),
        all);
  }

  private static Arguments row(
      String why, Consumer<ChangeLogsTest> deed, ChangeLogEntry... entries) {
    return Arguments.of(why, deed, List.of(entries));
  }

  static Stream<Arguments> operations() {
    return Stream.of(
        row(
            "the name is the cloud's, though the Instance does not have it yet",
            ChangeLogsTest::create,
            entry(0, Operation.CREATE, "m-1", "", "machineType", "small", "zone", "az1")),
        row(
            "nothing was made",
            test -> {
              test.cloud.refuse("small", FULL);
              test.create();
            },
            entry(
                0,
                Operation.CREATE,
                "",
                "InsufficientCapacity: no host",
                "machineType",
                "small",
                "zone",
                "az1")),
        row(
            "what nobody knows is not called a failure alone",
            test -> {
              test.cloud.loseReplyOnce("create");
              test.create();
            },
            entry(
                0,
                Operation.CREATE,
                "",
                "CloudUnreachable: no answer within 60 s",
                "machineType",
                "small",
                "zone",
                "az1",
                "outcome",
                "unknown: there may be a machine, now or later")),
        row(
            "no machine is not the whole truth where a port may come",
            test -> {
              test.cloud.delayPortOnce(Duration.ofMinutes(1));
              test.create();
            },
            entry(
                0,
                Operation.CREATE,
                "",
                "CloudUnreachable: no answer within 60 s",
                "machineType",
                "small",
                "zone",
                "az1",
                "outcome",
                "no machine, but a part of one may come later")),
        row(
            "the fields are told",
            test -> {
              test.running();
              test.mend();
            },
            entry(
                60,
                Operation.UPDATE,
                "m-1",
                "",
                "fields",
                "spec.forProvider.tags, spec.forProvider.powerState")),
        row(
            "so they are when it failed",
            test -> {
              test.running();
              test.cloud.failOnce("update", DENIED);
              test.mend();
            },
            entry(
                60,
                Operation.UPDATE,
                "m-1",
                "AuthenticationFailed: no such right",
                "fields",
                "spec.forProvider.tags, spec.forProvider.powerState")),
        row(
            "each try is one",
            test -> {
              test.running();
              test.cloud.failOnce("delete", DENIED);
              var _ = test.machines.delete(SUBJECT, "m-1");
              var _ = test.machines.delete(SUBJECT, "m-1");
            },
            entry(60, Operation.DELETE, "m-1", "AuthenticationFailed: no such right"),
            entry(60, Operation.DELETE, "m-1", "")),
        row(
            "looks leave nothing behind",
            test -> {
              test.running();
              var _ = test.machines.list();
              var _ = test.machines.compare(SUBJECT, wanted("ai"), test.seen().getFirst());
              var _ = test.machines.release(SUBJECT);
              var _ = test.machines.belongings();
            }));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void operationsLeaveEntries(
      String why, Consumer<ChangeLogsTest> deed, List<ChangeLogEntry> entries) {
    deed.accept(this);
    assertThat(sidecar.entries).as(why).isEqualTo(entries);
  }

  /** ClusterCleanups remove through the same machines, with change logs or without. */
  @Test
  void whatClustersLeaveIsReachedThroughThem() {
    assertThat(machines.leftovers()).isSameAs(cloud.leftovers());
  }

  @Test
  void snapshotsAreTakenBefore() {
    List<String> order = new ArrayList<>();
    cloud.watch(order::add);
    Machines watched =
        logs.over(
            cloud,
            _ -> {
              order.add("snapshot");
              return BEFORE;
            });
    var _ = watched.delete(SUBJECT, "m-1");
    assertThat(order).containsExactly("snapshot", "before cloud.delete", "after cloud.delete");
  }

  /** Takes everything, and keeps what it was asked to send. */
  private static final class MemorySidecar implements Sidecar {
    private final List<ChangeLogEntry> entries = new ArrayList<>();

    @Override
    public byte[] encode(ChangeLogEntry entry) {
      entries.add(entry);
      return new byte[] {1};
    }

    @Override
    public Optional<String> send(byte[] entry) {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }
}
