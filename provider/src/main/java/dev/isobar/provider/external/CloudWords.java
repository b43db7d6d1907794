package dev.isobar.provider.external;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Words of a cloud, fit for a condition: one line, of bounded length, without secrets, and without
 * what changes from one time to the next while the trouble is the same.
 *
 * @param text what is left of them
 */
public record CloudWords(String text) {
  /** The longest text that is kept. */
  public static final int LONGEST = 400;

  private static final String HIDDEN = "(hidden)";

  /** A secret shorter than this would hide half of every text. */
  private static final int SHORTEST_SECRET = 4;

  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Cntrl}]+");

  /** Names whose values are secret, as JSON, headers, queries and prose write them. */
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)([\"']?(?:[a-z0-9_.-]*(?:passw(?:or)?d|secret|token|credential|signature|api[_-]?key"
              + "|access[_-]?key)[a-z0-9_.-]*|authorization)[\"']?\\s*[:=]\\s*)"
              + "(?:(?:basic|bearer)\\s+)?(?:\"[^\"]*\"|'[^']*'|[^\\s,;&}\\]]+)");

  /** Access keys of AWS, tokens of Keystone, keys in PEM, and passwords in addresses. */
  private static final Pattern SHAPED =
      Pattern.compile(
          "\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b|\\bgAAAA[A-Za-z0-9_=-]{20,}"
              + "|-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)"
              + "|(?<=://)[^/\\s:@]+:[^/\\s@]+(?=@)");

  /** A number of the request, different every time. */
  private static final Pattern REQUEST =
      Pattern.compile(
          "(?i)\\s*[(,;]?\\s*\\b(?:aws )?request[ _-]?id\\b\\s*[:=]?\\s*"
              + "(?:req-)?[0-9a-f]{8}-[0-9a-f-]{27}\\)?");

  /**
   * Words for a condition.
   *
   * @param secrets texts that must not show, whatever they stand in: passwords, keys, tokens
   */
  public static CloudWords of(String raw, Collection<String> secrets) {
    String text = raw;
    for (String secret : secrets) {
      if (secret.length() >= SHORTEST_SECRET) {
        text = text.replace(secret, HIDDEN);
      }
    }
    text = BLANKS.matcher(text).replaceAll(" ");
    text = SHAPED.matcher(text).replaceAll(HIDDEN);
    text = NAMED.matcher(text).replaceAll("$1" + HIDDEN);
    text = REQUEST.matcher(text).replaceAll("").strip();
    return new CloudWords(cut(text));
  }

  /** Words of our own, which hold no secret. */
  public static CloudWords ours(String text) {
    return of(text, List.of());
  }

  private static String cut(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return text.substring(0, end) + "...";
  }

  @Override
  public String toString() {
    return text;
  }
}
