package dev.isobar.provider.external;

/** What a cloud answers to a wish that can be repeated without harm. */
public sealed interface Effect {
  /** It is done, or will be without another wish. */
  record Accepted() implements Effect {}

  /** It is not, or nobody knows: wish again. */
  record Failed(Failure failure) implements Effect {}
}
