package dev.isobar.apis.schema;

/** What Kubernetes lets names be, as patterns for {@link Matches}. */
public final class Spelling {
  private static final String PART = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";

  /** The name of an object of almost any kind: a DNS subdomain (RFC 1123). */
  public static final String NAME = PART + "(\\." + PART + ")*";

  /** A key of a Secret or ConfigMap, which becomes a file's name. */
  public static final String KEY = "[.]?[-_a-zA-Z0-9][-._a-zA-Z0-9]*";

  /** A key in words. */
  public static final String KEY_SAYS =
      "a key of a Secret: letters, digits, dashes, underscores and dots, of which only one may be"
          + " in front";

  private Spelling() {}
}
