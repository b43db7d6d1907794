/**
 * The stories of {@code examples/}, replayed: each README's command is run as a user would, and its
 * output compared with what stands beside it.
 */
@CheckReturnValue
@NullMarked
package dev.isobar.it.examples;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
