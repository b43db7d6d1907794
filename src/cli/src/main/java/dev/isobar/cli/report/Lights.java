package dev.isobar.cli.report;

import dev.isobar.function.contract.Condition;
import dev.isobar.function.contract.Ready;
import java.util.Optional;

/** Words and looks for what is ready, what is not, and what nobody knows. */
final class Lights {
  private static final String GOOD = "good";
  private static final String WAITING = "waiting";
  private static final String UNKNOWN = "unknown";

  private Lights() {}

  /** The class of a resource; absent for what is not composed. */
  static String look(Optional<Ready> ready) {
    return ready.map(Lights::look).orElse("outside");
  }

  /** What is said of a resource. */
  static String words(Optional<Ready> ready) {
    return ready
        .map(known ->
            switch (known) {
              case TRUE -> "ready";
              case FALSE -> "not ready";
              case UNSPECIFIED -> "unknown";
            })
        .orElse("not composed here");
  }

  /** The class of a condition. */
  static String look(Condition condition) {
    boolean upgrading = condition.type().equals("Upgrading");
    return switch (condition.status()) {
      case TRUE -> upgrading ? WAITING : GOOD;
      case FALSE -> upgrading ? GOOD : WAITING;
      case UNKNOWN -> UNKNOWN;
    };
  }

  private static String look(Ready ready) {
    return switch (ready) {
      case TRUE -> GOOD;
      case FALSE -> WAITING;
      case UNSPECIFIED -> UNKNOWN;
    };
  }
}
