package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Length;

/** Credentials that are copied into clusters. */
@Doc(
    "Credentials that Sveltos copies into clusters. Give them few rights: everybody with"
        + " administrator's rights in a cluster can read them.")
public record WorkloadCredentials(
    @Doc(
            "The Secret. OpenStack: key clouds.yaml, and cacert when the cloud's certificate needs"
                + " it. EC2 has none: machines act with their instance profiles.")
        SecretRef secretRef,
    @Doc("Entry of clouds.yaml.") @Default("\"openstack\"") @Length(min = 1, max = 253)
        String cloudName) {
  /** A Secret of any namespace. */
  @Doc("A Secret.")
  public record SecretRef(
      @Doc("Its namespace.") @Length(min = 1, max = 63) String namespace,
      @Doc("Its name.") @Length(min = 1, max = 253) String name) {}
}
