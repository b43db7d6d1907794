package dev.isobar.cli.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TerminalTest {
  record Row(
      String reason,
      @Nullable String measured,
      Map<String, String> environment,
      Optional<Terminal> terminal) {
    @Override
    public String toString() {
      return reason;
    }
  }

  static Stream<Row> rows() {
    return Stream.of(
        new Row("a pipe", null, Map.of("COLUMNS", "120", "TERM", "xterm"), Optional.empty()),
        row("as measured", "132", Map.of("TERM", "xterm"), 132, true),
        row(
            "COLUMNS is the user's word",
            "132",
            Map.of("TERM", "xterm", "COLUMNS", "90"),
            90,
            true),
        row("no sizes known", "0", Map.of("TERM", "xterm"), 80, true),
        row("COLUMNS that is no number", "", Map.of("TERM", "xterm", "COLUMNS", "x"), 80, true),
        row("no-color.org", "100", Map.of("TERM", "xterm", "NO_COLOR", "1"), 100, false),
        row("empty means unset there", "100", Map.of("TERM", "xterm", "NO_COLOR", ""), 100, true),
        row("dumb ones have none", "100", Map.of("TERM", "dumb"), 100, false),
        row("nobody says what it is", "100", Map.of(), 100, false));
  }

  private static Row row(
      String reason,
      String measured,
      Map<String, String> environment,
      int columns,
      boolean colours) {
    return new Row(reason, measured, environment, Optional.of(new Terminal(columns, colours)));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isWhatLauncherAndUserSay(Row row) {
    assertThat(Terminal.of(row.measured, row.environment)).isEqualTo(row.terminal);
  }
}
