package dev.isobar.function.grpc.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class LogTest {
  record Row(String reason, LogRecord logged, String line) {
    @Override
    public String toString() {
      return reason;
    }
  }

  static List<Row> records() {
    return List.of(
        new Row(
            "fields stand behind the message, numbers and truths bare",
            logged(
                Level.INFO,
                "Listening",
                Log.told("port", 9443, "security", "mutualTls", "cold", true)),
            "\"level\":\"info\",\"logger\":\"a.b\",\"message\":\"Listening\",\"port\":9443,\"security\":\"mutualTls\",\"cold\":true}\n"),
        new Row(
            "one line whatever the text",
            logged(Level.WARNING, "a\"b\\c\nd\te\u0001\u2028", Log.told()),
            "\"level\":\"warning\",\"logger\":\"a.b\",\"message\":\"a\\\"b\\\\c\\nd\\te\\u0001\\u2028\"}\n"),
        new Row(
            "libraries' parameters are put into their message",
            logged(Level.SEVERE, "Failed to bind {0}", ":9443"),
            "\"level\":\"error\",\"logger\":\"a.b\",\"message\":\"Failed to bind :9443\"}\n"),
        new Row(
            "all below info is debug",
            logged(Level.FINEST, "Seen"),
            "\"level\":\"debug\",\"logger\":\"a.b\",\"message\":\"Seen\"}\n"));
  }

  @ParameterizedTest
  @MethodSource("records")
  void writesOneLineOfJson(Row row) {
    assertThat(new JsonFormatter().format(row.logged))
        .as(row.reason)
        .isEqualTo("{\"time\":\"2026-01-02T03:04:05Z\"," + row.line);
  }

  @Test
  void writesAStackIntoTheSameLine() {
    LogRecord logged = logged(Level.SEVERE, "Bug", Log.told());
    logged.setThrown(new IllegalStateException("why"));
    assertThat(new JsonFormatter().format(logged))
        .contains("\"stack\":\"java.lang.IllegalStateException: why\\n\\tat ")
        .endsWith("\"}\n")
        .hasLineCount(1);
  }

  @Test
  void warningsSayInAWordWhatWasThrown() {
    LogRecord logged = logged(Level.WARNING, "Exception processing message");
    logged.setThrown(new IllegalStateException("too long: 10007809"));
    assertThat(new JsonFormatter().format(logged))
        .endsWith(
            "\"message\":\"Exception processing message\",\"problem\":"
                + "\"java.lang.IllegalStateException: too long: 10007809\"}\n");
  }

  @Test
  void everyKeyHasAValue() {
    assertThatThrownBy(() -> Log.told("key")).hasMessageContaining("a key without a value: key");
  }

  private static LogRecord logged(Level level, String message, Object... parameters) {
    var logged = new LogRecord(level, message);
    logged.setInstant(Instant.parse("2026-01-02T03:04:05Z"));
    logged.setLoggerName("a.b");
    logged.setParameters(parameters);
    return logged;
  }
}
