package dev.isobar.provider.decide;

import static dev.isobar.provider.decide.Scene.machine;
import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.InstanceObservation.Deviation;
import dev.isobar.apis.compute.InstanceObservation.State;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Offer;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The managed-resource contract, row by row: the numbers are the steps of crossplane-runtime's
 * reconciler in their order, "better" marks where we do it differently on purpose. Rows 1 (object
 * gone) and 5 (reconcile-requested-at) are the loop's; 2, 15 and the metrics of others belong to
 * measuring; 22 has no row, because the spec is never filled in.
 */
abstract class DecisionTable {
  static final Wait POLL = new Wait.Poll(Pace.spread(Duration.ofMinutes(1), Scene.UID));
  static final Wait MOVING = new Wait.Moving();
  static final Wait BACKOFF = new Wait.Backoff();
  static final Wait FOR_CHANGE = new Wait.ForChange();
  static final Offer SMALL = new Offer("small", Optional.empty());
  static final Failure CAPACITY = new Failure.InsufficientCapacity(CloudWords.ours("no host"));
  static final Failure REFUSED = new Failure.AuthenticationFailed(CloudWords.ours("no such user"));
  static final Failure SILENT =
      new Failure.CloudUnreachable(CloudWords.ours("no answer within 60 s"));
  static final Failure SLOW_DOWN =
      new Failure.Throttled(CloudWords.ours("slow down"), Optional.of(Duration.ofSeconds(17)));
  static final Failure TAKEN_BACK = new Failure.Interrupted(CloudWords.ours("no Spot capacity"));
  static final Deviation TAGS = new Deviation("spec.forProvider.tags", "a", "b", true);
  static final Deviation IMAGE = new Deviation("spec.forProvider.image", "a", "b", false);

  record Row(String number, String reason, Scene scene, Expected expected) {
    @Override
    public String toString() {
      return number + ": " + reason;
    }
  }

  sealed interface Expected {}

  record Exactly(Step step) implements Expected {}

  /** A rest, by its conditions and its wait; an empty condition stays as it was. */
  record Resting(String ready, String synced, String event, Wait until) implements Expected {}

  static Row row(String number, String reason, Scene scene, Step step) {
    return new Row(number, reason, scene, new Exactly(step));
  }

  static Row rest(
      String number,
      String reason,
      Scene scene,
      String ready,
      String synced,
      String event,
      Wait until) {
    return new Row(number, reason, scene, new Resting(ready, synced, event, until));
  }

  static Scene there(State state) {
    return new Scene().made("m-1", 600).finalized().seeing(machine("m-1", state));
  }

  static Scene absent() {
    return new Scene().finalized().nothing();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void next(Row row) {
    Step step = Decision.next(row.scene().situation());
    switch (row.expected()) {
      case Exactly(var expected) -> assertThat(step).isEqualTo(expected);
      case Resting expected -> {
        assertThat(step).isInstanceOf(Step.Rest.class);
        Step.Rest rest = (Step.Rest) step;
        assertThat(
                new Resting(
                    said(rest.report().ready(), expected.ready()),
                    said(rest.report().synced(), expected.synced()),
                    rest.report().notice().map(Notice::reason).orElse(""),
                    rest.until()))
            .isEqualTo(expected);
      }
    }
  }

  /** The whole verdict where the row expects a message, its head where it does not. */
  private static String said(Optional<Verdict> verdict, String expected) {
    return verdict
        .map(one ->
            (one.holds() ? "True/" : "False/")
                + one.reason()
                + (expected.contains(": ") ? ": " + one.message() : ""))
        .orElse("");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void everyComplaintHasAMessageAndEveryMessageIsOneLine(Row row) {
    if (Decision.next(row.scene().situation()) instanceof Step.Rest(var report, _)) {
      Stream.of(report.ready(), report.synced())
          .flatMap(Optional::stream)
          .forEach(verdict -> {
            boolean silent = verdict.holds() || row.number().equals("9");
            assertThat(silent || !verdict.message().isEmpty()).as("%s", verdict).isTrue();
            assertThat(verdict.message()).doesNotContain("\n");
          });
    }
  }
}
