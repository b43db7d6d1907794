package dev.isobar.function.compose.ec2;

import dev.isobar.apis.compute.CapacityChoice;
import dev.isobar.apis.platform.DataDisk;
import dev.isobar.apis.platform.Disk;
import dev.isobar.apis.schema.Size;
import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.capi.EbsDisks;
import dev.isobar.function.compose.capi.MachineTemplates;
import dev.isobar.function.compose.cloud.ImagePin;
import dev.isobar.function.compose.cloud.Machine;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.PoolPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * AWSMachineTemplates. All disks are encrypted with the account's key, and the metadata service
 * answers to those alone who ask for a token first; two hops reach pods.
 */
final class AwsMachineTemplate {
  private static final int HOPS = 2;

  /** EC2 leaves /dev/sdf and those after it to volumes. */
  private static final char FIRST_DEVICE = 'f';

  private AwsMachineTemplate() {}

  static SortedMap<String, Object> controlPlane(ClusterPlan plan) {
    var claim = plan.spec().controlPlane();
    Fields machine =
        machine(
                plan,
                plan.controlPlane().machine(),
                plan.controlPlane().image(),
                claim.rootDisk(),
                MachineTemplates.disks(claim))
            .set("iamInstanceProfile", plan.cloud().instanceProfiles().controlPlane())
            .set("placementGroupName", claim.serverGroup());
    return MachineTemplates.controlPlane(
        plan, AwsObjects.API_VERSION, AwsObjects.TEMPLATE_KIND, machine);
  }

  static SortedMap<String, Object> pool(ClusterPlan plan, PoolPlan pool) {
    var claim = pool.pool();
    Fields machine =
        machine(plan, pool.machine(), pool.image(), claim.rootDisk(), claim.disks())
            .set("iamInstanceProfile", plan.cloud().instanceProfiles().nodes())
            .set("placementGroupName", claim.serverGroup());
    claim.capacity().ifPresent(capacity -> pay(machine, capacity));
    return MachineTemplates.pool(
        plan, pool, AwsObjects.API_VERSION, AwsObjects.TEMPLATE_KIND, machine);
  }

  private static Fields machine(
      ClusterPlan plan,
      Machine type,
      ImagePin image,
      Optional<Disk> rootDisk,
      List<DataDisk> disks) {
    Fields machine =
        Fields.with("instanceType", type.name())
            .set(
                "ami",
                image.image().id().isPresent()
                    ? Fields.with("id", image.image().id())
                    : Fields.with("eksLookupType", image.image().name()))
            // Left out, it would be a key of the name "default".
            .set("sshKeyName", MachineTemplates.sshKey(plan).orElse(""))
            .set(
                "instanceMetadataOptions",
                Fields.with("httpTokens", "required").set("httpPutResponseHopLimit", HOPS))
            .set("rootVolume", rootVolume(EbsDisks.root(type, rootDisk)))
            .setUnlessEmpty("nonRootVolumes", volumes(disks));
    if (plan.managed()) {
      // nodeadm reads its part of the user data itself, from where EC2 has it.
      machine
          .set("cloudInit", Fields.with("insecureSkipSecretsManager", true))
          .set("uncompressedUserData", true);
    }
    return machine;
  }

  private static Fields rootVolume(Disk disk) {
    return volume(disk.size(), disk.type());
  }

  private static List<SortedMap<String, Object>> volumes(List<DataDisk> disks) {
    List<SortedMap<String, Object>> volumes = new ArrayList<>();
    char device = FIRST_DEVICE;
    for (DataDisk disk : disks.stream().map(EbsDisks::data).toList()) {
      volumes.add(volume(disk.size(), disk.type()).set("deviceName", "/dev/sd" + device++).map());
    }
    return volumes;
  }

  private static Fields volume(Size size, Optional<String> type) {
    return Fields.with("size", size.gibibytes()).set("type", type).set("encrypted", true);
  }

  private static void pay(Fields machine, CapacityChoice capacity) {
    switch (capacity.model()) {
      case OnDemand -> {}
      case Spot -> {
        machine.set("marketType", "Spot");
        capacity
            .maxPrice()
            .ifPresent(price -> machine.set("spotMarketOptions", Fields.with("maxPrice", price)));
      }
      case Block ->
          machine
              .set("marketType", "CapacityBlock")
              .set("capacityReservationId", capacity.reservationId());
      case Reserved -> {
        machine.set("capacityReservationId", capacity.reservationId());
        if (capacity.reservationId().isEmpty()) {
          machine.set("capacityReservationPreference", "CapacityReservationsOnly");
        }
      }
    }
  }
}
