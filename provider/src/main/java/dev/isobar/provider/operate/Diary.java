package dev.isobar.provider.operate;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Logs a message with fields, one line of JSON each.
 *
 * <p>Messages begin with a capital, have no full stop and stand before the action, in the -ing
 * form. Keys are lowerCamel. No object and no Secret goes into a field; names do.
 */
public final class Diary {
  /** Held here because the JDK drops loggers that nobody holds, and their level with them. */
  private static final Logger OURS = Logger.getLogger("dev.isobar");

  /**
   * Where our own records go without a detour; the JDK takes all handlers away as soon as the
   * machine begins to end, when there is still something to tell.
   */
  private static volatile Handler direct = new Lines(OutputStream.nullOutputStream());

  private final Logger logger;

  private Diary(Logger logger) {
    this.logger = logger;
  }

  /** What stands beside a message. */
  record Told(Map<String, Object> fields) {}

  /** The diary of a class. */
  public static Diary of(Class<?> speaker) {
    return new Diary(Logger.getLogger(speaker.getName()));
  }

  /** Sends what is logged in this process to a stream; libraries are heard from warnings on. */
  public static void sendTo(OutputStream stream, boolean debug) {
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    direct = new Lines(stream);
    root.addHandler(direct);
    root.setLevel(Level.WARNING);
    OURS.setLevel(debug ? Level.FINE : Level.INFO);
  }

  /** Something only of interest when looking for a fault. */
  public void debug(String message, Object... keysAndValues) {
    log(Level.FINE, message, keysAndValues);
  }

  /** A stage of the program's life. */
  public void info(String message, Object... keysAndValues) {
    log(Level.INFO, message, keysAndValues);
  }

  /** Something that works on but must be looked after. */
  public void warning(String message, Object... keysAndValues) {
    log(Level.WARNING, message, keysAndValues);
  }

  /** Something that ends the program, or a part of it. */
  public void error(String message, Object... keysAndValues) {
    log(Level.SEVERE, message, keysAndValues);
  }

  /** A bug of ours, with its stack. */
  public void bug(String message, Throwable cause, Object... keysAndValues) {
    LogRecord logged = message(Level.SEVERE, message, keysAndValues);
    logged.setThrown(cause);
    direct.publish(logged);
  }

  private void log(Level level, String message, Object... keysAndValues) {
    if (logger.isLoggable(level)) {
      direct.publish(message(level, message, keysAndValues));
    }
  }

  private LogRecord message(Level level, String message, Object... keysAndValues) {
    var logged = new LogRecord(level, message);
    logged.setLoggerName(logger.getName());
    logged.setParameters(new Object[] {told(keysAndValues)});
    return logged;
  }

  private static Told told(Object... keysAndValues) {
    if (keysAndValues.length % 2 != 0) {
      throw new IllegalArgumentException(
          "a key without a value: " + keysAndValues[keysAndValues.length - 1]);
    }
    var fields = new LinkedHashMap<String, Object>();
    for (int index = 0; index < keysAndValues.length; index += 2) {
      fields.put(keysAndValues[index].toString(), keysAndValues[index + 1]);
    }
    return new Told(fields);
  }

  /** Writes each record at once, so that nothing is lost when the process ends. */
  private static final class Lines extends Handler {
    private final OutputStream stream;
    private final DiaryLine line = new DiaryLine();

    Lines(OutputStream stream) {
      this.stream = stream;
    }

    @Override
    public synchronized void publish(LogRecord logged) {
      try {
        stream.write(line.of(logged).getBytes(StandardCharsets.UTF_8));
        stream.flush();
      } catch (java.io.IOException _) {
        // Whoever took the stream away does not want to hear of it.
      }
    }

    @Override
    public void flush() {}

    /** Leaves the stream open: the JDK closes handlers while there is still something to tell. */
    @Override
    public void close() {}
  }
}
