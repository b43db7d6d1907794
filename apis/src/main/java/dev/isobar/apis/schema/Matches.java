package dev.isobar.apis.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The shape of a string, of each element of a list of strings, or of each key of a map. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.TYPE})
public @interface Matches {
  /** The name of an object of almost any kind of Kubernetes: a DNS subdomain (RFC 1123). */
  String OBJECT_NAME = "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";

  /** A key of a Secret or ConfigMap, which becomes a file's name. */
  String SECRET_KEY = "[.]?[-_a-zA-Z0-9][-._a-zA-Z0-9]*";

  /** Such a key in words. */
  String SECRET_KEY_SAYS =
      "a key of a Secret: letters, digits, dashes, underscores and dots, of which only one may be"
          + " in front";

  /** A regular expression that the whole string must match; no anchors. */
  String value();

  /** The expression in words, as it completes the sentence "must be ...". */
  String says();
}
