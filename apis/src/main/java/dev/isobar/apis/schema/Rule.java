package dev.isobar.apis.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A check over several fields of a record that the API server makes; the composition makes it too.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.RECORD_COMPONENT})
@Repeatable(Rule.Several.class)
public @interface Rule {
  /** A CEL expression over {@code self} that must be true. */
  String cel();

  /** What to tell the user when it is not. */
  String says();

  /** Holder of repeated rules. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target({ElementType.TYPE, ElementType.RECORD_COMPONENT})
  @interface Several {
    /** The rules. */
    Rule[] value();
  }
}
