package dev.isobar.function.compose.naming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.function.Seeds;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Machines bear these names, so none of them may ever change. */
final class NamesTest {
  private static final String LONG = "a".repeat(100) + "b".repeat(100);

  private static final String CLUSTER = "eo-lab-f4bd8";
  private static final String LONG_CLUSTER = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-d071d";

  record Row(String reason, String name, String expected) {}

  static Stream<Row> rows() {
    return Stream.of(
        new Row(
            "a claim's name, and digits of its namespace and name",
            Names.cluster("eo4eu", "eo-lab"),
            CLUSTER),
        new Row(
            "same-named claims of two namespaces are two clusters",
            Names.cluster("other", "eo-lab"),
            "eo-lab-68926"),
        new Row("200 characters are cut to 40", Names.cluster("eo4eu", LONG), LONG_CLUSTER),
        new Row(
            "no dash is doubled by the cut",
            Names.cluster("eo4eu", "a".repeat(33) + "-tail"),
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-caaf7"),
        new Row("host names hold no dots", Names.cluster("eo4eu", "eo.lab.v2"), "eo-lab-v2-464fb"),
        new Row("the control plane", Names.machines(CLUSTER, "cp"), "eo-lab-f4bd8-cp"),
        new Row("a pool", Names.machines(CLUSTER, "general"), "eo-lab-f4bd8-general"),
        new Row(
            "a pool in a zone",
            Names.machines(CLUSTER, "general", "az1"),
            "eo-lab-f4bd8-general-az1"),
        new Row(
            "a zone whose name is no DNS label gets digits of its own",
            Names.machines(CLUSTER, "general", "AZ.1"),
            "eo-lab-f4bd8-general-az-1-4245c"),
        new Row(
            "so that it is not taken for the zone that is called so",
            Names.machines(CLUSTER, "general", "az-1"),
            "eo-lab-f4bd8-general-az-1"),
        new Row(
            "50 characters, because Cluster API appends 12 for machines",
            Names.machines(LONG_CLUSTER, "general-purpose-nodes", "waw3-1-a"),
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-d071d-gen-faf39"),
        new Row(
            "a template",
            Names.part(CLUSTER, "general", "bootstrap", "0123abcd"),
            "eo-lab-f4bd8-general-bootstrap-0123abcd"),
        new Row(
            "63 characters, because profiles' names become label values",
            Names.part(LONG_CLUSTER, "general-purpose-nodes", "bootstrap", "0123abcd"),
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-d071d-general-purpose-1fa3f"),
        new Row("a zone as part of a resource name", Names.label("az1"), "az1"),
        new Row("no zone", Names.label(""), ""),
        new Row("a zone with capitals and blanks", Names.label("Zone 3"), "zone-3-f9219"),
        new Row("SHA-256 of nothing", Names.digest("", 8), "e3b0c442"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void areAsTheyHaveAlwaysBeen(Row row) {
    assertThat(row.name).as(row.reason).isEqualTo(row.expected);
  }

  @Test
  void areDnsLabelsWithinTheirLimits() {
    Seeds.each(
        500,
        random -> {
          String claim = text(random.nextInt(1, 253), random);
          String cluster = Names.cluster("ns", claim);
          assertThat(cluster).matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?").hasSizeLessThanOrEqualTo(40);
          for (String part : List.of(text(random.nextInt(1, 60), random), "a.B-")) {
            assertThat(Names.machines(cluster, part, "x"))
                .matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?")
                .hasSizeLessThanOrEqualTo(50);
            assertThat(Names.part(cluster, part))
                .matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?")
                .hasSizeLessThanOrEqualTo(63);
          }
        });
  }

  private static String text(int length, Random random) {
    var text = new StringBuilder("x");
    for (int i = 1; i < length; i++) {
      text.append("abcXYZ019.-".charAt(random.nextInt(11)));
    }
    return text.toString();
  }
}
