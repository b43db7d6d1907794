/** A real OpenStack without guests: Keystone, Nova, Neutron, Glance and Placement of Debian. */
@NullMarked
@CheckReturnValue
package dev.isobar.testbed.openstack;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
