package dev.isobar.testbed.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The end of a log. */
public final class LogTail {
  private static final int LINES = 15;

  private LogTail() {}

  /** The last lines of a log with its place, for the text of a failure. */
  public static String of(Path log) {
    try {
      List<String> lines =
          new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
      List<String> last = lines.subList(Math.max(0, lines.size() - LINES), lines.size());
      return "the end of " + log + ":\n  " + String.join("\n  ", last);
    } catch (IOException unreadable) {
      return "its log " + log + " cannot be read: " + unreadable.getMessage();
    }
  }
}
