package dev.isobar.provider.decide;

/**
 * An event.
 *
 * @param reason Crossplane's own word for it
 * @param onEveryTime whether it tells of a deed, which is always news; an event about a state is
 *     sent only when the state is new
 */
public record Notice(Kind kind, String reason, String message, boolean onEveryTime) {
  /** Kinds of events; spelled as in the API. */
  public enum Kind {
    Normal,
    Warning
  }

  static Notice deed(String reason, String message) {
    return new Notice(Kind.Normal, reason, message, true);
  }

  static Notice state(String reason, String message) {
    return new Notice(Kind.Normal, reason, message, false);
  }

  /** Of something that is wrong. */
  public static Notice warning(String reason, String message) {
    return new Notice(Kind.Warning, reason, message, false);
  }
}
