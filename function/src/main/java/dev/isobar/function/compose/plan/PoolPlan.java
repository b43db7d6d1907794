package dev.isobar.function.compose.plan;

import dev.isobar.apis.compute.CapacityChoice;
import dev.isobar.apis.platform.Pool;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.cloud.ImagePin;
import dev.isobar.function.compose.cloud.KubernetesVersion;
import dev.isobar.function.compose.cloud.Machine;
import dev.isobar.function.compose.gpu.GpuPlan;
import dev.isobar.function.compose.naming.Names;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a pool shall be.
 *
 * @param machines the machine type and its fall-backs, at least one
 * @param pool as the claim has it; layouts that were chosen for a demand stand in its place
 * @param demand the demand and what was chosen for it; empty when the claim says how GPUs are
 *     divided
 * @param ownMachines whether provider-isobar makes the machines, and Cluster API's own provider
 *     does not
 * @param machineHash content hash of the machine template
 * @param bootstrapHash content hash of the bootstrap template
 * @param shares one MachineDeployment each
 * @param gap what the Cloud has no more of what it would be made from; it is left as it is then
 * @param notes what the user shall know of the pool though it can be had
 */
public record PoolPlan(
    Pool pool,
    List<Machine> machines,
    Optional<GpuPlan> gpu,
    Optional<PoolDemand> demand,
    boolean ownMachines,
    KubernetesVersion version,
    ImagePin image,
    String machineHash,
    String bootstrapHash,
    List<Share> shares,
    Optional<String> gap,
    List<String> notes) {
  /**
   * One MachineDeployment of a pool: all of it, or its part in one zone.
   *
   * @param zone the zone, empty when the pool is not spread
   * @param fewest number of nodes, or the autoscaler's lower limit
   * @param most number of nodes, or the autoscaler's upper limit
   */
  public record Share(String zone, int fewest, int most) {}

  /** The composition resource name of a part of the pool. */
  public String key(Share share) {
    return key(name(), shares.size(), share);
  }

  static String key(String pool, int shares, Share share) {
    return Keys.deployment(pool, shares > 1 ? Names.label(share.zone()) : "");
  }

  /**
   * The MachineDeployments the pool had and has no more, because its zones changed; by composition
   * resource name.
   */
  public SortedMap<String, Tree> leaving(ObservedCluster observed) {
    return leaving(name(), shares, observed);
  }

  /** The same with those that are being deleted, whose nodes are drained. */
  public SortedMap<String, Tree> outgoing(ObservedCluster observed) {
    return outgoing(name(), shares, observed);
  }

  private static SortedMap<String, Tree> outgoing(
      String pool, List<Share> shares, ObservedCluster observed) {
    var outgoing = new TreeMap<>(observed.deploymentsByKey(pool));
    shares.forEach(share -> outgoing.remove(key(pool, shares.size(), share)));
    return outgoing;
  }

  static SortedMap<String, Tree> leaving(
      String pool, List<Share> shares, ObservedCluster observed) {
    SortedMap<String, Tree> leaving = outgoing(pool, shares, observed);
    leaving.values().removeIf(one -> one.at("metadata", "deletionTimestamp").exists());
    return leaving;
  }

  /** The pool's name. */
  public String name() {
    return pool.name();
  }

  /** The machine type that is tried first. */
  public Machine machine() {
    return machines.getFirst();
  }

  /** Whether it is left as it was made, because it could not be made anew. */
  public boolean stands() {
    return gap.isPresent();
  }

  /** Whether it is of an older minor than the control plane runs. */
  boolean behind(KubernetesVersion present) {
    return version.minor() < present.minor();
  }

  /** Whether a rollout must give a machine back before it asks for one more. */
  public boolean scarce() {
    return machines.stream().anyMatch(Machine::scarce) || reserved(pool);
  }

  /** Whether the machines of a pool come from a reservation. */
  static boolean reserved(Pool pool) {
    return pool.capacity().filter(CapacityChoice::reserved).isPresent();
  }
}
