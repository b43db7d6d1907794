/**
 * The way to the sidecar: entries as protobuf, over gRPC and a socket of this machine. Loaded only
 * where change logs are wanted, because gRPC takes memory.
 */
@NullMarked
@CheckReturnValue
package dev.isobar.provider.changelog.sidecar;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
