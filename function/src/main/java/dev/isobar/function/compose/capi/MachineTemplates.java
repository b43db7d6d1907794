package dev.isobar.function.compose.capi;

import dev.isobar.apis.platform.ControlPlane;
import dev.isobar.apis.platform.DataDisk;
import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.cloud.ImagePin;
import dev.isobar.function.compose.naming.Names;
import dev.isobar.function.compose.object.KubernetesObject;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.Marks;
import dev.isobar.function.compose.plan.PoolPlan;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What machine templates of all kinds have in common. They never change, so their names end in a
 * content hash.
 */
public final class MachineTemplates {
  private MachineTemplates() {}

  /** The name of the control plane's template. */
  public static String controlPlaneName(ClusterPlan plan) {
    return Names.part(plan.id().cluster(), "cp", plan.controlPlane().templateHash());
  }

  /** The name of a pool's template. */
  public static String poolName(ClusterPlan plan, PoolPlan pool) {
    return Names.part(plan.id().cluster(), pool.name(), pool.machineHash());
  }

  /**
   * The template of the control plane.
   *
   * @param machine the machine in the words of its provider
   */
  public static SortedMap<String, Object> controlPlane(
      ClusterPlan plan, String apiVersion, String kind, Object machine) {
    return template(
        plan,
        CapiObjects.of(apiVersion, kind, plan.id(), controlPlaneName(plan)),
        plan.controlPlane().image(),
        machine);
  }

  /**
   * The template of a pool.
   *
   * @param machine the machine in the words of its provider
   */
  public static SortedMap<String, Object> pool(
      ClusterPlan plan, PoolPlan pool, String apiVersion, String kind, Object machine) {
    return template(
        plan,
        CapiObjects.of(apiVersion, kind, plan.id(), poolName(plan, pool))
            .label(Marks.POOL, pool.name()),
        pool.image(),
        machine);
  }

  private static SortedMap<String, Object> template(
      ClusterPlan plan, KubernetesObject object, ImagePin image, Object machine) {
    object
        .annotation(Marks.ARCHITECTURE, image.architecture().name())
        .spec(Fields.with("template", Fields.with("spec", machine)));
    plan.spec()
        .imageRevision()
        .ifPresent(revision -> object.annotation(Marks.IMAGE_REVISION, revision));
    return object.map();
  }

  /** The additional disks of control plane machines. */
  public static List<DataDisk> disks(ControlPlane claim) {
    return claim.etcd().disk().stream()
        .map(disk -> new DataDisk("etcd", disk.size(), disk.type(), "/var/lib/etcd"))
        .toList();
  }

  /** The name of the SSH key of all machines. */
  public static Optional<String> sshKey(ClusterPlan plan) {
    return plan.spec().nodes().sshKey().or(() -> plan.cloud().spec().sshKey());
  }
}
