/** function-isobar as a process of its own, with the flags of its image. */
@NullMarked
@CheckReturnValue
package dev.isobar.testbed.function;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
