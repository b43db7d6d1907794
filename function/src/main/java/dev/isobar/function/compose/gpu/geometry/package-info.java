/** GPU products, and how MIG divides them: known ones and those a Cloud describes. */
@NullMarked
@CheckReturnValue
package dev.isobar.function.compose.gpu.geometry;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
