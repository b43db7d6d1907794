package dev.isobar.cli.call;

/** The function cannot be started or does not answer; the message says what to do. */
public final class FunctionUnreachable extends RuntimeException {
  private static final long serialVersionUID = 1;

  FunctionUnreachable(String message, Throwable cause) {
    super(message, cause);
  }
}
