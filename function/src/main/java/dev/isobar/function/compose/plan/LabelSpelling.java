package dev.isobar.function.compose.plan;

import java.util.regex.Pattern;

/** How Kubernetes lets labels be spelled, and the keys of annotations and taints. */
public final class LabelSpelling {
  /** What to tell somebody whose key is not valid. */
  public static final String KEY =
      "write NAME or DOMAIN/NAME, the name of letters, digits, dashes, dots and underscores, at"
          + " most 63";

  /** What to tell somebody whose value is not valid. */
  public static final String VALUE =
      "write letters, digits, dashes, dots and underscores, at most 63, with a letter or digit at"
          + " both ends";

  private static final Pattern DOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  private static final int LONGEST_DOMAIN = 253;

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");

  private LabelSpelling() {}

  /** Whether there can be such a key. */
  public static boolean isKey(String key) {
    int slash = key.indexOf('/');
    String domain = key.substring(0, Math.max(0, slash));
    boolean placed = slash < 0 || (slash <= LONGEST_DOMAIN && DOMAIN.matcher(domain).matches());
    return placed && NAME.matcher(key.substring(slash + 1)).matches();
  }

  /** Whether a label can have such a value. */
  public static boolean isValue(String value) {
    return value.isEmpty() || NAME.matcher(value).matches();
  }
}
