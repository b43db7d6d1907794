package dev.isobar.provider.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.CapacityChoice;
import dev.isobar.apis.compute.CapacityChoice.Model;
import dev.isobar.apis.compute.CloudObject;
import dev.isobar.apis.compute.ImageChoice;
import dev.isobar.apis.compute.InstanceDisk;
import dev.isobar.apis.compute.MetadataService;
import dev.isobar.apis.compute.NetworkInterface;
import dev.isobar.apis.compute.NetworkInterface.Acceleration;
import dev.isobar.apis.compute.RootDisk;
import dev.isobar.apis.schema.Size;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class Ec2WishTest {
  private static RootDisk root(String size) {
    return new RootDisk(
        new Size(size),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        true);
  }

  private static ImageChoice.Selector selector(Map<String, String> properties) {
    return new ImageChoice.Selector(
        Optional.of("ubuntu"), Optional.empty(), Map.of(), properties, ImageChoice.Pick.Newest);
  }

  private static NetworkInterface inNetwork(String name) {
    return new NetworkInterface(
        "data",
        Optional.of(new CloudObject(Optional.of(name), Optional.empty())),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Acceleration.None);
  }

  private static NetworkInterface withoutSubnet(String other) {
    return new NetworkInterface(
        "main",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Acceleration.None,
        List.of(other));
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        row(
            "a mark of ours would be another's",
            wish -> wish.tags.put("isobar-uid", "another's"),
            "tags.isobar-uid is a key of the provider's own; choose another"),
        row(
            "keys of the project are its own",
            wish -> wish.tags.put("isobar.dev/owner", "me"),
            "tags.isobar.dev/owner is a key of the provider's own; choose another"),
        row(
            "EC2 adds no local disks",
            wish ->
                wish.disks.add(
                    new InstanceDisk(
                        "scratch",
                        new Size("1Ti"),
                        Optional.empty(),
                        true,
                        true,
                        Optional.empty())),
            "disks[0].local: EC2's local disks come with the machine type; leave the disk out"),
        row(
            "a block is bought before",
            wish ->
                wish.capacity = new CapacityChoice(Model.Block, Optional.empty(), Optional.empty()),
            "capacity.reservationId: a Block needs its cr-... id"),
        row(
            "only Spot has a price that moves",
            wish ->
                wish.capacity =
                    new CapacityChoice(Model.OnDemand, Optional.of("1"), Optional.empty()),
            "capacity.maxPrice goes with model Spot only"),
        row(
            "no volume is as large",
            wish -> wish.rootDisk = Optional.of(root("65Ti")),
            "rootDisk.size: the largest volume of EC2 has 64Ti; ask for no more"),
        row(
            "more GiB than an int counts",
            wish -> {
              wish.disks.add(Wish.disk("data", "64Ti"));
              wish.disks.add(Wish.disk("lake", "3000Pi"));
            },
            "disks[1].size: the largest volume of EC2 has 64Ti; ask for no more"),
        row(
            "EC2 has subnets",
            wish -> {
              wish.interfaces.add(Wish.nic("main", Acceleration.None, false));
              wish.interfaces.add(inNetwork("lab"));
            },
            "networkInterfaces[1].network is for OpenStack; name a subnet instead"),
        row(
            "other subnets are for other zones than that of the first",
            wish -> wish.interfaces.add(withoutSubnet("subnet-2")),
            "networkInterfaces[0].otherSubnets goes with subnet, and not with address, which is of"
                + " one subnet"),
        row(
            "images of EC2 have no properties",
            wish -> wish.selector = Optional.of(selector(Map.of("os_distro", "ubuntu"))),
            "image.selector.properties is for OpenStack; use name, owner and tags"),
        row(
            "EC2 has no config drive",
            wish -> wish.metadata = new MetadataService(true, true, 2),
            "metadataService.configDrive is for OpenStack; leave it out, machines on EC2 ask the"
                + " metadata service"));
  }

  private static Arguments row(String reason, Consumer<Wish> saying, String words) {
    return Arguments.of(reason, saying, "spec.forProvider." + words);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void whatCannotBeIsRefused(String reason, Consumer<Wish> saying, String words) {
    Wish wish = Wish.machine();
    saying.accept(wish);
    assertThat(Ec2Wish.problem(wish.parameters())).as(reason).contains(words);
  }

  @Test
  void theLargestVolumeIsMade() {
    Wish wish = Wish.machine();
    wish.rootDisk = Optional.of(root("64Ti"));
    wish.selector = Optional.of(selector(Map.of()));
    assertThat(Ec2Wish.problem(wish.parameters())).isEmpty();
  }
}
