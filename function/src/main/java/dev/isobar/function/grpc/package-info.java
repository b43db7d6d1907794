/**
 * The only room that knows gRPC: serves {@link dev.isobar.function.wire.RunFunction} with TLS,
 * health, reflection, metrics and a drain at the end.
 *
 * <p>{@link dev.isobar.function.grpc.FunctionServer} is the way in, from the program and from the
 * command line alike.
 */
@NullMarked
@CheckReturnValue
package dev.isobar.function.grpc;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
