/** What is asked: an example's cluster before anything exists, and with everything at rest. */
@NullMarked
@CheckReturnValue
package dev.isobar.bench.request;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
