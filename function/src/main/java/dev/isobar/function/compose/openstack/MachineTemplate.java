package dev.isobar.function.compose.openstack;

import dev.isobar.apis.platform.DataDisk;
import dev.isobar.apis.platform.Disk;
import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.capi.MachineTemplates;
import dev.isobar.function.compose.cloud.ImagePin;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.PoolPlan;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/** OpenStackMachineTemplates. */
final class MachineTemplate {
  private MachineTemplate() {}

  /** The control plane's template. */
  static SortedMap<String, Object> controlPlane(ClusterPlan plan) {
    var claim = plan.spec().controlPlane();
    Fields machine =
        machine(
            plan,
            plan.controlPlane().machine().name(),
            plan.controlPlane().image(),
            claim.rootDisk(),
            MachineTemplates.disks(claim),
            claim.serverGroup());
    return MachineTemplates.controlPlane(
        plan, OpenStackObjects.apiVersion(plan), OpenStackObjects.TEMPLATE_KIND, machine);
  }

  /** A pool's template. */
  static SortedMap<String, Object> pool(ClusterPlan plan, PoolPlan pool) {
    Fields machine =
        machine(
            plan,
            pool.machine().name(),
            pool.image(),
            pool.pool().rootDisk(),
            pool.pool().disks(),
            pool.pool().serverGroup());
    return MachineTemplates.pool(
        plan, pool, OpenStackObjects.apiVersion(plan), OpenStackObjects.TEMPLATE_KIND, machine);
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
            .set("sshKeyName", MachineTemplates.sshKey(plan))
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
