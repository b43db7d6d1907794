/** What RunFunction costs: function-isobar and a hand-written function in Go, side by side. */
@NullMarked
@CheckReturnValue
package dev.isobar.bench;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
