package dev.isobar.function.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The conditions are those that Kubernetes' deployment controller writes. */
final class AutoscalerHealthTest {
  private static final String POD = "the pod of Deployment eo4eu/eo-lab-f4bd8-autoscaler";
  private static final String UP =
      "{type: Available, status: 'True', reason: MinimumReplicasAvailable}";
  private static final String DOWN =
      "{type: Available, status: 'False', reason: MinimumReplicasUnavailable}";
  private static final String COMES =
      "{type: Progressing, status: 'True', reason: ReplicaSetUpdated}";
  private static final String CAME =
      "{type: Progressing, status: 'True', reason: NewReplicaSetAvailable}";
  private static final String LATE =
      "{type: Progressing, status: 'False', reason: ProgressDeadlineExceeded}";
  private static final String REFUSED =
      "{type: ReplicaFailure, status: 'True', reason: FailedCreate, message: exceeded quota}";

  record Row(String reason, String status, Health health) {}

  static Stream<Row> rows() {
    String started = POD + " is being started";
    String down = POD + " does not run; the platform team must look at it with kubectl";
    return Stream.of(
        new Row("nobody has looked at it", "{}", new Health.Coming("is being updated")),
        new Row(
            "it was changed since",
            "{observedGeneration: 1, conditions: [" + UP + ", " + CAME + "]}",
            new Health.Coming("is being updated")),
        new Row("its pod runs", seen(UP, CAME), new Health.Working()),
        new Row("its first pod comes", seen(DOWN, COMES), new Health.Coming(started)),
        new Row("a new release comes", seen(UP, COMES), new Health.Working()),
        new Row("no condition yet", seen(), new Health.Coming(started)),
        new Row("its pod ended", seen(DOWN, CAME), new Health.Failing(down)),
        new Row("its pod never came", seen(DOWN, LATE), new Health.Failing(down)),
        new Row("a new release never came", seen(UP, LATE), new Health.Working()),
        new Row(
            "there may be no pod",
            seen(DOWN, COMES, REFUSED),
            new Health.Failing(POD + " cannot be made: exceeded quota")));
  }

  private static String seen(String... conditions) {
    return "{observedGeneration: 2, conditions: [" + String.join(", ", conditions) + "]}";
  }

  @ParameterizedTest
  @MethodSource("rows")
  void tells(Row row) {
    Tree deployment =
        Tree.of(
            Manifest.of(
                """
                metadata: {namespace: eo4eu, name: eo-lab-f4bd8-autoscaler, generation: 2}
                status: %s
                """
                    .formatted(row.status())));

    assertThat(AutoscalerHealth.of(deployment)).as(row.reason()).isEqualTo(row.health());
  }

  @Test
  void oneThatIsNotThereWaits() {
    assertThat(AutoscalerHealth.of(Tree.absent()))
        .isEqualTo(new Health.Coming("waits for the control plane"));
  }

  @Test
  void oneThatGoesComesAnew() {
    Tree going = Tree.of(Manifest.of("metadata: {deletionTimestamp: '2026-01-01T00:00:00Z'}"));

    assertThat(AutoscalerHealth.of(going))
        .isEqualTo(new Health.Coming("is still being removed, and comes anew afterwards"));
  }
}
