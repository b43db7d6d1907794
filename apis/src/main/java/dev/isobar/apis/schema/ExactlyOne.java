package dev.isobar.apis.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Exactly one of the named fields must be set. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(ExactlyOne.Several.class)
public @interface ExactlyOne {
  /** The fields' names. */
  String[] value();

  /** Holder of repeated annotations. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @interface Several {
    /** The groups of which exactly one field must be set. */
    ExactlyOne[] value();
  }
}
