package dev.isobar.function.wire;

import java.util.Optional;

/**
 * The answer to one request, as the bytes of a RunFunctionResponse, and what there is to tell about
 * it.
 */
public final class Reply {
  private final byte[] bytes;
  private final CallSummary summary;
  private final Optional<Fault> fault;

  Reply(byte[] bytes, CallSummary summary, Optional<Fault> fault) {
    this.bytes = bytes;
    this.summary = summary;
    this.fault = fault;
  }

  /** The bytes themselves, not a copy. */
  public byte[] bytes() {
    return bytes;
  }

  /** What the call was about. */
  public CallSummary summary() {
    return summary;
  }

  /** Our bug, if it was met. */
  public Optional<Fault> fault() {
    return fault;
  }
}
