/** Builds the real programs from pinned Go modules, once, into a folder of the user's. */
@NullMarked
@CheckReturnValue
package dev.isobar.testbed.build;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
