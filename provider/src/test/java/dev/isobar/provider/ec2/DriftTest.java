package dev.isobar.provider.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.CapacityChoice;
import dev.isobar.apis.compute.CloudObject;
import dev.isobar.apis.compute.InstanceParameters.PowerState;
import dev.isobar.apis.compute.MetadataService;
import dev.isobar.apis.compute.NetworkInterface;
import dev.isobar.apis.compute.NetworkInterface.Acceleration;
import dev.isobar.apis.compute.Placement;
import dev.isobar.apis.compute.SshKeyChoice;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ec2.model.Instance;

final class DriftTest {
  private static final Consumer<Instance.Builder> AS_WANTED = _ -> {};

  private static Consumer<Wish> wish(Consumer<Wish> saying) {
    return saying;
  }

  private static Arguments row(
      String reason, Consumer<Wish> saying, Consumer<Instance.Builder> change, String... words) {
    return Arguments.of(reason, saying, change, List.of(words));
  }

  static Stream<Arguments> rows() {
    return Stream.of(
        row("nothing differs", _ -> {}, AS_WANTED),
        row(
            "a tag of the spec is missing",
            wish(one -> one.tags.put("team", "eo")),
            AS_WANTED,
            "tags: {isobar-tags=" + tagHash() + ", team=eo} is {}, mended"),
        row(
            "it is on and shall be off",
            wish(one -> one.power = PowerState.Stopped),
            AS_WANTED,
            "powerState: Stopped is Running, mended"),
        row(
            "it is off and shall be on",
            _ -> {},
            instance -> instance.state(state -> state.name("stopped")),
            "powerState: Running is Stopped, mended"),
        row(
            "on the way is no deviation",
            wish(one -> one.power = PowerState.Stopped),
            instance -> instance.state(state -> state.name("stopping"))),
        row(
            "protection, metadata and monitoring",
            wish(one -> {
              one.isProtected = true;
              one.metadata = new MetadataService(false, false, 1);
              one.monitored = true;
            }),
            AS_WANTED,
            "deletionProtection: true is false, mended",
            "metadataService: requireToken false, hopLimit 1 is requireToken true, hopLimit 2,"
                + " mended",
            "providerSpecific.ec2.detailedMonitoring: true is false, mended"),
        row(
            "other security groups",
            wish(one -> one.interfaces.add(Wish.nic("main", Acceleration.None, false, "sg-2"))),
            AS_WANTED,
            "networkInterfaces[0].securityGroups: [sg-2] is [sg-1], mended"),
        row(
            "the order of groups means nothing",
            wish(one ->
                one.interfaces.add(Wish.nic("main", Acceleration.None, false, "sg-2", "sg-1"))),
            instance ->
                instance.networkInterfaces(
                    Instances.nic("eni-1", 0, 0, "10.0.0.5", "sg-1", "sg-2"))),
        row(
            "an address out of a pool comes after the launch",
            wish(one -> one.interfaces.add(pooled())),
            AS_WANTED,
            "networkInterfaces[0].publicAddress: a public address is none, mended"),
        row(
            "the cloud's own choices",
            wish(one -> one.interfaces.add(Wish.nic("main", Acceleration.None, true))),
            AS_WANTED),
        row(
            "an interface that was taken away",
            wish(one -> {
              one.interfaces.add(Wish.nic("main", Acceleration.None, false));
              one.interfaces.add(Wish.nic("data", Acceleration.None, false));
            }),
            AS_WANTED,
            "networkInterfaces[1]: data is none, not mended"),
        row(
            "what somebody else made otherwise",
            wish(one -> {
              one.type = "p4d.24xlarge";
              one.zone = Optional.of("us-east-1b");
              one.profile = Optional.of("node");
              one.sshKey = Optional.of(new SshKeyChoice(Optional.of("ops"), Optional.empty()));
              one.capacity =
                  new CapacityChoice(
                      CapacityChoice.Model.Block, Optional.empty(), Optional.of("cr-1"));
              one.placement =
                  Optional.of(
                      new Placement(
                          Optional.of(new CloudObject(Optional.of("ring"), Optional.empty())),
                          Optional.empty(),
                          Placement.Tenancy.Dedicated,
                          Optional.empty()));
            }),
            instance -> instance.imageId("ami-2"),
            "machineType: p4d.24xlarge is p5.48xlarge, not mended",
            "zones: us-east-1b is us-east-1a, not mended",
            "image.id: ami-1 is ami-2, not mended",
            "sshKey.name: ops is none, not mended",
            "providerSpecific.ec2.instanceProfile: node is none, not mended",
            "placement.group.name: ring is none, not mended",
            "placement.tenancy: dedicated is default, not mended",
            "capacity.model: Block is OnDemand, not mended",
            "capacity.reservationId: cr-1 is none, not mended"));
  }

  private static String tagHash() {
    Wish wish = Wish.machine();
    wish.tags.put("team", "eo");
    return InstanceTags.atCreation(Wish.SUBJECT, wish.parameters()).get(InstanceTags.GIVEN);
  }

  private static NetworkInterface pooled() {
    var pool = new NetworkInterface.PublicAddress(Optional.of(Wish.id("ipv4pool-ec2-1")));
    NetworkInterface plain = Wish.nic("main", Acceleration.None, false);
    return new NetworkInterface(
        plain.name(),
        plain.network(),
        plain.subnet(),
        plain.address(),
        plain.securityGroups(),
        Optional.of(pool),
        plain.acceleration());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void deviationsAre(
      String reason, Consumer<Wish> saying, Consumer<Instance.Builder> change, List<String> words) {
    Wish wish = Wish.machine();
    saying.accept(wish);
    Instance instance = Instances.running(change);
    List<List<String>> groups =
        wish.interfaces.stream()
            .map(one ->
                one.securityGroups().stream().map(group -> group.id().orElseThrow()).toList())
            .toList();
    var found =
        Drift.of(
            Wish.SUBJECT,
            wish.parameters(),
            Instances.read(instance),
            InstanceTraits.of(instance),
            false,
            groups);
    assertThat(
            found.stream()
                .map(one ->
                    "%s: %s is %s, %s"
                        .formatted(
                            one.field().replaceFirst("^spec.forProvider.", ""),
                            one.wanted(),
                            one.found(),
                            one.correctable() ? "mended" : "not mended"))
                .toList())
        .as(reason)
        .isEqualTo(words);
  }
}
