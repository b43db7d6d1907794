package dev.isobar.it.specification;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Which demands of the specification a test checks. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Demands {
  Clause[] value();
}
