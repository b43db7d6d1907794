package dev.isobar.provider.clusterapi;

import dev.isobar.apis.tree.Tree;
import java.util.Optional;

/**
 * What a GPU machine needs to know of the Machine that owns it.
 *
 * @param bootstrapSecret name of the Secret with the data for the first start, once there is one
 * @param zone it shall be in, where Cluster API says so
 */
public record OwnerMachine(Optional<String> bootstrapSecret, Optional<String> zone) {
  /** Reads a Machine, v1beta2. */
  public static OwnerMachine of(Tree machine) {
    return new OwnerMachine(
        machine.at("spec", "bootstrap", "dataSecretName").text().filter(name -> !name.isEmpty()),
        machine.at("spec", "failureDomain").text().filter(zone -> !zone.isEmpty()));
  }
}
