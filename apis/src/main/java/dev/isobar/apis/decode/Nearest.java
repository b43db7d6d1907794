package dev.isobar.apis.decode;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was probably meant. */
public final class Nearest {
  private static final int LONGEST = 100;

  private Nearest() {}

  /**
   * The candidate that takes the fewest slips of the keyboard to become what was written: letters
   * missing, added, replaced, or swapped with their neighbour. Case is no slip. Of equally near
   * ones the first.
   *
   * @return empty when nothing is near enough to have been meant: more than one slip in three
   *     letters
   */
  public static Optional<String> to(String written, Collection<String> candidates) {
    if (written.isEmpty() || written.length() > LONGEST) {
      return Optional.empty();
    }
    String lower = written.toLowerCase(Locale.ROOT);
    String nearest = null;
    int least = Integer.MAX_VALUE;
    for (String candidate : candidates) {
      int limit = Math.min(least - 1, Math.max(written.length(), candidate.length()) / 3);
      if (Math.abs(candidate.length() - written.length()) > limit || candidate.length() > LONGEST) {
        continue;
      }
      int slips = slips(lower, candidate.toLowerCase(Locale.ROOT));
      if (slips <= limit) {
        nearest = candidate;
        least = slips;
      }
    }
    return Optional.ofNullable(nearest);
  }

  /**
   * What to tell somebody who wrote a name that does not exist: {@code did you mean x?}, or else
   * all names.
   *
   * @param all how to begin the list of all names: "the fields here are"
   */
  public static String remedy(String written, Collection<String> candidates, String all) {
    return to(written, candidates)
        .map(name -> "did you mean " + Words.cut(name) + "?")
        .orElseGet(
            () -> all + " " + (candidates.isEmpty() ? "none" : Words.list(candidates, "and")));
  }

  /** The optimal string alignment distance. */
  private static int slips(String left, String right) {
    int[] before = new int[right.length() + 1];
    int[] last = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int[] row = new int[right.length() + 1];
      row[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int differs = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + differs);
        boolean swapped =
            i > 1
                && j > 1
                && left.charAt(i - 1) == right.charAt(j - 2)
                && left.charAt(i - 2) == right.charAt(j - 1);
        if (swapped) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      before = last;
      last = row;
    }
    return last[right.length()];
  }
}
