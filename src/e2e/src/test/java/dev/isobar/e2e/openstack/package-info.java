/**
 * Machines on a real OpenStack: Keystone, Nova, Neutron, Glance and Placement of Debian on this
 * machine, also behind a proxy that lets requests fail.
 */
@NullMarked
package dev.isobar.e2e.openstack;

import org.jspecify.annotations.NullMarked;
