/** One line of JSON for each thing worth telling, on standard error. */
@NullMarked
@CheckReturnValue
package dev.isobar.function.grpc.log;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
