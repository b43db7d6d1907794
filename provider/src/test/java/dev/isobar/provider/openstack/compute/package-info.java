/** How Nova's answers are read. */
package dev.isobar.provider.openstack.compute;
