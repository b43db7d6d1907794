package dev.isobar.provider.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.Architecture;
import dev.isobar.apis.compute.CapacityChoice;
import dev.isobar.apis.compute.CapacityChoice.Model;
import dev.isobar.apis.compute.CloudObject;
import dev.isobar.apis.compute.InstanceDisk;
import dev.isobar.apis.compute.MetadataService;
import dev.isobar.apis.compute.Placement;
import dev.isobar.apis.compute.Placement.Tenancy;
import dev.isobar.apis.compute.RootDisk;
import dev.isobar.apis.compute.SshKeyChoice;
import dev.isobar.apis.compute.UserDataSource.Compression;
import dev.isobar.apis.schema.Size;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.SecretBytes;
import dev.isobar.provider.external.Subject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Tag;

final class RunRequestTest {
  private static final TypeFacts TYPE =
      new TypeFacts(
          "p5.48xlarge",
          192,
          1,
          Set.of(Architecture.amd64),
          Optional.empty(),
          true,
          TypeFacts.Generation.CURRENT,
          1,
          0);

  private static Response<RunInstancesRequest> of(Consumer<Wish> saying) {
    Wish wish = Wish.machine();
    saying.accept(wish);
    return RunRequest.of(wish.plan(TYPE));
  }

  private static RunInstancesRequest made(Consumer<Wish> saying) {
    return ((Response.Answered<RunInstancesRequest>) of(saying)).value();
  }

  private static InstanceDisk encrypted(Optional<String> key) {
    return new InstanceDisk(
        key.orElse("secret"),
        new Size("20Gi"),
        Optional.of("gp3"),
        false,
        true,
        Optional.of(new RootDisk.Encryption(true, key)));
  }

  @Test
  void theLeastThatIsSaidStillCarriesTheMark() {
    RunInstancesRequest request = made(_ -> {});
    Map<String, String> tags =
        Map.of("Name", "lab/one", "crossplane-name", "one", Subject.UID_TAG, "uid-1");
    assertThat(request.clientToken()).isEqualTo(Wish.machine().order().token().text());
    assertThat(List.of(request.minCount(), request.maxCount())).containsExactly(1, 1);
    assertThat(request.tagSpecifications().stream().map(one -> one.resourceTypeAsString()))
        .containsExactly("instance", "volume", "network-interface");
    assertThat(request.tagSpecifications())
        .allSatisfy(one ->
            assertThat(one.tags().stream().collect(Collectors.toMap(Tag::key, Tag::value)))
                .isEqualTo(tags));
    assertThat(request.metadataOptions().httpTokensAsString()).isEqualTo("required");
    assertThat(request.userData()).isNull();
    assertThat(request.instanceMarketOptions()).isNull();
    assertThat(request.placement()).isNull();
  }

  @Test
  void theSameWishIsTheSameRequest() {
    Consumer<Wish> saying =
        wish -> {
          wish.userData = Optional.of(new SecretBytes(new byte[20_000]));
          wish.compression = Compression.Gzip;
          wish.tags.putAll(Map.of("a", "1", "b", "2"));
        };
    assertThat(made(saying)).as("a token is used once").isEqualTo(made(saying));
  }

  static Stream<Arguments> rows() {
    var group = new CloudObject(Optional.of("ring"), Optional.empty());
    return Stream.of(
        row(
            "Spot is asked once and ends with its machine",
            wish ->
                wish.capacity =
                    new CapacityChoice(Model.Spot, Optional.of("1.25"), Optional.empty()),
            request ->
                request.instanceMarketOptions().marketTypeAsString()
                    + " "
                    + request.instanceMarketOptions().spotOptions().maxPrice()
                    + " "
                    + request.instanceMarketOptions().spotOptions().spotInstanceTypeAsString()
                    + " "
                    + request.tagSpecifications().getLast().resourceTypeAsString(),
            "spot 1.25 one-time spot-instances-request"),
        row(
            "a reservation by its id",
            wish ->
                wish.capacity =
                    new CapacityChoice(Model.Reserved, Optional.empty(), Optional.of("cr-1")),
            request ->
                request.instanceMarketOptions()
                    + " "
                    + request
                        .capacityReservationSpecification()
                        .capacityReservationTarget()
                        .capacityReservationId(),
            "null cr-1"),
        row(
            "any reservation, but only one",
            wish ->
                wish.capacity =
                    new CapacityChoice(Model.Reserved, Optional.empty(), Optional.empty()),
            request ->
                request.capacityReservationSpecification().capacityReservationPreferenceAsString(),
            "capacity-reservations-only"),
        row(
            "a capacity block is a market of its own",
            wish ->
                wish.capacity =
                    new CapacityChoice(Model.Block, Optional.empty(), Optional.of("cr-2")),
            request ->
                request.instanceMarketOptions().marketTypeAsString()
                    + " "
                    + request
                        .capacityReservationSpecification()
                        .capacityReservationTarget()
                        .capacityReservationId(),
            "capacity-block cr-2"),
        row(
            "a zone without a subnet",
            wish -> wish.zone = Optional.of("us-east-1c"),
            request -> request.placement().availabilityZone(),
            "us-east-1c"),
        row(
            "a placement group, its partition and a host",
            wish ->
                wish.placement =
                    Optional.of(
                        new Placement(
                            Optional.of(group), Optional.of(3), Tenancy.Host, Optional.of("h-1"))),
            request ->
                request.placement().groupName()
                    + " "
                    + request.placement().partitionNumber()
                    + " "
                    + request.placement().tenancyAsString()
                    + " "
                    + request.placement().hostId(),
            "ring 3 host h-1"),
        row(
            "disks: sizes are rounded up, the image says where the root disk is",
            wish -> {
              wish.rootDisk =
                  Optional.of(
                      new RootDisk(
                          new Size("100G"),
                          Optional.of("gp3"),
                          Optional.of(4000),
                          Optional.of(500),
                          Optional.of(new RootDisk.Encryption(true, Optional.of("key-1"))),
                          true));
              wish.disks.add(Wish.disk("data", "1Ti"));
              wish.disks.add(Wish.disk("scratch", "10Gi"));
              wish.disks.add(encrypted(Optional.empty()));
              wish.disks.add(encrypted(Optional.of("key-2")));
            },
            request ->
                request.blockDeviceMappings().stream()
                    .map(one ->
                        "%s %d %s %s %s %s"
                            .formatted(
                                one.deviceName(),
                                one.ebs().volumeSize(),
                                one.ebs().volumeTypeAsString(),
                                one.ebs().iops(),
                                one.ebs().encrypted(),
                                one.ebs().kmsKeyId()))
                    .toList()
                    .toString(),
            "[/dev/xvda 94 gp3 4000 true key-1, /dev/sdf 1024 gp3 null null null,"
                + " /dev/sdg 10 gp3 null null null, /dev/sdh 20 gp3 null true null,"
                + " /dev/sdi 20 gp3 null true key-2]"),
        row(
            "key, role, metadata, monitoring, protection",
            wish -> {
              wish.sshKey = Optional.of(new SshKeyChoice(Optional.of("ops"), Optional.empty()));
              wish.profile = Optional.of("node");
              wish.metadata = new MetadataService(false, false, 5);
              wish.monitored = true;
              wish.isProtected = true;
            },
            request ->
                "%s %s %s %d %s %s"
                    .formatted(
                        request.keyName(),
                        request.iamInstanceProfile().name(),
                        request.metadataOptions().httpTokensAsString(),
                        request.metadataOptions().httpPutResponseHopLimit(),
                        request.monitoring().enabled(),
                        request.disableApiTermination()),
            "ops node optional 5 true true"));
  }

  private static Arguments row(
      String reason,
      Consumer<Wish> saying,
      Function<RunInstancesRequest, String> shown,
      String words) {
    return Arguments.of(reason, saying, shown, words);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void whatIsSaidIsAskedFor(
      String reason,
      Consumer<Wish> saying,
      Function<RunInstancesRequest, String> shown,
      String words) {
    assertThat(shown.apply(made(saying))).as(reason).isEqualTo(words);
  }

  @Test
  void asMuchUserDataAsEc2TakesIsSentAsItIs() {
    byte[] most = new byte[16_384];
    new Random(1).nextBytes(most);
    String sent = made(wish -> wish.userData = Optional.of(new SecretBytes(most))).userData();
    assertThat(Base64.getDecoder().decode(sent)).isEqualTo(most);
  }

  static Stream<Arguments> refusals() {
    byte[] noise = new byte[17_000];
    new Random(1).nextBytes(noise);
    return Stream.of(
        Arguments.of(
            (Consumer<Wish>) wish -> wish.userData = Optional.of(new SecretBytes(noise)),
            "spec.forProvider.userData: 17000 bytes, and EC2 takes 16384; set compression to Gzip,"
                + " or let the machine fetch the rest from elsewhere"),
        Arguments.of(
            (Consumer<Wish>)
                wish -> {
                  wish.userData = Optional.of(new SecretBytes(noise));
                  wish.compression = Compression.Gzip;
                },
            "spec.forProvider.userData: (more) bytes when compressed, and EC2 takes 16384; let the"
                + " machine fetch the rest from elsewhere"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void whatCannotBeIsRefused(Consumer<Wish> saying, String words) {
    assertThat(of(saying))
        .isInstanceOfSatisfying(
            Response.Failed.class,
            failed -> {
              Failure failure = ((Response.Failed<?>) failed).failure();
              // How much more it gets is up to the JDK's zip.
              assertThat(
                      failure.words().text().replaceFirst("[0-9]+ bytes when", "(more) bytes when"))
                  .isEqualTo(words);
              assertThat(failure).isInstanceOf(Failure.InvalidConfiguration.class);
            });
  }

  @Test
  void userDataIsCompressedOnlyWhenThatIsWished() throws IOException {
    byte[] data = "#cloud-config\n".repeat(2000).getBytes(StandardCharsets.UTF_8);
    RunInstancesRequest request =
        made(wish -> {
          wish.userData = Optional.of(new SecretBytes(data));
          wish.compression = Compression.Gzip;
        });
    byte[] sent = Base64.getDecoder().decode(request.userData());
    assertThat(new GZIPInputStream(new ByteArrayInputStream(sent)).readAllBytes()).isEqualTo(data);
    byte[] small = {35, 33};
    assertThat(
            Base64.getDecoder()
                .decode(
                    made(wish -> wish.userData = Optional.of(new SecretBytes(small))).userData()))
        .isEqualTo(small);
  }

  @Test
  void protectionAndTagsOfTheSpecAreRemembered() {
    Wish wish = Wish.machine();
    wish.isProtected = true;
    wish.tags.put("team", "eo");
    var tags = new TreeMap<>(InstanceTags.atCreation(Wish.SUBJECT, wish.parameters()));
    assertThat(tags)
        .containsKeys(InstanceTags.PROTECTED, InstanceTags.GIVEN)
        .containsEntry("team", "eo");
  }
}
