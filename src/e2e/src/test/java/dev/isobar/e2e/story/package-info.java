/** Stories of the examples, told again under other names, so that suites do not meet. */
@CheckReturnValue
@NullMarked
package dev.isobar.e2e.story;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
