/** A real control plane on one machine: {@code ./isobar up} and the tests of src/e2e. */
@NullMarked
@CheckReturnValue
package dev.isobar.testbed;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
