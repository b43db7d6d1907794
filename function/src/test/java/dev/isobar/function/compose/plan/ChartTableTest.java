package dev.isobar.function.compose.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which version of a chart is for which Kubernetes. */
final class ChartTableTest {
  record Row(String reason, String chart, int minor, String expected) {}

  static Stream<Row> rows() {
    return Stream.of(
        new Row("of the minor", "openstack-manila-csi", 33, "2.33.1"),
        new Row("newer than all", "openstack-manila-csi", 40, "2.36.0"),
        new Row("older than all", "openstack-manila-csi", 30, "2.31.5"),
        new Row("one for all", "cilium", 36, "1.19.6"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isPickedByTheMinor(Row row) {
    assertThat(ChartTable.chart(row.chart).orElseThrow().version(row.minor))
        .as(row.reason)
        .isEqualTo(row.expected);
  }

  /** Charts of one add-on are alternatives; two add-ons never share a release. */
  @Test
  void releasesBelongToOneAddon() {
    for (ChartTable.Row one : ChartTable.rows()) {
      List<AddonName> owners =
          ChartTable.rows().stream()
              .filter(row -> row.release().equals(one.release()))
              .filter(row -> row.namespace().equals(one.namespace()))
              .map(ChartTable.Row::addon)
              .distinct()
              .toList();
      assertThat(owners).as(one.release()).containsExactly(one.addon());
    }
  }
}
