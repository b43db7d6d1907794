package dev.isobar.provider.queue;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How long each item waits after failing again: 1 s, 2 s, 4 s ... 60 s. Not for several threads.
 */
final class Backoffs<K> {
  static final Duration FIRST = Duration.ofSeconds(1);
  static final Duration LONGEST = Duration.ofSeconds(60);
  private static final int ENOUGH = 6; // doublings after which it is the longest

  private final Map<K, Integer> failures = new HashMap<>();

  /** The wait after one more failure. */
  Duration next(K item) {
    int before = failures.merge(item, 1, Integer::sum) - 1;
    Duration wait = FIRST.multipliedBy(1L << Math.min(before, ENOUGH));
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }

  /** The item is well. */
  void forget(K item) {
    failures.remove(item);
  }
}
