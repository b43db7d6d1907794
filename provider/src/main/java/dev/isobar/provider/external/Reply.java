package dev.isobar.provider.external;

/** What a cloud answers to a question. */
public sealed interface Reply<T> {
  /** The answer. */
  record Answered<T>(T value) implements Reply<T> {}

  /** There is no answer. */
  record Failed<T>(Failure failure) implements Reply<T> {}

  /** An answer. */
  static <T> Reply<T> of(T value) {
    return new Answered<>(value);
  }

  /** No answer. */
  static <T> Reply<T> failed(Failure failure) {
    return new Failed<>(failure);
  }
}
