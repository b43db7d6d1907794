package dev.isobar.cli.render;

/**
 * The function wants something that core would refuse to apply; the function is to blame, not its
 * user.
 */
final class Unappliable extends RuntimeException {
  private static final long serialVersionUID = 1;

  Unappliable(String message) {
    super(message);
  }
}
