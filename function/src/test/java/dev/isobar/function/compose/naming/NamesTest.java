package dev.isobar.function.compose.naming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.function.Seeds;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Machines bear these names, so none of them may ever change. */
final class NamesTest {
  private static final String LONG = "a".repeat(100) + "b".repeat(100);

  record Row(String reason, String name, String expected) {}

  static Stream<Row> rows() {
    return Stream.of(
        new Row("a claim's name and five digits", Names.cluster("eo4eu", "eo-lab"), "eo-lab-TODO"));
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

  private static String text(int length, java.util.Random random) {
    var text = new StringBuilder("x");
    for (int i = 1; i < length; i++) {
      text.append("abcXYZ019.-".charAt(random.nextInt(11)));
    }
    return text.toString();
  }
}
