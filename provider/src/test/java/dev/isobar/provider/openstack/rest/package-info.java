/** What HTTP and JSON of OpenStack mean. */
package dev.isobar.provider.openstack.rest;
