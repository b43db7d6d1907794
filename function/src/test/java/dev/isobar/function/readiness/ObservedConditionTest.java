package dev.isobar.function.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.Manifest;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ObservedConditionTest {
  record Row(String reason, String condition, ObservedCondition expected) {}

  static Stream<Row> rows() {
    return Stream.of(
        new Row(
            "of this generation",
            "status: 'True', reason: Fine, message: m, observedGeneration: 3",
            new ObservedCondition("True", "Fine", "m", true, Optional.empty())),
        new Row(
            "of an earlier one",
            "status: 'True', reason: Fine, observedGeneration: 2",
            new ObservedCondition("True", "Fine", "", false, Optional.empty())),
        new Row(
            "of objects whose conditions know no generation",
            "status: 'False', reason: Lost",
            new ObservedCondition("False", "Lost", "", true, Optional.empty())),
        new Row(
            "of nobody's knowledge",
            "reason: Lost",
            new ObservedCondition("Unknown", "Lost", "", true, Optional.empty())),
        new Row(
            "Cluster API's lists become a line",
            "status: 'False', message: \"* Machine a:\\n  * no node\\n* Machine b: gone\\n\"",
            new ObservedCondition(
                "False", "", "Machine a: no node; Machine b: gone", true, Optional.empty())));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isReadFromAnObject(Row row) {
    Tree object =
        Tree.of(
            Manifest.of(
                "{metadata: {generation: 3}, status: {conditions: [{type: Other}, {type: X, "
                    + row.condition
                    + "}]}}"));
    assertThat(ObservedCondition.of(object, "X")).as(row.reason).contains(row.expected);
    assertThat(ObservedCondition.of(object, "Y")).isEqualTo(Optional.empty());
  }
}
