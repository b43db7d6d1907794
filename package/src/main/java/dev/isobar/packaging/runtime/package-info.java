/** The file system our programs run in: a C library, a Java runtime, jars. */
@NullMarked
@CheckReturnValue
package dev.isobar.packaging.runtime;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
