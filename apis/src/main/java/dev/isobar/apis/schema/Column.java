package dev.isobar.apis.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A column of {@code kubectl get}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(Column.Several.class)
public @interface Column {
  /** The heading. */
  String name();

  /** Where the value stands, as a JSONPath from the object. */
  String path();

  /** The OpenAPI type. */
  String type() default "string";

  /** 0 shows always, 1 with {@code -o wide}. */
  int priority() default 0;

  /** Holder of repeated columns. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @interface Several {
    /** The columns, left to right. */
    Column[] value();
  }
}
