package dev.isobar.function.compose.capi;

import dev.isobar.apis.compute.CloudSpec;
import dev.isobar.apis.compute.ProviderConfigRef;
import dev.isobar.apis.decode.Encoder;
import dev.isobar.apis.infrastructure.GpuMachineSpec;
import dev.isobar.apis.infrastructure.MachineTag;
import dev.isobar.function.compose.cloud.Machine;
import dev.isobar.function.compose.gpu.GpuPlan;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.PoolPlan;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The template of a GPU pool whose machines provider-isobar makes, on any cloud. */
public final class GpuMachineTemplateObject {
  /** The group of our own infrastructure kinds. */
  public static final String GROUP = "infrastructure.isobar.dev";

  /** Its version. */
  public static final String VERSION = "v1alpha1";

  /** Its kind. */
  public static final String KIND = "GpuMachineTemplate";

  private GpuMachineTemplateObject() {}

  /** The GpuMachineTemplate. */
  public static SortedMap<String, Object> of(
      ClusterPlan plan, PoolPlan pool, ProviderConfigRef config) {
    boolean onEc2 = onEc2(plan);
    var machine =
        new GpuMachineSpec(
            Optional.empty(),
            config,
            pool.machines().stream().map(Machine::name).toList(),
            pool.image().image(),
            onEc2
                ? Optional.of(EbsDisks.root(pool.machine(), pool.pool().rootDisk()))
                : pool.pool().rootDisk(),
            onEc2 ? pool.pool().disks().stream().map(EbsDisks::data).toList() : pool.pool().disks(),
            onEc2 ? Optional.of(true) : Optional.empty(),
            zones(plan, pool),
            MachineTemplates.sshKey(plan),
            pool.pool().serverGroup(),
            pool.pool().capacity(),
            instanceProfile(plan),
            tags(plan, pool),
            pool.gpu().map(GpuPlan::resources).orElseGet(Collections::emptySortedMap));
    return MachineTemplates.pool(
        plan, pool, GROUP + "/" + VERSION, KIND, Encoder.everything(machine));
  }

  /** The zones that its machines try; none when the Cloud knows none. */
  static List<String> zones(ClusterPlan plan, PoolPlan pool) {
    return pool.pool().zones().isEmpty() ? plan.cloud().zones() : pool.pool().zones();
  }

  private static Optional<String> instanceProfile(ClusterPlan plan) {
    return onEc2(plan) ? Optional.of(plan.cloud().instanceProfiles().nodes()) : Optional.empty();
  }

  /** Nova takes no slashes in tags and metadata; EC2's cloud controller looks for one with them. */
  private static SortedMap<String, String> tags(ClusterPlan plan, PoolPlan pool) {
    var tags = new TreeMap<String, String>();
    tags.put(MachineTag.CLUSTER.key(), plan.id().cluster());
    tags.put(MachineTag.POOL.key(), pool.name());
    if (onEc2(plan)) {
      tags.put("kubernetes.io/cluster/" + plan.id().cluster(), "owned");
    }
    return tags;
  }

  private static boolean onEc2(ClusterPlan plan) {
    return plan.cloud().spec().provider() == CloudSpec.Provider.EC2;
  }
}
