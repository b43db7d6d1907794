/** The hand-written function in Go that ours is measured by: built, and told what to compose. */
@NullMarked
@CheckReturnValue
package dev.isobar.bench.floor;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
