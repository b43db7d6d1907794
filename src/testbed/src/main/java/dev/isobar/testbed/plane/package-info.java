/** A whole control plane, part by part. */
@NullMarked
@CheckReturnValue
package dev.isobar.testbed.plane;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
