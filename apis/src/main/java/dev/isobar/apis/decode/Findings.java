package dev.isobar.apis.decode;

import java.util.ArrayList;
import java.util.List;

/** The mistakes found so far in one object. */
final class Findings {
  private final List<Mistake> mistakes = new ArrayList<>();
  private final boolean lenient;

  Findings(boolean lenient) {
    this.lenient = lenient;
  }

  /** Whether what a newer program wrote shall be put up with. */
  boolean lenient() {
    return lenient;
  }

  void add(Place place, String problem, String remedy) {
    if (!full()) {
      mistakes.add(new Mistake(place.path(), problem, remedy));
    }
  }

  boolean none() {
    return mistakes.isEmpty();
  }

  /** Whether there is no point in looking for more. */
  boolean full() {
    return mistakes.size() >= Decoder.MOST_MISTAKES;
  }

  List<Mistake> mistakes() {
    return List.copyOf(mistakes);
  }
}
