/** Machines of OpenStack, held to the port's contract by a stand-in of the four services. */
package dev.isobar.provider.openstack;
