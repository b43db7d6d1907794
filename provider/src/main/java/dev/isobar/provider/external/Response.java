package dev.isobar.provider.external;

/** What a cloud answers to a question. */
public sealed interface Response<T> {
  /** The answer. */
  record Answered<T>(T value) implements Response<T> {}

  /** There is no answer. */
  record Failed<T>(Failure failure) implements Response<T> {}

  /** An answer. */
  static <T> Response<T> of(T value) {
    return new Answered<>(value);
  }

  /** No answer. */
  static <T> Response<T> failed(Failure failure) {
    return new Failed<>(failure);
  }
}
