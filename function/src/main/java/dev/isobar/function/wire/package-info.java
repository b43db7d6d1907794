/**
 * The only room that reads and writes protobuf: bytes in, {@link dev.isobar.function.contract} in
 * the middle, bytes out.
 *
 * <p>{@link dev.isobar.function.wire.RunFunction} is the way in. Everything here is pure: no clock,
 * no randomness, no log.
 */
@NullMarked
@CheckReturnValue
package dev.isobar.function.wire;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
