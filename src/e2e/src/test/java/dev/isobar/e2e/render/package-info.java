/** What the isobar command says that a claim becomes; the suites compare it with what it became. */
@CheckReturnValue
@NullMarked
package dev.isobar.e2e.render;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
