package dev.isobar.testbed.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The end of a log. */
public final class LogTail {
  private static final int LINES = 15;
  private static final int WIDTH = 300;

  /** How Go, its logs in JSON and those of Kubernetes begin to say that a program dies. */
  private static final Pattern DEATH =
      Pattern.compile("^(panic: |fatal error: |F\\d{4} )|\"level\":\"(panic|fatal)\"");

  private LogTail() {}

  /**
   * The last lines of a log with its place, for the text of a failure; before them the line that
   * says why the program died, which a stack may have pushed far up.
   */
  public static String of(Path log) {
    try {
      List<String> lines =
          new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
      int first = Math.max(0, lines.size() - LINES);
      return "the end of "
          + log
          + ":\n  "
          + death(lines.subList(0, first)).map(line -> line + "\n  ...\n  ").orElse("")
          + String.join("\n  ", lines.subList(first, lines.size()));
    } catch (IOException unreadable) {
      return "its log " + log + " cannot be read: " + unreadable.getMessage();
    }
  }

  private static Optional<String> death(List<String> lines) {
    return lines.stream()
        .filter(line -> DEATH.matcher(line).find())
        .findFirst()
        .map(line -> line.length() > WIDTH ? line.substring(0, WIDTH) + "..." : line);
  }
}
