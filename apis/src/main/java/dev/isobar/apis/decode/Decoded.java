package dev.isobar.apis.decode;

import java.util.List;

/** What came of decoding an object. */
public sealed interface Decoded<T> {
  /**
   * The object is as its API says.
   *
   * @param value with all defaults filled in
   */
  record Valid<T>(T value) implements Decoded<T> {}

  /**
   * The object is not as its API says.
   *
   * @param mistakes at least one, in the order of their paths; no more than {@link
   *     Decoder#MOST_MISTAKES}
   */
  record Invalid<T>(List<Mistake> mistakes) implements Decoded<T> {}
}
