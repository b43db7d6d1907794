/** Claims through Crossplane's core. */
@CheckReturnValue
@NullMarked
package dev.isobar.e2e.core;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
