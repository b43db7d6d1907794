/** The functions as processes of their own, with the certificates they need. */
@NullMarked
@CheckReturnValue
package dev.isobar.bench.server;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
