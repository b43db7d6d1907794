/**
 * The change log: an entry for every creation, change and deletion of a machine, for a sidecar that
 * keeps them. It stands between the loop and the clouds, and neither knows of it.
 */
@NullMarked
@CheckReturnValue
package dev.isobar.provider.changelog;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
