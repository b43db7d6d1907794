package dev.isobar.testbed.kubernetes;

/** The API server refuses a request. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int code;

  Refusal(String what, int code, String message, Throwable cause) {
    super(what + ": " + message, cause);
    this.code = code;
  }

  /** The status of HTTP. */
  public int code() {
    return code;
  }
}
