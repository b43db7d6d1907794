/** The program function-isobar: its start and its flags; everything else is in the rooms below. */
@NullMarked
@CheckReturnValue
package dev.isobar.function;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
