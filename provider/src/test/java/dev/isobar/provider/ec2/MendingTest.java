package dev.isobar.provider.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.Fabric;
import dev.isobar.apis.compute.InstanceObservation.Deviation;
import dev.isobar.apis.compute.NetworkInterface.Acceleration;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Subject;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterface;

/** Which things get the tags of a spec, and whose they are afterwards. */
final class MendingTest {
  private static final String OF_FORMER =
      "<tagSet><item><key>isobar-uid</key><value>former</value></item></tagSet>";
  private static final List<Deviation> TAGS = List.of(new Deviation(Drift.TAGS, "", "", true));

  private final QueryServer server = new QueryServer();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Ec2Client client =
      Ec2Client.builder()
          .endpointOverride(server.address())
          .region(Region.US_EAST_1)
          .credentialsProvider(AnonymousCredentialsProvider.create())
          .build();
  private final InstantSource clock = InstantSource.system();
  private final Ec2Calls calls =
      new Ec2Calls(client, client, new Ec2Failures(List.of(), _ -> ""), timer, clock);
  private final Mending mending =
      new Mending(
          calls,
          new Ec2Names(calls, clock),
          new Protection(calls, clock),
          new PublicAddresses(calls),
          new KeyPairs(calls));

  @BeforeEach
  void serve() {
    server.on("CreateTags", _ -> "<return>true</return>");
    server.on("DeleteTags", _ -> "<return>true</return>");
  }

  @AfterEach
  void end() {
    client.close();
    timer.shutdownNow();
    server.close();
  }

  private static InstanceBlockDeviceMapping disk(String device, String id) {
    return InstanceBlockDeviceMapping.builder()
        .deviceName(device)
        .ebs(ebs -> ebs.volumeId(id))
        .build();
  }

  private static InstanceNetworkInterface fabric(String id, int card, int device) {
    return Instances.nic(id, card, device, "").toBuilder().interfaceType("efa-only").build();
  }

  /** A node of a cluster: what drivers attached is among its own. */
  private static Instance node() {
    return Instances.running(instance ->
        instance
            .blockDeviceMappings(
                disk("/dev/xvda", "vol-root"),
                disk("/dev/sdf", "vol-first"),
                disk("/dev/xvdaa", "vol-claimed"))
            .networkInterfaces(
                Instances.nic("eni-0", 0, 0, "10.0.0.5"),
                Instances.nic("eni-1", 0, 1, "10.0.0.6"),
                fabric("eni-efa", 1, 1),
                Instances.nic("eni-pods", 2, 1, "10.0.0.7")));
  }

  static Stream<Arguments> rows() {
    return Stream.of(
        row("EC2 gives a root disk and one interface unasked", _ -> {}, "vol-root", "eni-0"),
        row(
            "the first disk of a spec is at /dev/sdf",
            wish -> wish.disks.add(Wish.disk("data", "1Ti")),
            "vol-root",
            "vol-first",
            "eni-0"),
        row(
            "interfaces are on card 0 in the order of the spec",
            wish -> {
              wish.interfaces.add(Wish.nic("main", Acceleration.None, false));
              wish.interfaces.add(Wish.nic("data", Acceleration.None, false));
            },
            "vol-root",
            "eni-0",
            "eni-1"),
        row(
            "interfaces of a fabric are of a kind of their own",
            wish -> wish.fabric = Optional.of(new Fabric(1, Optional.empty(), List.of())),
            "vol-root",
            "eni-0",
            "eni-efa"));
  }

  private static Arguments row(String reason, Consumer<Wish> saying, String... made) {
    return Arguments.of(reason, saying, Stream.concat(Stream.of("i-1"), Stream.of(made)).toList());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void whatOthersAttachedIsLeftAlone(String reason, Consumer<Wish> saying, List<String> things) {
    Wish wish = Wish.machine();
    saying.accept(wish);
    wish.tags.put("team", "eo");
    assertThat(mended(Wish.SUBJECT, wish, node())).as(reason).isEqualTo(new Effect.Accepted());
    assertThat(things("CreateTags")).as(reason).containsExactly(things);
    Wish less = Wish.machine();
    saying.accept(less);
    Instance tagged = node().toBuilder().tags(InstanceTags.of(tags(wish))).build();
    assertThat(mended(Wish.SUBJECT, less, tagged)).as(reason).isEqualTo(new Effect.Accepted());
    assertThat(things("DeleteTags")).as(reason).containsExactly(things);
  }

  private static Map<String, String> tags(Wish wish) {
    return InstanceTags.atCreation(Wish.SUBJECT, wish.parameters());
  }

  private Effect mended(Subject subject, Wish wish, Instance instance) {
    return mending.mend(
        subject, wish.parameters(), instance.instanceId(), InstanceTraits.of(instance), TAGS);
  }

  /** Of each request the ids it named. */
  private List<List<String>> things(String action) {
    return server.asked(action).stream()
        .map(request ->
            Stream.iterate(1, number -> number + 1)
                .map(number -> request.getOrDefault("ResourceId." + number, ""))
                .takeWhile(id -> !id.isEmpty())
                .toList())
        .toList();
  }

  private static Instance former() {
    Map<String, String> tags = new TreeMap<>(tags(Wish.machine()));
    tags.put(Subject.UID_TAG, "former");
    return Instances.running(instance -> instance.tags(InstanceTags.of(tags)));
  }

  private static String address(String id, String machine) {
    return "<item><allocationId>%s</allocationId>%s%s</item>"
        .formatted(
            id,
            OF_FORMER,
            machine.isEmpty()
                ? ""
                : "<associationId>eipassoc-1</associationId><instanceId>%s</instanceId>"
                    .formatted(machine));
  }

  private void serveBelongings() {
    server.on(
        "DescribeAddresses",
        request ->
            request.containsValue("former")
                ? "<addressesSet>%s%s%s</addressesSet>"
                    .formatted(
                        address("eipalloc-used", "i-1"),
                        address("eipalloc-idle", ""),
                        address("eipalloc-other", "i-2"))
                : "<addressesSet/>");
    server.on(
        "DescribeKeyPairs",
        request ->
            request.containsValue("former")
                ? "<keySet><item><keyPairId>key-1</keyPairId>"
                    + OF_FORMER
                    + "</item><item><keyPairId>key-of-others</keyPairId></item></keySet>"
                : "<keySet/>");
  }

  /** Its Instance is gone, or nobody would come here; with it everything would stay for ever. */
  @Test
  void aMachineThatIsTakenBackIsMarkedAnewWithAllThatWasMadeForIt() {
    serveBelongings();
    assertThat(mended(Wish.SUBJECT, Wish.machine(), former())).isEqualTo(new Effect.Accepted());
    assertThat(things("CreateTags"))
        .as("the machine is last: as long as it has the former mark the others are looked for")
        .containsExactly(
            List.of("eipalloc-used", "eipalloc-idle", "key-1"), List.of("i-1", "vol-1", "eni-1"));
    assertThat(server.asked("CreateTags"))
        .allSatisfy(request ->
            assertThat(request)
                .containsEntry("Tag.1.Key", Subject.UID_TAG)
                .containsEntry("Tag.1.Value", "uid-1"));
  }

  @Test
  void aMachineKeepsItsFormerMarkUntilTheOthersHaveTheNewOne() {
    serveBelongings();
    server.replyOnce("DescribeKeyPairs", QueryServer.refusal(403, "UnauthorizedOperation", "no"));
    assertThat(mended(Wish.SUBJECT, Wish.machine(), former())).isInstanceOf(Effect.Failed.class);
    assertThat(server.asked("CreateTags")).isEmpty();
  }
}
