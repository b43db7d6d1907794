/** A second API server, in the place of a workload cluster. */
@NullMarked
@CheckReturnValue
package dev.isobar.testbed.workload;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
