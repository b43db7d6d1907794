package dev.isobar.provider.openstack.identity;

import dev.isobar.apis.compute.CloudEndpoints.Reach;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * One cloud of a clouds.yaml.
 *
 * @param keystone its address with version 3, without a slash at the end
 * @param reach which of the catalogue's addresses, when it says so
 * @param authorities who may vouch for its services, when it says so
 * @param addresses of services, by type, instead of the catalogue's
 */
record CloudEntry(
    String keystone,
    Login login,
    Optional<Reach> reach,
    Optional<SSLContext> authorities,
    Map<Service, String> addresses) {}
