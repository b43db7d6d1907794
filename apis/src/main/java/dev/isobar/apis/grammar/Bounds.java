package dev.isobar.apis.grammar;

import dev.isobar.apis.schema.Items;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Max;
import dev.isobar.apis.schema.Min;
import java.lang.reflect.AnnotatedElement;

/**
 * Limits of a number, of a string's length or of how many elements there are.
 *
 * @param min inclusive; {@link Long#MIN_VALUE} when there is none
 * @param max inclusive; {@link Long#MAX_VALUE} when there is none
 */
public record Bounds(long min, long max) {
  /** No limits. */
  public static final Bounds NONE = new Bounds(Long.MIN_VALUE, Long.MAX_VALUE);

  /** Whether there is a lower limit. */
  public boolean hasMin() {
    return min != Long.MIN_VALUE;
  }

  /** Whether there is an upper limit. */
  public boolean hasMax() {
    return max != Long.MAX_VALUE;
  }

  /** Whether the value is within the limits. */
  public boolean allow(long value) {
    return min <= value && value <= max;
  }

  /** The allowed value nearest to this one. */
  public long nearest(long value) {
    return Math.clamp(value, min, max);
  }

  /** The same limits, with an upper one where there is none. */
  public Bounds orAtMost(long limit) {
    return hasMax() ? this : new Bounds(min, limit);
  }

  static Bounds ofItems(AnnotatedElement on) {
    Items items = on.getAnnotation(Items.class);
    return items == null ? NONE : of(items.min(), items.max());
  }

  static Bounds ofLength(AnnotatedElement on) {
    Length length = on.getAnnotation(Length.class);
    return length == null ? NONE : of(length.min(), length.max());
  }

  static Bounds ofNumber(AnnotatedElement on, long least, long greatest) {
    Min min = on.getAnnotation(Min.class);
    Max max = on.getAnnotation(Max.class);
    return new Bounds(min == null ? least : min.value(), max == null ? greatest : max.value());
  }

  /** A size is never negative, so a lower limit of zero is none. */
  private static Bounds of(int min, int max) {
    return new Bounds(min == 0 ? Long.MIN_VALUE : min, max);
  }
}
