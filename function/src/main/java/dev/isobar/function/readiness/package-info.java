/** How observed objects are doing, never from existence alone. */
@NullMarked
@CheckReturnValue
package dev.isobar.function.readiness;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
