/** Names that never change: of clusters, pools and templates. */
@NullMarked
@CheckReturnValue
package dev.isobar.function.compose.naming;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
