package dev.isobar.apis.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The shape of a string, of each element of a list of strings, or of each key of a map. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.TYPE})
public @interface Matches {
  /** A regular expression that the whole string must match; no anchors. */
  String value();

  /** The expression in words, as it completes the sentence "must be ...". */
  String says();
}
