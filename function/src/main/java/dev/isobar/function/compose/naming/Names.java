package dev.isobar.function.compose.naming;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Permanent names: what they are made of and how they are cut must never change, because existing
 * machines bear them.
 *
 * <p>Limits: a Cluster's and a MachineDeployment's name is a label value (63 characters), Cluster
 * API appends up to 12 characters to a MachineDeployment's name for its machines, and host names
 * hold 63.
 */
public final class Names {
  /** Longest name of a Cluster, so that what is named after it stays readable. */
  static final int CLUSTER_LIMIT = 40;

  /** Longest name of anything that machines are named after. */
  static final int MACHINES_LIMIT = 50;

  /** Longest name of anything that ends up as a label value. */
  static final int LABEL_LIMIT = 63;

  private static final int HASH = 5;

  private Names() {}

  /**
   * The Cluster of a claim: its name and five digits that tell same-named claims of two namespaces
   * apart.
   */
  public static String cluster(String namespace, String claim) {
    String stem = cut(plain(claim), CLUSTER_LIMIT - HASH - 1);
    return stem + "-" + digest(namespace + "/" + claim, HASH);
  }

  /** A control plane, pool or pool in a zone: whatever machines are named after. */
  public static String machines(String cluster, String... parts) {
    return limited(cluster, MACHINES_LIMIT, parts);
  }

  /** Anything else of a cluster. */
  public static String part(String cluster, String... parts) {
    return limited(cluster, LABEL_LIMIT, parts);
  }

  /**
   * A text as a DNS label, so that it can be part of a composition resource name; empty stays
   * empty.
   */
  public static String label(String text) {
    String label = plain(text);
    return label.equals(text) ? text : cut(label, LABEL_LIMIT) + "-" + digest(text, HASH);
  }

  /** The first hex digits of the SHA-256 of a text. */
  public static String digest(String text, int digits) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, digits);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String limited(String cluster, int limit, String... parts) {
    String asked = cluster + "-" + String.join("-", parts);
    String name = plain(asked);
    boolean exact = name.equals(asked) && name.length() <= limit && !name.endsWith("-");
    return exact ? name : cut(name, limit - HASH - 1) + "-" + digest(asked, HASH);
  }

  /** As a DNS label: lower case, and a dash for every other character. */
  private static String plain(String text) {
    if (isPlain(text)) {
      return text;
    }
    String lower = text.toLowerCase(Locale.ROOT);
    var label = new StringBuilder(lower.length());
    for (int i = 0; i < lower.length(); i += Character.charCount(lower.codePointAt(i))) {
      char sign = lower.charAt(i);
      label.append(isPlain(sign) ? sign : '-');
    }
    return label.toString();
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isPlain(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlain(char sign) {
    return (sign >= 'a' && sign <= 'z') || (sign >= '0' && sign <= '9') || sign == '-';
  }

  private static String cut(String text, int limit) {
    int from = 0;
    int to = Math.min(text.length(), limit);
    while (from < to && text.charAt(from) == '-') {
      from++;
    }
    while (to > from && text.charAt(to - 1) == '-') {
      to--;
    }
    return text.substring(from, to);
  }
}
