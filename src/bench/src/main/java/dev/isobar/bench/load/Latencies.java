package dev.isobar.bench.load;

import java.util.Arrays;

/** How long answers took. Filled by one thread, read by another once that is done. */
public final class Latencies {
  private static final double NANOS_PER_MILLI = 1e6;

  private long[] nanos = new long[1024];
  private int count;

  void add(long latency) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, count * 2);
    }
    nanos[count++] = latency;
  }

  /** How many answers came. */
  public int count() {
    return count;
  }

  /** The time in milliseconds within which this share of the answers, from 0 to 1, came. */
  public double quantile(double share) {
    if (count == 0) {
      return Double.NaN;
    }
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    int index = (int) Math.ceil(share * count) - 1;
    return sorted[Math.clamp(index, 0, count - 1)] / NANOS_PER_MILLI;
  }
}
