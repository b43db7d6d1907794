package dev.isobar.provider.openstack;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.apis.compute.InstanceDisk;
import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.NetworkInterface;
import dev.isobar.apis.compute.RootDisk;
import dev.isobar.apis.schema.Size;
import dev.isobar.provider.external.Wishes;
import dev.isobar.provider.openstack.rest.Trouble;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WishTest {
  private static InstanceParameters sized(String root, String disk) {
    return sized(root, disk, Optional.empty());
  }

  private static InstanceParameters sized(
      String root, String disk, Optional<RootDisk.Encryption> encryption) {
    InstanceParameters plain = Wishes.machine("m1.tiny", "image-1");
    return new InstanceParameters(
        plain.machineType(),
        plain.image(),
        Optional.of(
            new RootDisk(
                new Size(root),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true)),
        List.of(
            new InstanceDisk("data", new Size(disk), Optional.empty(), false, true, encryption)),
        plain.networkInterfaces(),
        plain.fabric(),
        plain.zones(),
        plain.placement(),
        plain.capacity(),
        plain.sshKey(),
        plain.userData(),
        plain.metadataService(),
        plain.tags(),
        plain.deletionProtection(),
        plain.powerState(),
        plain.providerSpecific());
  }

  @ParameterizedTest
  @CsvSource({
    "3000Pi, 1Gi, rootDisk.size, the server starts from it",
    "1Gi, 2048Pi, disks[0].size, one more than can be counted"
  })
  void sizesThatNobodyCanCountAreRefused(String root, String disk, String field, String why) {
    assertThatThrownBy(() -> Wish.check(sized(root, disk)))
        .as(why)
        .isInstanceOf(Trouble.class)
        .hasMessageContaining(
            "spec.forProvider."
                + field
                + " is over 2147483647Gi, which no volume has; ask for less");
  }

  @Test
  void encryptionIsTheVolumeTypes() {
    var encrypted = Optional.of(new RootDisk.Encryption(true, Optional.empty()));
    assertThatThrownBy(() -> Wish.check(sized("20Gi", "1Gi", encrypted)))
        .isInstanceOf(Trouble.class)
        .hasMessageContaining(
            "spec.forProvider.disks[0].encryption is decided by the volume type; remove it, set"
                + " volumeType");
  }

  @Test
  void subnetsOfOpenStackHaveNoZones() {
    var one =
        new NetworkInterface(
            "primary",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            NetworkInterface.Acceleration.None,
            List.of("subnet-2"));
    InstanceParameters wanted = Wishes.at(Wishes.machine("m1.tiny", "image-1"), one);
    assertThatThrownBy(() -> Wish.check(wanted))
        .hasMessageContaining(
            "spec.forProvider.networkInterfaces[0].otherSubnets is for EC2; remove it, subnets of"
                + " OpenStack are in all zones");
  }

  @Test
  void otherSizesAreNot() {
    assertThatCode(() -> Wish.check(sized("2047Pi", "1Gi"))).doesNotThrowAnyException();
  }
}
