/** Profiles of Sveltos, and what their ClusterSummaries say. */
@NullMarked
@CheckReturnValue
package dev.isobar.function.compose.sveltos;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
