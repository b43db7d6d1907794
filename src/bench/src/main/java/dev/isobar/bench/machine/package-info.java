/** What processes took of the machine, as the kernel counts it. */
@NullMarked
@CheckReturnValue
package dev.isobar.bench.machine;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
