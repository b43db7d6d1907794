/** What is installed into clusters: one file each, one table of versions. */
@NullMarked
@CheckReturnValue
package dev.isobar.function.compose.addon;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
