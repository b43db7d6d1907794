package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Length;

/** The identity Cluster API's provider acts with. */
@Doc("The identity Cluster API's provider acts with.")
public record IdentityRef(
    @Doc(
            "Its kind. OpenStack: OpenStackClusterIdentity, or Secret (clouds.yaml in a Secret of"
                + " the claim's own namespace). EC2: AWSClusterControllerIdentity (the controller's"
                + " own), AWSClusterRoleIdentity (a role it assumes) or AWSClusterStaticIdentity"
                + " (an access key).")
        Kind kind,
    @Doc("Its name.") @Length(min = 1, max = 253) String name,
    @Doc("Entry of clouds.yaml (OpenStack only).")
        @Default("\"openstack\"")
        @Length(min = 1, max = 253)
        String cloudName) {
  /** The kinds of identity; spelled as in the API. */
  public enum Kind {
    OpenStackClusterIdentity,
    Secret,
    AWSClusterControllerIdentity,
    AWSClusterRoleIdentity,
    AWSClusterStaticIdentity
  }
}
