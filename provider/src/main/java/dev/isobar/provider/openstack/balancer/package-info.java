/** Octavia: load balancers that clusters made. */
@NullMarked
@CheckReturnValue
package dev.isobar.provider.openstack.balancer;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
