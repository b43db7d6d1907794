package dev.isobar.packaging;

/**
 * Packages cannot be made here, or not like this; the message says what is missing and who must do
 * what.
 */
public final class CannotPackage extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** For a problem that needs no cause. */
  public CannotPackage(String message) {
    super(message);
  }

  /** For a problem that has one; its message is added. */
  public CannotPackage(String message, Exception cause) {
    super(message + ": " + cause.getMessage(), cause);
  }
}
