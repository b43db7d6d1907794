/**
 * The provider on Kubernetes: waits for its kinds and for its turn to lead, watches, works on what
 * changes, and counts what it does. Rooms inside: the door to the API server, Instances as they are
 * stored, accounts of clouds.
 */
@NullMarked
@CheckReturnValue
package dev.isobar.provider.kube;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
