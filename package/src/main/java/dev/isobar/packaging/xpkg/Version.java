package dev.isobar.packaging.xpkg;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A release, by Semantic Versioning.
 *
 * @param tag as registries have it, with a leading v
 */
public record Version(String tag) {
  private static final String NUMBER = "(0|[1-9]\\d{0,8})";

  /** Of what is behind the hyphen: a number, or a word that may begin with digits. */
  private static final String PART = "(?:0|[1-9]\\d*|\\d*[A-Za-z-][0-9A-Za-z-]*)";

  private static final Pattern FORM =
      Pattern.compile(
          "v" + NUMBER + "\\." + NUMBER + "\\." + NUMBER + "(?:-" + PART + "(?:\\." + PART
              + ")*)?");

  /** Refuses what core would not find. */
  public Version {
    if (!FORM.matcher(tag).matches()) {
      throw new IllegalArgumentException(
          "\"" + tag + "\" is no version; write it as v1.2.3 or v1.2.3-rc.1");
    }
  }

  /** Of a number that may lack its v, as Maven has it. */
  public static Version of(String number) {
    return new Version(number.startsWith("v") ? number : "v" + number);
  }

  /**
   * The releases that may stand in for this one, as Crossplane writes ranges: later ones without a
   * change that breaks users. Before 1.0.0 every minor may break them.
   */
  public String compatible() {
    Matcher parts = FORM.matcher(tag);
    if (!parts.matches()) {
      throw new IllegalStateException(tag);
    }
    long major = Long.parseLong(parts.group(1));
    long minor = Long.parseLong(parts.group(2));
    // "-0" is the least of all: without it the next one's candidates would be in the range.
    return ">=%s, <%s-0"
        .formatted(tag, major == 0 ? "v0." + (minor + 1) + ".0" : "v" + (major + 1) + ".0.0");
  }
}
