/** The compositions: from a claim and what is observed to the desired state and the status. */
@NullMarked
@CheckReturnValue
package dev.isobar.function.compose;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
