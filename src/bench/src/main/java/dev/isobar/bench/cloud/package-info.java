/** A stand-in for an OpenStack of ten thousand servers, as a process of its own. */
@NullMarked
@CheckReturnValue
package dev.isobar.bench.cloud;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
