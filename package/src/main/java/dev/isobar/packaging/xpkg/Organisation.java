package dev.isobar.packaging.xpkg;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where repositories of packages are.
 *
 * @param registry a host, with a port where it needs one
 * @param path that all repositories begin with
 */
public record Organisation(String registry, String path) {
  /** So many characters of a repository count for the name that core gives. */
  private static final int LONGEST = 63;

  private static final String PART = "[a-z0-9]+(?:[._-][a-z0-9]+)*";
  private static final Pattern FORM =
      Pattern.compile(
          "([A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)*(?::\\d{1,5})?)/(" + PART + "(?:/" + PART + ")*)");

  /** Reads {@code REGISTRY/ORG}, and refuses what core does not take. */
  public static Organisation of(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no place for packages; write REGISTRY/ORG, as ghcr.io/acme");
    }
    String registry = parts.group(1);
    if (!registry.contains(".")) {
      throw new IllegalArgumentException(
          "Crossplane takes no package from \""
              + registry
              + "\", which has no dot; write 127.0.0.1 for localhost, or a whole name");
    }
    return new Organisation(registry, parts.group(2));
  }

  /** A repository, as references to packages begin. */
  public String repository(String name) {
    return registry + "/" + path(name);
  }

  /** The same without the registry. */
  public String path(String name) {
    return path + "/" + name;
  }

  /**
   * What core calls the package when another one depends on it: ToDNSLabel of crossplane-runtime,
   * which counts the characters that it leaves out.
   */
  public String object(String name) {
    String whole = path(name);
    String head = whole.substring(0, Math.min(whole.length(), LONGEST));
    String label = head.replaceFirst("[./-]$", "").replaceAll("[./]", "-");
    return label.replaceAll("[^a-z0-9-]", "").replaceAll("^-+|-+$", "");
  }

  @Override
  public String toString() {
    return registry + "/" + path;
  }
}
