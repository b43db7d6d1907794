package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The claim's namespace is eo4eu, with label team: eo. */
final class CloudAccessTest {
  record Row(String reason, String selector, boolean allowed) {}

  static Stream<Row> rows() {
    return Stream.of(
        new Row("absent means all", "null", true),
        new Row("empty selects all", "{}", true),
        new Row(
            "by name, with the label Kubernetes sets",
            "{matchLabels: {kubernetes.io/metadata.name: eo4eu}}",
            true),
        new Row("another name", "{matchLabels: {kubernetes.io/metadata.name: other}}", false),
        new Row("by label", "{matchLabels: {team: eo}}", true),
        new Row("one of two labels is not enough", "{matchLabels: {team: eo, tier: gold}}", false),
        new Row("In", "{matchExpressions: [{key: team, operator: In, values: [x, eo]}]}", true),
        new Row(
            "In, but not there",
            "{matchExpressions: [{key: tier, operator: In, values: [x]}]}",
            false),
        new Row("NotIn", "{matchExpressions: [{key: team, operator: NotIn, values: [eo]}]}", false),
        new Row(
            "NotIn, and not there",
            "{matchExpressions: [{key: tier, operator: NotIn, values: [x]}]}",
            true),
        new Row("Exists", "{matchExpressions: [{key: team, operator: Exists}]}", true),
        new Row(
            "Exists, but not there", "{matchExpressions: [{key: tier, operator: Exists}]}", false),
        new Row("DoesNotExist", "{matchExpressions: [{key: team, operator: DoesNotExist}]}", false),
        new Row(
            "all must hold",
            "{matchLabels: {team: eo}, matchExpressions: [{key: tier, operator: Exists}]}",
            false));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isTheCloudsToGrant(Row row) {
    assertThat(
            ManagementCluster.with("{}")
                .cloud("allowedNamespaces: " + row.selector)
                .refusals()
                .isEmpty())
        .as(row.reason)
        .isEqualTo(row.allowed);
  }
}
