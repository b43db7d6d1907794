/** Asks in a closed loop over one connection and keeps the time of every answer. */
@NullMarked
@CheckReturnValue
package dev.isobar.bench.load;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
