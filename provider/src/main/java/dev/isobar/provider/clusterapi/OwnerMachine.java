package dev.isobar.provider.clusterapi;

import dev.isobar.apis.tree.Tree;
import java.util.Map;
import java.util.Optional;

/**
 * What a GPU machine needs to know of the Machine that owns it.
 *
 * @param uid its own
 * @param bootstrapSecret name of the Secret with the data for the first start, once there is one
 * @param zone it shall be in, where Cluster API says so
 * @param condemned whether somebody asked for another one in its place
 */
public record OwnerMachine(
    String uid, Optional<String> bootstrapSecret, Optional<String> zone, boolean condemned) {
  /** With it a MachineHealthCheck that covers the Machine replaces it at once. */
  public static final String REMEDIATE = "cluster.x-k8s.io/remediate-machine";

  /** Reads a Machine, v1beta2; what is of its metadata is given apart. */
  public static OwnerMachine of(String uid, Map<String, String> annotations, Tree machine) {
    return new OwnerMachine(
        uid,
        machine.at("spec", "bootstrap", "dataSecretName").text().filter(name -> !name.isEmpty()),
        machine.at("spec", "failureDomain").text().filter(zone -> !zone.isEmpty()),
        annotations.containsKey(REMEDIATE));
  }
}
