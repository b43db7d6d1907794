/**
 * Counts what happens and writes it in Prometheus' text format, version 0.0.4.
 *
 * <p>Our own instead of a library: a dozen series need no eleven jars in the image, and nothing
 * here is loaded before the first answer that needs it.
 */
@NullMarked
@CheckReturnValue
package dev.isobar.function.grpc.metrics;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
