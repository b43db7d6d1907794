package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;

/** What Cluster API needs to know of a cloud. */
@Doc("What Cluster API needs to know of the cloud.")
public record ClusterApi(
    @Doc("Credentials of Cluster API's provider for the cloud.") IdentityRef identityRef,
    @Doc(
            "Who makes the machines of GPU pools: Isobar (GpuMachineTemplate) or Cluster API's own"
                + " provider (Native).")
        @Default("\"Isobar\"")
        GpuMachines gpuMachines) {
  /** Who makes GPU machines; spelled as in the API. */
  public enum GpuMachines {
    Isobar,
    Native
  }
}
