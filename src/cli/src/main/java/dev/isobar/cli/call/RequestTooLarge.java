package dev.isobar.cli.call;

/** What was handed in is more than a function takes at once; the message says what of it. */
public final class RequestTooLarge extends RuntimeException {
  private static final long serialVersionUID = 1;

  RequestTooLarge(String message, Throwable cause) {
    super(message, cause);
  }
}
