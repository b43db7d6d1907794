package dev.isobar.function.compose.plan;

import dev.isobar.apis.platform.ControlPlane;
import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.apis.schema.Cidr;
import dev.isobar.apis.settings.Settings;
import dev.isobar.function.compose.cloud.Catalogue;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a cluster shall be: the claim, checked, and resolved against its Cloud and what exists.
 *
 * @param gaps what the Cloud has no more, though it is in use
 */
public record ClusterPlan(
    ClusterId id,
    PlatformClusterSpec spec,
    Catalogue cloud,
    Settings settings,
    Versions versions,
    ControlPlanePlan controlPlane,
    List<PoolPlan> pools,
    List<String> gaps) {
  /**
   * The ranges that may reach the Kubernetes API; all when empty. Where the claim keeps addresses
   * out, those that make the cluster must come in. EKS takes none that only its VPC can have.
   */
  public List<String> admitted() {
    List<Cidr> claimed = spec.network().api().allowedCidrs();
    return claimed.isEmpty()
        ? List.of()
        : Stream.concat(claimed.stream(), managementCidrs().stream())
            .map(Cidr::text)
            .distinct()
            .sorted()
            .toList();
  }

  /** Where those that make the cluster come from, as far as the API can be told. */
  public List<Cidr> managementCidrs() {
    return settings.managementCidrs().stream()
        .filter(range -> !managed() || !EksChecks.isReserved(range))
        .toList();
  }

  /** Whether the cloud runs the control plane. */
  public boolean managed() {
    return spec.controlPlane().kind() == ControlPlane.Kind.Managed;
  }

  /** Whether any pool has GPUs. */
  public boolean hasGpus() {
    return pools.stream().anyMatch(pool -> pool.pool().gpu().isPresent());
  }
}
