/** The {@code isobar} command: what can be done without a cluster. */
@NullMarked
@CheckReturnValue
package dev.isobar.cli;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
