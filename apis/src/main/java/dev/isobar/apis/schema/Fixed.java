package dev.isobar.apis.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The field cannot be changed once the object exists. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Fixed {
  /** What to do instead of changing it. */
  String instead();

  /**
   * Whether it may be given later: a field that was left out, or a list or map that was empty, may
   * get its value once. For objects that begin by only looking at something that exists.
   */
  boolean once() default false;
}
