package dev.isobar.provider.openstack;

import dev.isobar.apis.compute.CapacityChoice;
import dev.isobar.apis.compute.InstanceDisk;
import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.Placement;
import dev.isobar.apis.compute.RootDisk;
import dev.isobar.apis.infrastructure.MachineTag;
import dev.isobar.apis.schema.Size;
import dev.isobar.provider.openstack.rest.Trouble;
import java.util.Optional;
import java.util.stream.Stream;

/** What an Instance may wish for here. What only EC2 has is refused where a user wrote it down. */
final class Wish {
  private static final String FIELD = "spec.forProvider.";

  /** GiB that Nova and Cinder can count. */
  private static final long LARGEST = Integer.MAX_VALUE;

  private Wish() {}

  /**
   * Looks at a spec before anything is made.
   *
   * @throws Trouble with the field and what to do
   */
  static void check(InstanceParameters wanted) {
    wanted
        .fabric()
        .ifPresent(_ -> {
          throw refused(
              "fabric", "is for EC2; ask for acceleration: RDMA of a network interface instead");
        });
    for (int place = 0; place < wanted.networkInterfaces().size(); place++) {
      if (!wanted.networkInterfaces().get(place).otherSubnets().isEmpty()) {
        throw refused(
            "networkInterfaces[" + place + "].otherSubnets",
            "is for EC2; remove it, subnets of OpenStack are in all zones");
      }
    }
    wanted.placement().ifPresent(Wish::check);
    wanted.rootDisk().ifPresent(Wish::check);
    for (int place = 0; place < wanted.disks().size(); place++) {
      check("disks[" + place + "]", wanted.disks().get(place));
    }
    CapacityChoice.Model model = wanted.capacity().model();
    if (model == CapacityChoice.Model.Spot || model == CapacityChoice.Model.Block) {
      throw refused("capacity.model", model + " is for EC2; use OnDemand or Reserved");
    }
    if (model == CapacityChoice.Model.Reserved && wanted.capacity().reservationId().isEmpty()) {
      throw refused("capacity.reservationId", "is needed with model Reserved");
    }
    keys(wanted);
  }

  private static void check(Placement placement) {
    if (placement.partition().isPresent()) {
      throw refused("placement.partition", "is for EC2; remove it");
    }
    if (placement.tenancy() != Placement.Tenancy.Shared || placement.hostId().isPresent()) {
      throw refused("placement.tenancy", "is for EC2; remove it");
    }
  }

  private static void check(RootDisk disk) {
    size("rootDisk", disk.size());
    Optional<String> field =
        disk.iops().isPresent()
            ? Optional.of("iops")
            : disk.throughput().isPresent()
                ? Optional.of("throughput")
                : disk.encryption().map(_ -> "encryption");
    field.ifPresent(name -> {
      throw byType("rootDisk." + name);
    });
  }

  private static void check(String path, InstanceDisk disk) {
    size(path, disk.size());
    if (disk.encryption().isPresent()) {
      throw byType(path + ".encryption");
    }
  }

  private static Trouble byType(String field) {
    return refused(field, "is decided by the volume type; remove it, set volumeType");
  }

  private static void size(String path, Size size) {
    if (size.gibibytes() > LARGEST) {
      throw refused(path + ".size", "is over " + LARGEST + "Gi, which no volume has; ask for less");
    }
  }

  private static void keys(InstanceParameters wanted) {
    Stream.concat(
            wanted.tags().keySet().stream().map(key -> "tags." + key),
            wanted.providerSpecific().openstack().metadata().keySet().stream()
                .map(key -> "providerSpecific.openstack.metadata." + key))
        .filter(path -> MachineTag.isReserved(path.replaceFirst("^(tags|.*?metadata)[.]", "")))
        .findFirst()
        .ifPresent(path -> {
          throw refused(path, "is a key of the provider's own; choose another");
        });
  }

  private static Trouble refused(String field, String why) {
    return Trouble.invalid(FIELD + field + " " + why);
  }
}
