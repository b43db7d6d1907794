/**
 * Machines of OpenStack: the port, kept by Nova, Neutron and Glance. Opened through {@link
 * dev.isobar.provider.openstack.OpenStackAccess}.
 */
@NullMarked
@CheckReturnValue
package dev.isobar.provider.openstack;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
