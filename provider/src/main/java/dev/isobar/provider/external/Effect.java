package dev.isobar.provider.external;

/** What a cloud answers to a wish that can be repeated without harm. */
public sealed interface Effect {
  /** It is done, or will be without another wish. */
  record Accepted() implements Effect {}

  /**
   * It is not, or nobody knows: wish again.
   *
   * @param late whether something of it (a public address) may still be made, seen by nobody; it
   *     bears the Instance's mark
   */
  record Failed(Failure failure, boolean late) implements Effect {
    /** Nothing comes of it later that was not there before. */
    public Failed(Failure failure) {
      this(failure, false);
    }
  }
}
