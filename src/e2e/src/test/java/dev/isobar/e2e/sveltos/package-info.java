/**
 * Add-ons, by Sveltos' own controller, from charts of this machine into a second API server that
 * takes the place of a workload cluster.
 */
@NullMarked
@CheckReturnValue
package dev.isobar.e2e.sveltos;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
