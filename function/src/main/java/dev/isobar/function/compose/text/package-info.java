/** Texts other programs read: YAML of plain values, and JSON that we once wrote ourselves. */
@NullMarked
@CheckReturnValue
package dev.isobar.function.compose.text;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
