package dev.isobar.function.contract;

/**
 * One aspect of how the composite is doing, shown on composite and claim alike.
 *
 * @param type an UpperCamel word of the catalogue, never one of core's own (Ready, Synced, Healthy,
 *     UpToDate, Responsive)
 * @param reason an UpperCamel word of the type's closed list
 * @param message one stable sentence: what is wrong, with which object, and who must do what
 */
public record Condition(String type, Status status, String reason, String message) {
  /** A condition's status. */
  public enum Status {
    TRUE,
    FALSE,
    UNKNOWN
  }
}
