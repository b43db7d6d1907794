package dev.isobar.provider.openstack;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Answers that stay true for a while, so that many Instances ask once. */
final class Remembered<T> {
  /** More than any project has; what users name is not bounded, so this is. */
  private static final int MOST = 10_000;

  /** What was learned just now is not asked again, however many Instances doubt it. */
  private static final Duration CERTAIN = Duration.ofSeconds(20);

  private record Kept<T>(T value, Instant since) {}

  private final Map<String, Kept<T>> kept = new ConcurrentHashMap<>();
  private final InstantSource clock;
  private final Duration life;

  Remembered(InstantSource clock, Duration life) {
    this.clock = clock;
    this.life = life;
  }

  /** What is remembered under a key, or asked for now. Two threads may both ask. */
  T get(String key, Supplier<T> ask) {
    Kept<T> known = kept.get(key);
    if (known != null && known.since().plus(life).isAfter(clock.instant())) {
      return known.value();
    }
    T value = ask.get();
    if (kept.size() >= MOST) {
      kept.clear();
    }
    kept.put(key, new Kept<>(value, clock.instant()));
    return value;
  }

  /** Somebody doubts it: everything is asked for again that was not learned just now. */
  void doubt() {
    Instant now = clock.instant();
    kept.values().removeIf(one -> !one.since().plus(CERTAIN).isAfter(now));
  }
}
