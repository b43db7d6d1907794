/**
 * Mutual TLS from the files that Crossplane mounts: keys of every common form, exchanged without a
 * restart.
 */
@NullMarked
@CheckReturnValue
package dev.isobar.function.grpc.tls;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
