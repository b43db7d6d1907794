/**
 * A proxy between a client and a service that makes what goes wrong in networks go wrong on demand.
 */
@NullMarked
@CheckReturnValue
package dev.isobar.testbed.fault;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
