package dev.isobar.provider.clusterapi;

import dev.isobar.apis.tree.Tree;
import dev.isobar.provider.decide.GoDuration;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a GPU machine needs to know of the Machine that owns it.
 *
 * @param uid its own
 * @param bootstrapSecret name of the Secret with the data for the first start, once there is one
 * @param zone it shall be in, where Cluster API says so
 * @param condemned why somebody asked for another one in its place, as that annotation says
 * @param startup how long its node may take to join once the machine runs, more than zero; for ever
 *     when empty
 * @param joined whether Cluster API has seen its node
 */
public record OwnerMachine(
    String uid,
    Optional<String> bootstrapSecret,
    Optional<String> zone,
    Optional<String> condemned,
    Optional<Duration> startup,
    boolean joined) {
  /** With it a MachineHealthCheck that covers the Machine replaces it at once. */
  public static final String REMEDIATE = "cluster.x-k8s.io/remediate-machine";

  /**
   * How long its node may take to join, as Go writes durations; zero is for ever, as in Cluster
   * API's own field. A MachineHealthCheck would count from when the Machine was made, so that
   * waiting for capacity counted too.
   */
  public static final String STARTUP = "isobar.dev/node-startup-timeout";

  /** Reads a Machine, v1beta2; what is of its metadata is given apart. */
  public static OwnerMachine of(String uid, Map<String, String> annotations, Tree machine) {
    return new OwnerMachine(
        uid,
        machine.at("spec", "bootstrap", "dataSecretName").text().filter(name -> !name.isEmpty()),
        machine.at("spec", "failureDomain").text().filter(zone -> !zone.isEmpty()),
        Optional.ofNullable(annotations.get(REMEDIATE)),
        Optional.ofNullable(annotations.get(STARTUP))
            .flatMap(GoDuration::parse)
            .filter(Duration::isPositive),
        machine.at("status", "nodeRef", "name").text().filter(name -> !name.isEmpty()).isPresent());
  }
}
