/** Whether everything that examples show is what the real APIs accept. */
@CheckReturnValue
@NullMarked
package dev.isobar.e2e.schema;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
