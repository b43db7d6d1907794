package dev.isobar.function.compose.openstack;

import dev.isobar.apis.platform.DataDisk;
import dev.isobar.apis.platform.Disk;
import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.capi.CapiObjects;
import dev.isobar.function.compose.cloud.ImagePin;
import dev.isobar.function.compose.naming.Names;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.Marks;
import dev.isobar.function.compose.plan.PoolPlan;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/** OpenStackMachineTemplates; they never change, so their names end in a content hash. */
public final class MachineTemplate {
  private MachineTemplate() {}

  /** The name of the control plane's template. */
  public static String controlPlaneName(ClusterPlan plan) {
    return Names.part(plan.id().cluster(), "cp", plan.controlPlane().templateHash());
  }

  /** The name of a pool's template. */
  public static String poolName(ClusterPlan plan, PoolPlan pool) {
    return Names.part(plan.id().cluster(), pool.name(), pool.machineHash());
  }

  /** The control plane's template. */
  public static SortedMap<String, Object> controlPlane(ClusterPlan plan) {
    var claim = plan.spec().controlPlane();
    List<DataDisk> disks =
        claim.etcd().disk().stream()
            .map(disk -> new DataDisk("etcd", disk.size(), disk.type(), "/var/lib/etcd"))
            .toList();
    Fields machine =
        machine(
            plan,
            plan.controlPlane().machine().name(),
            plan.controlPlane().image(),
            claim.rootDisk(),
            disks,
            claim.serverGroup());
    return template(
        plan, controlPlaneName(plan), plan.controlPlane().image(), machine, Optional.empty());
  }

  /** A pool's template. */
  public static SortedMap<String, Object> pool(ClusterPlan plan, PoolPlan pool) {
    Fields machine =
        machine(
            plan,
            pool.machine().name(),
            pool.image(),
            pool.pool().rootDisk(),
            pool.pool().disks(),
            pool.pool().serverGroup());
    return template(plan, poolName(plan, pool), pool.image(), machine, Optional.of(pool.name()));
  }

  private static SortedMap<String, Object> template(
      ClusterPlan plan, String name, ImagePin image, Fields machine, Optional<String> pool) {
    var object =
        CapiObjects.of(
                OpenStackObjects.apiVersion(plan), OpenStackObjects.TEMPLATE_KIND, plan.id(), name)
            .annotation(Marks.ARCHITECTURE, image.architecture().name())
            .spec(Fields.with("template", Fields.with("spec", machine)));
    plan.spec()
        .imageRevision()
        .ifPresent(revision -> object.annotation(Marks.IMAGE_REVISION, revision));
    pool.ifPresent(called -> object.label(Marks.POOL, called));
    return object.map();
  }

  private static Fields machine(
      ClusterPlan plan,
      String type,
      ImagePin image,
      Optional<Disk> rootDisk,
      List<DataDisk> disks,
      Optional<String> serverGroup) {
    Fields machine =
        Fields.with("image", Reference.to(image.image()))
            .set("sshKeyName", plan.spec().nodes().sshKey().or(() -> plan.cloud().spec().sshKey()))
            .set("serverGroup", serverGroup.map(Reference::toName))
            .set("rootVolume", rootDisk.map(MachineTemplate::rootVolume));
    if (OpenStackObjects.second(plan)) {
      machine.set("flavor", Reference.toName(type));
    } else {
      machine.set("flavor", type);
    }
    Stream<SortedMap<String, Object>> devices = disks.stream().map(MachineTemplate::device);
    return machine.setUnlessEmpty("additionalBlockDevices", devices.toList());
  }

  private static Fields rootVolume(Disk disk) {
    return Fields.with("sizeGiB", disk.size().gibibytes()).set("type", disk.type());
  }

  private static SortedMap<String, Object> device(DataDisk disk) {
    Fields storage = Fields.with("type", "Volume");
    disk.type().ifPresent(type -> storage.set("volume", Fields.with("type", type)));
    return Fields.with("name", disk.name())
        .set("sizeGiB", disk.size().gibibytes())
        .set("storage", storage)
        .map();
  }
}
