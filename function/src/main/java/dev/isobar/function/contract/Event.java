package dev.isobar.function.contract;

/** Something that just changed, told once as a Kubernetes event on composite and claim. */
public record Event(Severity severity, String reason, String message) {
  /** How an event is meant. */
  public enum Severity {
    NORMAL,
    WARNING
  }
}
