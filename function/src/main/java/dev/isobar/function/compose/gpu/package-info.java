/** GPU models, MIG geometry, and what a partitioned node offers. */
@NullMarked
@CheckReturnValue
package dev.isobar.function.compose.gpu;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
