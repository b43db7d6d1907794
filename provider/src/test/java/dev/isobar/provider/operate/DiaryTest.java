package dev.isobar.provider.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

final class DiaryTest {
  private static String line(Level level, String message, Object parameter) {
    var logged = new LogRecord(level, message);
    logged.setInstant(Instant.parse("2026-11-25T10:00:00Z"));
    logged.setLoggerName("dev.isobar.provider.Speaker");
    logged.setParameters(new Object[] {parameter});
    return new DiaryLine().of(logged);
  }

  @Test
  void fieldsStandBesideTheMessage() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("instance", "lab/one");
    fields.put("count", 3);
    fields.put("words", "a \"quote\"\nand a line");
    assertThat(line(Level.INFO, "Seeing all", new Diary.Told(fields)))
        .isEqualTo(
            "{\"time\":\"2026-11-25T10:00:00Z\",\"level\":\"info\","
                + "\"logger\":\"dev.isobar.provider.Speaker\",\"message\":\"Seeing all\","
                + "\"instance\":\"lab/one\",\"count\":3,"
                + "\"words\":\"a \\\"quote\\\"\\nand a line\"}\n");
  }

  @Test
  void librariesSpeakTheirOwnWay() {
    assertThat(line(Level.WARNING, "closed {0}", "early"))
        .contains("\"level\":\"warning\"")
        .contains("\"message\":\"closed early\"");
  }
}
