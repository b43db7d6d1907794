/** What a workspace offers and what it puts into its cluster, apart from the hub. */
@NullMarked
@CheckReturnValue
package dev.isobar.function.compose.workspace;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
