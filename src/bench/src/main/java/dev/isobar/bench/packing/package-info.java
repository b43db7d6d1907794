/**
 * How fast demands of GPU slices are planned, and how near the plans are to the best there can be.
 */
@NullMarked
@CheckReturnValue
package dev.isobar.bench.packing;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
