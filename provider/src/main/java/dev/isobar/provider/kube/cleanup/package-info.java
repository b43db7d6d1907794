/**
 * ClusterCleanups on the API server: when their clouds are looked at, and what is written of it.
 */
@NullMarked
@CheckReturnValue
package dev.isobar.provider.kube.cleanup;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
