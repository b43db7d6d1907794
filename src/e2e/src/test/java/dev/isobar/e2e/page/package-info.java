/** The page of {@code isobar render --report}, looked at in a browser. */
@NullMarked
@CheckReturnValue
package dev.isobar.e2e.page;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
