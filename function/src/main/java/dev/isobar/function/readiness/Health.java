package dev.isobar.function.readiness;

/** How something is doing. */
public sealed interface Health {
  /** It works. */
  record Working() implements Health {}

  /**
   * It is on its way.
   *
   * @param message what is being waited for
   */
  record Coming(String message) implements Health {}

  /**
   * It worked or should work, and does not.
   *
   * @param message what is wrong
   */
  record Failing(String message) implements Health {}

  /**
   * Its owner has not looked at its newest generation yet, or cannot tell at the moment: what was
   * said before still stands.
   */
  record Stale() implements Health {}

  /** Whether it works. */
  default boolean working() {
    return this instanceof Working;
  }

  /** What is being waited for or wrong; empty when nothing is. */
  default String message() {
    return switch (this) {
      case Working() -> "";
      case Stale() -> "";
      case Coming(var message) -> message;
      case Failing(var message) -> message;
    };
  }
}
