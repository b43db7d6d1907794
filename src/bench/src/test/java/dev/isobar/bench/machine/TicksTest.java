package dev.isobar.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TicksTest {
  private static final String MACHINE_BEFORE = "cpu  100 10 40 800 20 5 5 20 0 0\ncpu0 1 1 1 1\n";
  private static final String MACHINE_AFTER = "cpu  160 10 80 880 20 5 5 40 7 0\ncpu0 1 1 1 1\n";

  @Test
  void countsWhatNeitherWeNorTheServerUsed() {
    Ticks before = Ticks.parse(MACHINE_BEFORE, process("bench", 30, 10), process("a (b) c", 5, 5));
    Ticks after = Ticks.parse(MACHINE_AFTER, process("bench", 50, 20), process("a (b) c", 45, 15));
    Ticks used = after.since(before);
    assertThat(used).isEqualTo(new Ticks(200, 120, 30, 50));
    assertThat(used.strangers()).isEqualTo(0.2, within(1e-9));
    assertThat(used.otherMillis()).isEqualTo(500, within(1e-9));
  }

  @Test
  void neverFindsLessThanNobody() {
    assertThat(new Ticks(100, 40, 30, 11).strangers()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "42 (C2 CompilerThre) S 1, true",
    "42 (C1 CompilerThre) S 1, true",
    "42 (serve-3-1) S 1, false",
    "42 (gofloor) S 1, false"
  })
  void knowsCompilersByTheirThreads(String stat, boolean compiler) {
    assertThat(Ticks.isCompiler(stat)).isEqualTo(compiler);
  }

  private static String process(String name, long user, long system) {
    return "42 ("
        + name
        + ") S 1 42 42 0 -1 4194304 1 0 0 0 "
        + user
        + " "
        + system
        + " 0 0 20 0\n";
  }
}
