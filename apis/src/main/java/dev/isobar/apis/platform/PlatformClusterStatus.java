package dev.isobar.apis.platform;

import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Key;
import java.util.List;
import java.util.Optional;

/** How a cluster is doing. */
@Doc("How the cluster is doing.")
public record PlatformClusterStatus(
    @Doc(
            "One word: Waiting, Provisioning, Upgrading, Changing, Degraded, Ready, Paused or"
                + " Deleting.")
        Optional<String> stage,
    @Doc("One sentence: what is being waited for, and who must act.") Optional<String> message,
    @Doc("Name of the Cluster API Cluster and of everything that belongs to it; permanent.")
        Optional<String> clusterName,
    @Doc("The exact Kubernetes version the cluster is held at.") Optional<String> version,
    @Doc(
            "What the cluster could be brought to: versions that spec.version may be set to next,"
                + " and images rebuilt for the version in use, as in 1.35.2 (image NAME), which are"
                + " taken when spec.imageRevision is changed.")
        List<String> availableUpgrades,
    @Doc("Address of the Kubernetes API.") Optional<String> endpoint,
    @Doc("Where the administrator's kubeconfig is.") Optional<KubeconfigRef> kubeconfigSecretRef,
    @Doc("Nodes that are ready, of those wanted, control plane included: 5/6.")
        Optional<String> nodes,
    @Doc("The control plane.") Optional<ControlPlaneState> controlPlane,
    @Doc("The pools.") @Key("name") List<PoolState> pools,
    @Doc("The add-ons.") @Key("name") List<AddonState> addons,
    @Doc(
            "What becomes of load balancers and volumes in the cloud when the cluster is deleted;"
                + " addons.volumes.afterCluster decides about volumes.")
        Optional<String> whenDeleted) {
  /** Where the kubeconfig is. */
  @Doc("A key of a Secret.")
  public record KubeconfigRef(
      @Doc("Namespace of the Secret.") String namespace,
      @Doc("Name of the Secret.") String name,
      @Doc("Key of the Secret.") String key) {}

  /** How the control plane is doing. */
  @Doc("How the control plane is doing.")
  public record ControlPlaneState(
      @Doc("Machines wanted.") int wanted,
      @Doc("Machines ready.") int ready,
      @Doc("Machines of the wanted version and settings.") int upToDate) {}
}
