package dev.isobar.function;

import java.util.Random;

/**
 * Tries a property with many seeds, always the same ones; a failure names the seed to try alone.
 */
public final class Seeds {
  /** Something that must hold whatever the dice say. */
  @FunctionalInterface
  public interface Property {
    /** Fails when it does not hold. */
    void check(Random random);
  }

  private Seeds() {}

  /** Tries seeds 1 to {@code tries}. */
  public static void each(int tries, Property property) {
    for (long seed = 1; seed <= tries; seed++) {
      only(seed, property);
    }
  }

  /** Tries one seed, to look closer at a failure. */
  public static void only(long seed, Property property) {
    try {
      property.check(new Random(seed));
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("with seed " + seed + ": " + e.getMessage(), e);
    }
  }
}
