package dev.isobar.provider.external;

import dev.isobar.apis.compute.AssumedRole;
import dev.isobar.apis.compute.CloudEndpoints;
import java.util.Optional;

/**
 * One project or account of a cloud, and who asks there: what a ProviderConfig and the Secret it
 * names say, once both were read.
 *
 * @param region as the cloud spells it
 * @param credentials what the Secret's key holds (OpenStack: a clouds.yaml; EC2: an INI file);
 *     empty for the identity the provider's pod was given
 * @param entry of the clouds.yaml, or profile of the INI file
 * @param role to assume with these credentials (EC2)
 * @param session who asks, as the account's own records shall tell of whoever assumed the role
 */
public record Account(
    String region,
    CloudEndpoints endpoints,
    Optional<SecretBytes> credentials,
    String entry,
    Optional<AssumedRole> role,
    Optional<String> session) {
  /** One whose records need not tell who asks. */
  public Account(
      String region,
      CloudEndpoints endpoints,
      Optional<SecretBytes> credentials,
      String entry,
      Optional<AssumedRole> role) {
    this(region, endpoints, credentials, entry, role, Optional.empty());
  }
}
