package dev.isobar.function.grpc.log;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/**
 * Logs a message with fields.
 *
 * <p>Messages begin with a capital, have no full stop and stand before the action, in the -ing
 * form. Keys are lowerCamel. No object, no Secret and no part of a request goes into a field; names
 * do.
 */
public final class Log {
  /** Held here because the JDK drops loggers that nobody holds, and their level with them. */
  private static final Logger OURS = Logger.getLogger("dev.isobar");

  /** Tells why a connection was refused, for example a client's certificate. */
  private static final Logger CONNECTIONS =
      Logger.getLogger("io.grpc.netty.NettyServerTransport.connections");

  /**
   * Where our own records go without a detour. The JDK takes all handlers away when the machine
   * begins to end, which is when the drain begins too.
   */
  private static volatile Optional<Handler> direct = Optional.empty();

  private final Logger logger;

  private Log(Logger logger) {
    this.logger = logger;
  }

  /**
   * What stands beside a message; a record of its own so that the formatter knows it from others'
   * parameters.
   */
  record Told(Map<String, Object> fields) {}

  /** The log of a class. */
  public static Log of(Class<?> speaker) {
    return new Log(Logger.getLogger(speaker.getName()));
  }

  /**
   * Sends everything that is logged in this process to a stream; libraries are heard from warnings
   * on.
   */
  public static void sendTo(OutputStream stream, boolean debug) {
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    var lines = new LineHandler(stream);
    direct = Optional.of(lines);
    root.addHandler(lines);
    root.setLevel(Level.WARNING);
    OURS.setLevel(debug ? Level.FINE : Level.INFO);
    CONNECTIONS.setLevel(debug ? Level.FINE : Level.WARNING);
  }

  /** Whether debug messages are heard; ask before gathering what is costly. */
  public boolean debugs() {
    return logger.isLoggable(Level.FINE);
  }

  /** Something only of interest when looking for a fault. */
  public void debug(String message, Object... keysAndValues) {
    log(Level.FINE, message, () -> told(keysAndValues));
  }

  /** A stage of the program's life. */
  public void info(String message, Object... keysAndValues) {
    log(Level.INFO, message, () -> told(keysAndValues));
  }

  /** Something that works on but must be looked after. */
  public void warning(String message, Object... keysAndValues) {
    log(Level.WARNING, message, () -> told(keysAndValues));
  }

  /** Something that ends the program, or a part of it. */
  public void error(String message, Object... keysAndValues) {
    log(Level.SEVERE, message, () -> told(keysAndValues));
  }

  /** A bug of ours, with its stack. */
  public void bug(String message, Throwable cause, Object... keysAndValues) {
    LogRecord logged = message(Level.SEVERE, message, told(keysAndValues));
    logged.setThrown(cause);
    publish(logged);
  }

  private void log(Level level, String message, Supplier<Told> told) {
    if (logger.isLoggable(level)) {
      publish(message(level, message, told.get()));
    }
  }

  private void publish(LogRecord logged) {
    direct.ifPresentOrElse(handler -> handler.publish(logged), () -> logger.log(logged));
  }

  private LogRecord message(Level level, String message, Told told) {
    var logged = new LogRecord(level, message);
    logged.setLoggerName(logger.getName());
    logged.setParameters(new Object[] {told});
    return logged;
  }

  static Told told(Object... keysAndValues) {
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
  private static final class LineHandler extends StreamHandler {
    LineHandler(OutputStream stream) {
      super(stream, new JsonFormatter());
      setLevel(Level.ALL);
      try {
        setEncoding(StandardCharsets.UTF_8.name());
      } catch (java.io.UnsupportedEncodingException impossible) {
        throw new IllegalStateException("every JDK has UTF-8", impossible);
      }
    }

    @Override
    public synchronized void publish(LogRecord logged) {
      super.publish(logged);
      flush();
    }

    /** Leaves the stream open: the JDK closes handlers while there is still something to tell. */
    @Override
    public synchronized void close() {
      flush();
    }
  }
}
