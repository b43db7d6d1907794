package dev.isobar.testbed.process;

/** Something cannot be built or started; the message says what, and what to do. */
public final class CannotRun extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** For a reader who has only this sentence. */
  public CannotRun(String message) {
    super(message);
  }

  /** With what led to it. */
  public CannotRun(String message, Throwable cause) {
    super(message + ": " + cause.getMessage(), cause);
  }
}
