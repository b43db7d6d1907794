/**
 * Calls the function over gRPC as Crossplane's core does; the only room of the command line that
 * knows protobuf and gRPC.
 */
@NullMarked
@CheckReturnValue
package dev.isobar.cli.call;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
