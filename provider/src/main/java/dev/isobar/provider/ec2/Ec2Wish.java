package dev.isobar.provider.ec2;

import dev.isobar.apis.compute.CapacityChoice;
import dev.isobar.apis.compute.InstanceDisk;
import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.NetworkInterface;
import dev.isobar.apis.schema.Size;
import java.util.List;
import java.util.Optional;

/**
 * What an Instance may wish for here. What only OpenStack has is refused where a user wrote it
 * down.
 */
final class Ec2Wish {
  private static final String FIELD = "spec.forProvider.";

  /** GiB that the largest volume of EC2 has. */
  private static final long LARGEST = 64 * 1024;

  private Ec2Wish() {}

  /** What is wrong with a spec, with the field and what to do; before anything is looked up. */
  static Optional<String> problem(InstanceParameters wanted) {
    return capacity(wanted.capacity())
        .or(() -> wanted.rootDisk().flatMap(disk -> size("rootDisk", disk.size())))
        .or(() -> disks(wanted.disks()))
        .or(() -> interfaces(wanted.networkInterfaces()))
        .or(() -> ofOpenStack(wanted))
        .or(() -> InstanceTags.problem(wanted));
  }

  private static Optional<String> capacity(CapacityChoice capacity) {
    if (capacity.model() == CapacityChoice.Model.Block && capacity.reservationId().isEmpty()) {
      return refused("capacity.reservationId: a Block needs its cr-... id");
    }
    return capacity.model() != CapacityChoice.Model.Spot && capacity.maxPrice().isPresent()
        ? refused("capacity.maxPrice goes with model Spot only")
        : Optional.empty();
  }

  private static Optional<String> disks(List<InstanceDisk> disks) {
    for (int place = 0; place < disks.size(); place++) {
      InstanceDisk disk = disks.get(place);
      String path = "disks[" + place + "]";
      if (disk.local()) {
        return refused(
            path + ".local: EC2's local disks come with the machine type; leave the disk out");
      }
      Optional<String> size = size(path, disk.size());
      if (size.isPresent()) {
        return size;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> size(String path, Size size) {
    return size.gibibytes() > LARGEST
        ? refused(path + ".size: the largest volume of EC2 has 64Ti; ask for no more")
        : Optional.empty();
  }

  private static Optional<String> interfaces(List<NetworkInterface> interfaces) {
    for (int place = 0; place < interfaces.size(); place++) {
      if (interfaces.get(place).network().isPresent()) {
        return refused(
            "networkInterfaces[" + place + "].network is for OpenStack; name a subnet instead");
      }
      boolean alone =
          interfaces.get(place).subnet().isPresent() && interfaces.get(place).address().isEmpty();
      if (!interfaces.get(place).otherSubnets().isEmpty() && !alone) {
        return refused(
            "networkInterfaces["
                + place
                + "].otherSubnets goes with subnet, and not with address, which is of one subnet");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> ofOpenStack(InstanceParameters wanted) {
    boolean byProperties =
        wanted
            .image()
            .flatMap(image -> image.selector())
            .filter(selector -> !selector.properties().isEmpty())
            .isPresent();
    if (byProperties) {
      return refused("image.selector.properties is for OpenStack; use name, owner and tags");
    }
    return wanted.metadataService().configDrive()
        ? refused(
            "metadataService.configDrive is for OpenStack; leave it out, machines on EC2 ask the"
                + " metadata service")
        : Optional.empty();
  }

  private static Optional<String> refused(String problem) {
    return Optional.of(FIELD + problem);
  }
}
