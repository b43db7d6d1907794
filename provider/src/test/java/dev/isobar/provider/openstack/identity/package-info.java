/** Credentials, tokens and addresses. */
package dev.isobar.provider.openstack.identity;
