package dev.isobar.apis.infrastructure;

import java.util.Arrays;
import java.util.Set;

/**
 * A tag that every machine of a PlatformCluster carries, whatever the cloud; by these a bill is
 * divided among clusters. They say nothing of whose a machine is, so a spec may set them.
 */
public enum MachineTag {
  /** The name of the Cluster of Cluster API. */
  CLUSTER("isobar-cluster"),

  /** The name of the pool, {@code WORKSPACE.ACCELERATOR} for one of a GpuWorkspace. */
  POOL("isobar-pool");

  private static final Set<String> RESERVED = Set.of("isobar-", "isobar.dev/", "crossplane-");

  private final String key;

  MachineTag(String key) {
    this.key = key;
  }

  /** What it is called in a cloud. */
  public String key() {
    return key;
  }

  /** Whether a key is the provider's own, by which it knows its machines; no spec may set it. */
  public static boolean isReserved(String key) {
    return Arrays.stream(values()).noneMatch(tag -> tag.key.equals(key))
        && RESERVED.stream().anyMatch(key::startsWith);
  }
}
