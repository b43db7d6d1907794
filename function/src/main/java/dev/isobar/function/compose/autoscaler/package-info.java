/** The cluster autoscaler of a cluster, which runs beside Cluster API. */
@NullMarked
@CheckReturnValue
package dev.isobar.function.compose.autoscaler;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
