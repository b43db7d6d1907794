package dev.isobar.function.compose.capi;

import dev.isobar.apis.compute.ProviderConfigRef;
import dev.isobar.apis.decode.Encoder;
import dev.isobar.apis.infrastructure.GpuMachineSpec;
import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.cloud.Machine;
import dev.isobar.function.compose.gpu.GpuPlan;
import dev.isobar.function.compose.naming.Names;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.Marks;
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

  /** The template's name; it ends in the content hash, because a template never changes. */
  public static String name(ClusterPlan plan, PoolPlan pool) {
    return Names.part(plan.id().cluster(), pool.name(), pool.machineHash());
  }

  /** The GpuMachineTemplate. */
  public static SortedMap<String, Object> of(
      ClusterPlan plan, PoolPlan pool, ProviderConfigRef config) {
    // Nova takes no slashes in tags and metadata.
    var tags = new TreeMap<String, String>();
    tags.put("isobar-cluster", plan.id().cluster());
    tags.put("isobar-pool", pool.name());
    var machine =
        new GpuMachineSpec(
            Optional.empty(),
            config,
            pool.machines().stream().map(Machine::name).toList(),
            pool.image().image(),
            pool.pool().rootDisk(),
            pool.pool().disks(),
            zones(plan, pool),
            plan.spec().nodes().sshKey().or(() -> plan.cloud().spec().sshKey()),
            pool.pool().serverGroup(),
            tags,
            pool.gpu().map(GpuPlan::resources).orElseGet(Collections::emptySortedMap));
    var object =
        CapiObjects.of(GROUP + "/" + VERSION, KIND, plan.id(), name(plan, pool))
            .label(Marks.POOL, pool.name())
            .annotation(Marks.ARCHITECTURE, pool.image().architecture().name())
            .spec(Fields.with("template", Fields.with("spec", Encoder.everything(machine))));
    plan.spec()
        .imageRevision()
        .ifPresent(revision -> object.annotation(Marks.IMAGE_REVISION, revision));
    return object.map();
  }

  private static List<String> zones(ClusterPlan plan, PoolPlan pool) {
    return pool.pool().zones().isEmpty() ? plan.cloud().zones() : pool.pool().zones();
  }
}
