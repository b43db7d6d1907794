package dev.isobar.function.compose;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

/** Choices left to chance, the same ones for the same seed. */
public final class Dice {
  private final Random random;

  /** Chance with a seed. */
  public Dice(Random random) {
    this.random = random;
  }

  /** True once in so many times. */
  boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  /** A number within these limits. */
  int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  /** One of these. */
  @SafeVarargs
  final <T> T oneOf(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** One of these. */
  <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** At least so many of these, each once, in any order. */
  <T> List<T> someOf(List<T> choices, int least) {
    List<T> shuffled = new ArrayList<>(choices);
    Collections.shuffle(shuffled, random);
    return List.copyOf(
        shuffled.subList(0, between(Math.min(least, choices.size()), choices.size())));
  }

  /** An id as OpenStack gives them. */
  String uuid() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  /** Sets a field half the time. */
  void perhaps(Map<String, Object> object, String field, Supplier<Object> value) {
    if (random.nextBoolean()) {
      object.put(field, value.get());
    }
  }
}
