package dev.isobar.apis.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A record that users write as one string; it has a single component, and whoever makes one has
 * checked the text.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Text {
  /** A regular expression that the whole string must match; no anchors. */
  String pattern();

  /** The expression in words, as it completes the sentence "must be ...". */
  String says();

  /** The longest string allowed. */
  int maxLength();
}
