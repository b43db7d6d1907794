/** The control plane of {@code ./isobar up}, which outlives the command that started it. */
@NullMarked
@CheckReturnValue
package dev.isobar.testbed.standing;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
