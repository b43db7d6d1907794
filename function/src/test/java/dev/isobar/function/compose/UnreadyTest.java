package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.function.readiness.Health;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All that are not ready are told, within bounds. */
final class UnreadyTest {
  private static final Health BAD = new Health.Failing("broken");
  private static final Health SLOW = new Health.Coming("is made");

  /** A reason, the parts, what the whole is judged as and what is said of it. */
  record Row(String reason, Map<String, Health> all, Health worst, Health told) {
    @Override
    public String toString() {
      return reason;
    }
  }

  static Stream<Row> rows() {
    Health other = new Health.Failing("gone");
    Health waits = new Health.Coming("waits");
    Health works = new Health.Working();
    return Stream.of(
        new Row("one", Map.of("a", BAD, "b", works), BAD, new Health.Failing("pool a: broken")),
        new Row(
            "what says the same stands together",
            Map.of("a", BAD, "b", BAD, "c", BAD),
            BAD,
            new Health.Failing("pool a (also b, c): broken")),
        new Row(
            "different things are said of each",
            Map.of("a", BAD, "b", other, "c", BAD),
            BAD,
            new Health.Failing("pool a (also c): broken; pool b: gone")),
        new Row(
            "what is on its way comes behind what fails",
            Map.of("a", SLOW, "b", BAD, "c", works),
            BAD,
            new Health.Failing("pool b: broken; pool a: is made")),
        new Row(
            "nothing fails",
            Map.of("a", SLOW, "b", waits),
            SLOW,
            new Health.Coming("pool a: is made; pool b: waits")),
        new Row("all work", Map.of("a", works), works, works),
        new Row("nobody has looked", Map.of("a", SLOW), new Health.Stale(), new Health.Stale()));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void areToldEach(Row row) {
    assertThat(Unready.named("pool", row.all(), row.worst())).isEqualTo(row.told());
  }

  @Test
  void moreThanAnybodyReadsAreNamedOrCounted() {
    var all = new LinkedHashMap<String, Health>();
    for (int i = 10; i < 16; i++) {
      all.put("a" + i, BAD);
      all.put("b" + i, new Health.Failing("x".repeat(149) + i));
    }
    assertThat(Unready.named("pool", all, BAD).message())
        .isEqualTo(
            "pool a10 (also a11, a12, a13 and 2 more): broken; pool b10: "
                + "x".repeat(149)
                + "1...; pool b11: "
                + "x".repeat(149)
                + "1...; nor is b12 (also b13, b14, b15) ready");
  }
}
