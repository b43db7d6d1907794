/**
 * Speaks HTTP and JSON with one service of an OpenStack cloud, bounded in time, size and number,
 * and sorts what comes back into answers and failures.
 */
@NullMarked
@CheckReturnValue
package dev.isobar.provider.openstack.rest;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
