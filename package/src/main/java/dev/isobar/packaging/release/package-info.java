/** A release: all packages made in one go, as files and in a registry. */
@NullMarked
@CheckReturnValue
package dev.isobar.packaging.release;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
