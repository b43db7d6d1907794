/** How few nodes serve a demand, and what each of their GPUs is divided into. */
@NullMarked
@CheckReturnValue
package dev.isobar.function.compose.gpu.packing;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
