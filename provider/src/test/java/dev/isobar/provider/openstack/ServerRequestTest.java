package dev.isobar.provider.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.apis.compute.CapacityChoice;
import dev.isobar.apis.compute.InstanceDisk;
import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.RootDisk;
import dev.isobar.apis.compute.UserDataSource.Compression;
import dev.isobar.apis.schema.Size;
import dev.isobar.provider.external.CreationToken;
import dev.isobar.provider.external.Offer;
import dev.isobar.provider.external.Order;
import dev.isobar.provider.external.SecretBytes;
import dev.isobar.provider.external.Subject;
import dev.isobar.provider.external.Wishes;
import dev.isobar.provider.openstack.rest.Trouble;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServerRequestTest {
  private static final Subject SUBJECT =
      new Subject("uid", "lab", "one", Optional.empty(), Map.of());

  private static InstanceParameters with(
      Optional<RootDisk> root, List<InstanceDisk> disks, CapacityChoice capacity) {
    InstanceParameters plain = Wishes.machine("m1.tiny", "image-1");
    return new InstanceParameters(
        plain.machineType(),
        plain.image(),
        root,
        disks,
        plain.networkInterfaces(),
        plain.fabric(),
        plain.zones(),
        plain.placement(),
        capacity,
        plain.sshKey(),
        plain.userData(),
        plain.metadataService(),
        plain.tags(),
        plain.deletionProtection(),
        plain.powerState(),
        plain.providerSpecific());
  }

  private static CapacityChoice paid(CapacityChoice.Model model, String reservation) {
    return new CapacityChoice(model, Optional.empty(), Optional.ofNullable(reservation));
  }

  private static Map<String, Object> body(InstanceParameters wanted) {
    var order =
        new Order(
            SUBJECT,
            CreationToken.of("uid", 1),
            new Offer("m1.tiny", Optional.empty()),
            wanted,
            Optional.empty(),
            Optional.empty());
    return new ServerRequest(
            order,
            Servers.flavor("m1.tiny", Map.of()),
            "image-1",
            List.of(),
            Optional.of("group-1"),
            Optional.empty(),
            Optional.empty())
        .body();
  }

  private static Object disks(InstanceParameters wanted) {
    return ((Map<?, ?>) body(wanted).get("server")).get("block_device_mapping_v2");
  }

  private static InstanceDisk disk(String name, boolean local) {
    return new InstanceDisk(
        name,
        new Size("1500Mi"),
        Optional.of("ssd").filter(_ -> !local),
        local,
        false,
        Optional.empty());
  }

  @Test
  void aRootDiskOfItsOwnIsAVolumeOfTheImage() {
    var root =
        new RootDisk(
            new Size("20Gi"),
            Optional.of("ssd"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            true);
    InstanceParameters wanted =
        with(Optional.of(root), List.of(), paid(CapacityChoice.Model.OnDemand, null));
    assertThat(disks(wanted))
        .isEqualTo(
            List.of(
                Map.of(
                    "boot_index", 0,
                    "source_type", "image",
                    "destination_type", "volume",
                    "uuid", "image-1",
                    "volume_size", 20L,
                    "volume_type", "ssd",
                    "delete_on_termination", true)));
    assertThat(((Map<?, ?>) body(wanted).get("server")).containsKey("imageRef"))
        .as("Nova takes either this or that")
        .isFalse();
  }

  @Test
  void furtherDisksWantTheImageAmongThem() {
    InstanceParameters wanted =
        with(
            Optional.empty(),
            List.of(disk("scratch", true), disk("keep", false)),
            paid(CapacityChoice.Model.OnDemand, null));
    assertThat(disks(wanted))
        .isEqualTo(
            List.of(
                Map.of(
                    "boot_index", 0,
                    "source_type", "image",
                    "destination_type", "local",
                    "uuid", "image-1",
                    "delete_on_termination", true),
                Map.of(
                    "boot_index",
                    -1,
                    "source_type",
                    "blank",
                    "destination_type",
                    "local",
                    "volume_size",
                    2L,
                    "tag",
                    "scratch",
                    "delete_on_termination",
                    true),
                Map.of(
                    "boot_index", -1,
                    "source_type", "blank",
                    "destination_type", "volume",
                    "volume_size", 2L,
                    "volume_type", "ssd",
                    "tag", "keep",
                    "delete_on_termination", false)));
  }

  @Test
  void aReservationIsAHint() {
    assertThat(
            body(with(Optional.empty(), List.of(), paid(CapacityChoice.Model.Reserved, "lease-1")))
                .get("os:scheduler_hints"))
        .isEqualTo(Map.of("group", "group-1", "reservation", "lease-1"));
  }

  @Test
  void whatOnlyEc2HasIsRefused() {
    assertThatThrownBy(() ->
            Wish.check(with(Optional.empty(), List.of(), paid(CapacityChoice.Model.Spot, null))))
        .hasMessageContaining(
            "spec.forProvider.capacity.model Spot is for EC2; use OnDemand or Reserved");
  }

  /** Of base64 there are 65,535 characters, so the last whole group ends at 49,149 bytes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          49149 | None | 65532                                                                                                                  | the most there can be
          49150 | None | spec.forProvider.userData: 49150 bytes are over Nova's limit of 48 KiB; set compression: Gzip, or let the machine fetch the rest itself | a byte more
          60000 | Gzip | spec.forProvider.userData: (more) bytes after compression are over Nova's limit of 48 KiB; let the machine fetch the rest itself | what does not compress
          """)
  void userDataOverNovasLimitIsRefused(int size, Compression compression, String end, String why) {
    byte[] noise = new byte[size];
    new Random(1).nextBytes(noise);
    assertThat(sent(new SecretBytes(noise), compression)).as(why).isEqualTo(end);
  }

  private static String sent(SecretBytes data, Compression compression) {
    try {
      return String.valueOf(UserDataText.of(data, compression).length());
    } catch (Trouble refused) {
      return refused.failure().words().text().replaceFirst("6[0-9]{4} bytes", "(more) bytes");
    }
  }

  @Test
  void userDataIsCompressedAlwaysAlike() throws IOException {
    var secret = new SecretBytes("x".repeat(100_000).getBytes(StandardCharsets.UTF_8));
    String text = UserDataText.of(secret, Compression.Gzip);
    assertThat(text).isEqualTo(UserDataText.of(secret, Compression.Gzip)).hasSizeLessThan(1000);
    try (var plain =
        new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(text)))) {
      assertThat(plain.readAllBytes()).isEqualTo(secret.bytes());
    }
  }
}
