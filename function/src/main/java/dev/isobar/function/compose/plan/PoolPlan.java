package dev.isobar.function.compose.plan;

import dev.isobar.apis.platform.Pool;
import dev.isobar.function.compose.cloud.ImagePin;
import dev.isobar.function.compose.cloud.KubernetesVersion;
import dev.isobar.function.compose.cloud.Machine;
import dev.isobar.function.compose.gpu.GpuPlan;
import java.util.List;
import java.util.Optional;

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
    List<Share> shares) {
  /**
   * One MachineDeployment of a pool: all of it, or its part in one zone.
   *
   * @param zone the zone, empty when the pool is not spread
   * @param fewest number of nodes, or the autoscaler's lower limit
   * @param most number of nodes, or the autoscaler's upper limit
   */
  public record Share(String zone, int fewest, int most) {}

  /** The pool's name. */
  public String name() {
    return pool.name();
  }

  /** The machine type that is tried first. */
  public Machine machine() {
    return machines.getFirst();
  }

  /** Whether a rollout must give a machine back before it asks for one more. */
  public boolean scarce() {
    return machines.stream().anyMatch(Machine::scarce);
  }
}
