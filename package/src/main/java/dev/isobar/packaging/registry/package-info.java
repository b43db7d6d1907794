/** Images over the network into a registry. */
@NullMarked
@CheckReturnValue
package dev.isobar.packaging.registry;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
