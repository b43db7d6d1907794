/** Crossplane's core under its own roles, and functions it can call. */
@NullMarked
@CheckReturnValue
package dev.isobar.testbed.crossplane;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
