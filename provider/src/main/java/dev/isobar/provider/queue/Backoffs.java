package dev.isobar.provider.queue;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How long each item waits that is due again and again: 1 s, 2 s, 4 s ... Not for several threads.
 */
final class Backoffs<K> {
  static final Duration FIRST = Duration.ofSeconds(1);
  private static final int ENOUGH = 6; // doublings, which is more than any of them takes

  private final Duration longest;
  private final Map<K, Integer> waits = new HashMap<>();

  /** Nobody has waited yet, and nobody will for longer than this. */
  Backoffs(Duration longest) {
    this.longest = longest;
  }

  /** The wait after one more time. */
  Duration next(K item) {
    int before = waits.merge(item, 1, Integer::sum) - 1;
    Duration wait = FIRST.multipliedBy(1L << Math.min(before, ENOUGH));
    return wait.compareTo(longest) > 0 ? longest : wait;
  }

  /** The item begins anew. */
  void forget(K item) {
    waits.remove(item);
  }
}
