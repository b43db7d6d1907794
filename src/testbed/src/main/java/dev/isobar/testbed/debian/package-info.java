/** Packages of Debian: installed where that is allowed, and otherwise named to whom it is. */
@NullMarked
@CheckReturnValue
package dev.isobar.testbed.debian;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
