package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Fixed;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;

/** Whose leftovers, where, and what becomes of them. */
@Doc("Whose leftovers, where they are, and what becomes of them.")
public record ClusterCleanupSpec(
    @Doc(
            "The cluster's name, as its cloud controller (--cluster-name) and its storage drivers"
                + " write it on what they make.")
        @Fixed(instead = "make a new ClusterCleanup")
        @Matches(
            value = "[a-z0-9]([-a-z0-9.]*[a-z0-9])?",
            says = "the name of a Cluster: lower-case letters, digits, dashes, dots")
        @Length(min = 1, max = 63)
        String cluster,
    @Doc(
            "The control plane of the cluster, in the same namespace. Nothing is removed before it"
                + " is gone, whoever deletes this object: the cluster's own controllers would make"
                + " it anew, and its users still use it.")
        @Fixed(instead = "make a new ClusterCleanup")
        ControlPlaneRef controlPlaneRef,
    @Doc("The ProviderConfig with the credentials of the project or account the cluster is in.")
        @Default("{}")
        UsedProviderConfig providerConfigRef,
    @Doc(
            "What becomes of volumes and snapshots that the cluster's storage drivers made and that"
                + " still exist when this is deleted. Keep: they stay, and an event names them."
                + " Delete: they go, with the data in them.")
        @Default("\"Keep\"")
        Fate volumes) {
  /** The control plane of a cluster. */
  @Doc("The control plane of a cluster.")
  public record ControlPlaneRef(
      @Doc(
              "Its kind, of the group controlplane.cluster.x-k8s.io: KubeadmControlPlane or"
                  + " AWSManagedControlPlane.")
          Kind kind,
      @Doc("Its name.") @Length(min = 1, max = 253) String name) {
    /** Kinds of control planes; spelled as in the API. */
    public enum Kind {
      KubeadmControlPlane,
      AWSManagedControlPlane
    }
  }

  /** What becomes of things that hold data; spelled as in the API. */
  public enum Fate {
    Keep,
    Delete
  }
}
