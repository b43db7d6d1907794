package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;
import java.util.Optional;

/** What Cluster API needs to know of a cloud. */
@Doc("What Cluster API needs to know of the cloud.")
public record ClusterApi(
    @Doc("Credentials of Cluster API's provider for the cloud.") IdentityRef identityRef,
    @Doc(
            "Who makes the machines of GPU pools: Isobar (GpuMachineTemplate) or Cluster API's own"
                + " provider (Native).")
        @Default("\"Isobar\"")
        GpuMachines gpuMachines,
    @Doc("What machines may do in the cloud (EC2); the usual profiles when left out.")
        Optional<InstanceProfiles> instanceProfiles,
    @Doc("What EKS clusters are made with (EC2); there can be none when left out.")
        Optional<Eks> eks) {
  /** Names of instance profiles. */
  @Doc(
      "Names of instance profiles. Their defaults are those that `clusterawsadm bootstrap iam"
          + " create-cloudformation-stack` makes.")
  public record InstanceProfiles(
      @Doc("Of control plane machines; the cloud controller and volumes act with it.")
          @Default("\"control-plane.cluster-api-provider-aws.sigs.k8s.io\"")
          @Length(min = 1, max = 128)
          @Matches(value = "[A-Za-z0-9+=,.@_-]+", says = "the name of an instance profile")
          String controlPlane,
      @Doc("Of all other nodes.")
          @Default("\"nodes.cluster-api-provider-aws.sigs.k8s.io\"")
          @Length(min = 1, max = 128)
          @Matches(value = "[A-Za-z0-9+=,.@_-]+", says = "the name of an instance profile")
          String nodes) {
    /** The usual ones. */
    public static final InstanceProfiles USUAL =
        new InstanceProfiles(
            "control-plane.cluster-api-provider-aws.sigs.k8s.io",
            "nodes.cluster-api-provider-aws.sigs.k8s.io");
  }

  /** Who makes GPU machines; spelled as in the API. */
  public enum GpuMachines {
    Isobar,
    Native
  }
}
