package dev.isobar.provider.clusterapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.InstanceObservation;
import dev.isobar.apis.compute.InstanceObservation.State;
import dev.isobar.apis.compute.InstanceStatus;
import dev.isobar.apis.compute.StatusCondition;
import dev.isobar.apis.infrastructure.GpuMachineStatus;
import dev.isobar.apis.infrastructure.GpuMachineStatus.Initialization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with an Instance is what is wrong with its GpuMachine, in the same words. */
final class MachineReportTest {
  private static final String NOW = "2026-11-27T10:00:00Z";
  private static final GpuMachineStatus NONE =
      new GpuMachineStatus(
          Optional.empty(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of());

  private static StatusCondition condition(String type, String status, String reason) {
    String words = "words of " + type;
    return new StatusCondition(type, status, reason, Optional.of(words), NOW, Optional.of(3L));
  }

  private static StatusCondition said(String type, String said) {
    String[] parts = said.split("/", -1);
    return condition(type, parts[0], parts[1]);
  }

  private static InstanceStatus instance(String ready, String synced) {
    return new InstanceStatus(
        Optional.empty(),
        List.of(),
        List.of(said("Ready", ready), said("Synced", synced)),
        Optional.empty(),
        Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({
    "False/Interrupted, True/ReconcileSuccess, Interrupted, Ready, EC2 takes it back",
    "False/Interrupted, False/Interrupted, Interrupted, Synced, and has done so",
    "False/Lost, False/Lost, Lost, Synced, nobody knows where it went",
    "False/Creating, False/InvalidConfiguration, InvalidConfiguration, Synced, data that is too"
        + " large for instance",
    "False/Creating, False/InsufficientCapacity, InsufficientCapacity, Synced, no offer is left",
    "False/Unavailable, True/ReconcileSuccess, Unavailable, Ready, it is stopped"
  })
  void theInstancesReasonIsTheMachines(
      String ready, String synced, String reason, String from, String why) {
    var report = new MachineReport(NONE, 3, Instant.parse(NOW));
    var words = Optional.of("words of " + from);
    assertThat(report.of("lab-gpu-x1", instance(ready, synced), Optional.empty(), "").conditions())
        .as(why)
        .containsExactly(
            new StatusCondition("Ready", "False", reason, words, NOW, Optional.of(3L)),
            new StatusCondition("InstanceReady", "False", reason, words, NOW, Optional.of(3L)),
            new StatusCondition(
                "GpusReady",
                "False",
                "WaitingForInstance",
                Optional.of("the machine does not run, or is going"),
                NOW,
                Optional.of(3L)),
            new StatusCondition(
                "Paused", "False", "NotPaused", Optional.empty(), NOW, Optional.of(3L)));
  }

  /** What is missing since then, in the words of its message. */
  private static StatusCondition gpus(String reason, String since) {
    return new StatusCondition(
        "GpusReady",
        "False",
        reason,
        Optional.of("words; since ever; since " + since),
        "2026-11-27T08:00:00Z",
        Optional.of(3L));
  }

  private static MachineReport report(String runningSince, StatusCondition... conditions) {
    var before =
        new GpuMachineStatus(
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(runningSince).filter(time -> !time.isEmpty()),
            List.of(conditions));
    return new MachineReport(before, 3, Instant.parse(NOW));
  }

  private static Instant today(String time) {
    return Instant.parse("2026-11-27T" + time + "Z");
  }

  @ParameterizedTest
  @CsvSource({
    "WaitingForNode, 2026-11-27T09:30:00Z, true, its half an hour is over",
    "WaitingForNode, 2026-11-27T09:30:01Z, false, a second is left",
    "WaitingForNode, '', false, nobody saw it run",
    "WaitingForNode, 2026-11-27T10:00:01Z, false, the clock was set back",
    "WaitingForNode, yesterday, false, that is no time",
    "WaitingForInstance, 2026-11-27T08:00:00Z, false, it was off and has only now come back",
    "WorkloadClusterUnreachable, 2026-11-27T08:00:00Z, false, nobody could see its node before",
    "WaitingForDriver, 2026-11-27T08:00:00Z, false, its node has been there"
  })
  void whatRunsWithoutANodeIsOverdueAfterAWhile(
      String reason, String since, boolean overdue, String why) {
    var report = report(since, gpus(reason, "2026-11-27T09:00:00Z"));
    assertThat(report.overdue(Duration.ofMinutes(30), today("09:00:00")))
        .as(why)
        .isEqualTo(overdue);
  }

  @ParameterizedTest
  @CsvSource({
    "PT30M, 2026-11-27T09:55:00Z, 09:00:00, true, it is missed for five minutes",
    "PT30M, 2026-11-27T09:55:01Z, 09:00:00, false, a second is left",
    "PT2M, 2026-11-27T09:58:00Z, 09:00:00, true, more than its own time it does not get",
    "PT2M, 2026-11-27T09:58:01Z, 09:00:00, false, a second of that is left",
    "PT30M, 2026-11-27T09:00:00Z, 09:55:00, true, the provider looks for five minutes",
    "PT30M, 2026-11-27T09:00:00Z, 09:55:01, false, what was before that it does not know",
    "PT30M, 2026-11-27T10:00:01Z, 09:00:00, false, the clock was set back",
    "PT30M, yesterday, 09:00:00, false, that is no time"
  })
  void aNodeIsMissedForMinutesFirst(
      Duration patience, String since, String watched, boolean overdue, String why) {
    var report = report("2026-11-27T08:00:00Z", gpus("WaitingForNode", since));
    assertThat(report.overdue(patience, today(watched))).as(why).isEqualTo(overdue);
  }

  /** A cluster may be paused for an upgrade, in which its API goes away. */
  @ParameterizedTest
  @CsvSource({"True, false, nobody looked", "False, true, it was looked for"})
  void whilePausedNoNodeIsMissed(String paused, boolean overdue, String why) {
    var report =
        report(
            "2026-11-27T08:00:00Z",
            gpus("WaitingForNode", "2026-11-27T08:00:00Z"),
            condition("Paused", paused, "Paused"));
    assertThat(report.overdue(Duration.ofMinutes(30), today("08:00:00")))
        .as(why)
        .isEqualTo(overdue);
  }

  @ParameterizedTest
  @CsvSource({
    "WaitingForInstance, 2026-11-27T09:30:00Z, true, it broke before its node came",
    "WaitingForNode, 2026-11-27T09:30:00Z, true, it broke just now",
    "WaitingForInstance, 2026-11-27T09:30:01Z, false, a second is left",
    "WaitingForInstance, '', false, it has not run yet",
    "WorkloadClusterUnreachable, 2026-11-27T08:00:00Z, false, nobody could see its node before"
  })
  void whatBrokeWithoutANodeHasHadItsTime(String reason, String since, boolean broken, String why) {
    var report = report(since, gpus(reason, NOW));
    assertThat(report.broken(Duration.ofMinutes(30))).as(why).isEqualTo(broken);
  }

  private static InstanceObservation facts(State state, String id) {
    return new InstanceObservation(
        id,
        state,
        "",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        false,
        List.of());
  }

  @ParameterizedTest
  @CsvSource({
    "Pending, first, True/ReconcileSuccess, true, it is being built",
    "Pending, '', True/ReconcileSuccess, false, there is none",
    "Pending, first, False/CloudUnreachable, false, nobody can tell",
    "Error, first, True/ReconcileSuccess, false, the next offer is tried",
    "Running, first, True/ReconcileSuccess, false, its node has its own time"
  })
  void whatItsCloudGaveAndHasNotStartedIsBuilt(
      State state, String id, String synced, boolean building, String why) {
    var instance =
        new InstanceStatus(
            Optional.of(facts(state, id)),
            List.of(),
            List.of(said("Ready", "False/Creating"), said("Synced", synced)),
            Optional.empty(),
            Optional.empty());
    var report = new MachineReport(NONE, 3, Instant.parse(NOW));
    assertThat(report.building(instance)).as(why).isEqualTo(building);
  }

  @ParameterizedTest
  @CsvSource({
    "Available, true, 2026-11-27T09:30:00Z, true, it was said to run half an hour ago",
    "Unavailable, true, 2026-11-27T09:30:00Z, true, or not to run any more",
    "Available, true, 2026-11-27T09:30:01Z, false, a second is left",
    "Creating, false, 2026-11-27T08:00:00Z, false, it has not run yet"
  })
  void whereTheTimeWasNotKeptTheConditionTellsIt(
      String reason, boolean ran, String turned, boolean overdue, String why) {
    var before =
        new GpuMachineStatus(
            Optional.of(new Initialization(Optional.of(ran))),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(
                gpus("WaitingForNode", "2026-11-27T09:00:00Z"),
                new StatusCondition(
                    "InstanceReady",
                    reason.equals("Available") ? "True" : "False",
                    reason,
                    Optional.empty(),
                    turned,
                    Optional.of(3L))));
    var report = new MachineReport(before, 3, Instant.parse(NOW));
    assertThat(report.overdue(Duration.ofMinutes(30), today("09:00:00")))
        .as(why)
        .isEqualTo(overdue);
  }

  @ParameterizedTest
  @CsvSource({
    "False/Lost, False/Lost, true, nobody knows where it went",
    "False/Interrupted, True/ReconcileSuccess, true, EC2 takes it back or is about to",
    "False/Interrupted, False/Interrupted, true, and has done so",
    "False/Unavailable, False/NotFound, false, another name may be right",
    "False/Unavailable, False/CloudUnreachable, false, nobody can tell",
    "False/Deleting, True/ReconcileSuccess, false, somebody here asked for that",
    "True/Available, True/ReconcileSuccess, false, it runs"
  })
  void doomedIsWhatNoLookCanBringBack(String ready, String synced, boolean doomed, String why) {
    assertThat(MachineReport.doomed(instance(ready, synced))).as(why).isEqualTo(doomed);
  }
}
