/**
 * Decides what a cluster shall be: the claim, checked and resolved against its Cloud and what
 * exists.
 */
@NullMarked
@CheckReturnValue
package dev.isobar.function.compose.plan;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
