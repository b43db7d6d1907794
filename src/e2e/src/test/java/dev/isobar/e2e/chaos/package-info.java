/**
 * The provider killed again and again on a real API server and real clouds, while Instances come,
 * change and go; then everything is counted.
 */
@NullMarked
@CheckReturnValue
package dev.isobar.e2e.chaos;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
