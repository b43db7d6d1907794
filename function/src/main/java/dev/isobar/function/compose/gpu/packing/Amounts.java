package dev.isobar.function.compose.gpu.packing;

import java.util.Arrays;

/** Numbers of parts, one for each part of a menu in its order. */
final class Amounts {
  private final int[] numbers;
  private final int hash;

  Amounts(int... numbers) {
    this.numbers = numbers.clone();
    this.hash = Arrays.hashCode(numbers);
  }

  int size() {
    return numbers.length;
  }

  int of(int part) {
    return numbers[part];
  }

  boolean none() {
    for (int number : numbers) {
      if (number > 0) {
        return false;
      }
    }
    return true;
  }

  int most() {
    return Arrays.stream(numbers).max().orElse(0);
  }

  /** What is left when so many times others are there. */
  Amounts less(Amounts others, int times) {
    int[] left = new int[numbers.length];
    for (int i = 0; i < left.length; i++) {
      left[i] = (int) Math.max(0, numbers[i] - (long) others.numbers[i] * times);
    }
    return new Amounts(left);
  }

  /** The sum of both, of nothing more than a limit. */
  Amounts plusUpTo(Amounts others, Amounts limit) {
    int[] sum = new int[numbers.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = Math.min(limit.numbers[i], numbers[i] + others.numbers[i]);
    }
    return new Amounts(sum);
  }

  /** The share of one of so many, rounded up. */
  Amounts each(int many) {
    int[] share = new int[numbers.length];
    for (int i = 0; i < share.length; i++) {
      share[i] = Math.ceilDiv(numbers[i], many);
    }
    return new Amounts(share);
  }

  /** Whether there is as much of everything as others have. */
  boolean covers(Amounts others) {
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i] < others.numbers[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Amounts amounts
        && hash == amounts.hash
        && Arrays.equals(numbers, amounts.numbers);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return Arrays.toString(numbers);
  }
}
