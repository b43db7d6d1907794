package dev.isobar.testbed.fault;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** What goes wrong with a request. */
public sealed interface Fault {
  /** Whether the service has carried the request out when the client learns that it failed. */
  enum When {
    BEFORE,
    AFTER
  }

  /** An answer of the proxy's own, such as a load balancer's 503. */
  record Status(When when, int status, Map<String, String> headers, String body) implements Fault {
    /** Without having asked the service, in Nova's form. */
    public static Status of(int status) {
      return new Status(
          When.BEFORE, status, Map.of(), "{\"fault\": {\"message\": \"made by the test\"}}");
    }

    /** With a header. */
    public Status with(String name, String value) {
      return new Status(when, status, Map.of(name, value), body);
    }

    /** After the service was asked. */
    public Status afterwards() {
      return new Status(When.AFTER, status, headers, body);
    }
  }

  /** The connection ends without a byte. */
  record Drop(When when) implements Fault {}

  /** The connection is reset. */
  record Reset(When when) implements Fault {}

  /** The answer ends early, though it promised more. */
  record Truncate(double share) implements Fault {}

  /** The answer comes in small pieces. */
  record Slow(int bytes, Duration every) implements Fault {}

  /** The request is passed on only when the gate opens, whether its sender still waits or not. */
  record Hold(CountDownLatch gate) implements Fault {}

  /**
   * Something else happens meanwhile, before the service is asked or between its answer and the
   * client's; a client that lives on is answered.
   */
  record Meanwhile(When when, Runnable happening) implements Fault {}
}
