package dev.isobar.provider.decide;

/**
 * What a condition says.
 *
 * @param message what is wrong, with which object, and who must do what; the same trouble always
 *     has the same text; empty when there is nothing to say
 */
public record Verdict(boolean holds, Reason reason, String message) {
  static Verdict yes(Reason reason) {
    return new Verdict(true, reason, "");
  }

  static Verdict no(Reason reason, String message) {
    return new Verdict(false, reason, message);
  }
}
