/** What all Kubernetes objects we compose have in common. */
@NullMarked
@CheckReturnValue
package dev.isobar.function.compose.object;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
