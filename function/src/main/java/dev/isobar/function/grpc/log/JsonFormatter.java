package dev.isobar.function.grpc.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * Formats a record as one line of JSON: time, level, logger and message, then its fields, then a
 * stack if there is one.
 */
final class JsonFormatter extends Formatter {
  private static final char FIRST_PRINTABLE = ' ';

  @Override
  public String format(LogRecord logged) {
    var line = new StringBuilder("{");
    field(line, "time", logged.getInstant().toString());
    field(line, "level", level(logged.getLevel()));
    field(line, "logger", logged.getLoggerName() == null ? "" : logged.getLoggerName());
    Object[] parameters = logged.getParameters();
    if (parameters != null
        && parameters.length == 1
        && parameters[0] instanceof Log.Told(var fields)) {
      field(line, "message", logged.getMessage());
      fields.forEach((key, value) -> field(line, key, value));
    } else {
      field(line, "message", formatMessage(logged));
    }
    Throwable thrown = logged.getThrown();
    if (thrown != null && logged.getLevel().intValue() >= Level.SEVERE.intValue()) {
      field(line, "stack", stack(thrown));
    } else if (thrown != null) {
      // gRPC warns with a stack of each request that is too long, which is nobody's bug.
      field(line, "problem", thrown);
    }
    return line.append("}\n").toString();
  }

  private static String level(Level level) {
    if (level.intValue() >= Level.SEVERE.intValue()) {
      return "error";
    }
    if (level.intValue() >= Level.WARNING.intValue()) {
      return "warning";
    }
    return level.intValue() >= Level.INFO.intValue() ? "info" : "debug";
  }

  private static String stack(Throwable thrown) {
    var text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private static void field(StringBuilder line, String key, Object value) {
    if (line.length() > 1) {
      line.append(',');
    }
    quote(line, key);
    line.append(':');
    if (value instanceof Number || value instanceof Boolean) {
      line.append(value);
    } else {
      quote(line, value.toString());
    }
  }

  private static void quote(StringBuilder line, String text) {
    line.append('"');
    for (int index = 0; index < text.length(); index++) {
      char letter = text.charAt(index);
      switch (letter) {
        case '"' -> line.append("\\\"");
        case '\\' -> line.append("\\\\");
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        default -> {
          if (letter < FIRST_PRINTABLE || letter == '\u2028' || letter == '\u2029') {
            line.append("\\u%04x".formatted((int) letter));
          } else {
            line.append(letter);
          }
        }
      }
    }
    line.append('"');
  }
}
