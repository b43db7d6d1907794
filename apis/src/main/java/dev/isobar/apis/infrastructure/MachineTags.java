package dev.isobar.apis.infrastructure;

import java.util.Set;

/**
 * Tags that every machine of a PlatformCluster carries, whatever the cloud; they are how a bill is
 * divided among clusters. They say nothing of whose a machine is, so a spec may set them.
 */
public final class MachineTags {
  /** The name of the Cluster of Cluster API. */
  public static final String CLUSTER = "isobar-cluster";

  /** The name of the pool, {@code WORKSPACE.ACCELERATOR} for one of a GpuWorkspace. */
  public static final String POOL = "isobar-pool";

  private static final Set<String> ALL = Set.of(CLUSTER, POOL);
  private static final Set<String> RESERVED = Set.of("isobar-", "isobar.dev/", "crossplane-");

  private MachineTags() {}

  /** Whether a key is the provider's own, by which it knows its machines; no spec may set it. */
  public static boolean isReserved(String key) {
    return !ALL.contains(key) && RESERVED.stream().anyMatch(key::startsWith);
  }
}
