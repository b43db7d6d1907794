package dev.isobar.provider.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.Architecture;
import dev.isobar.apis.compute.Fabric;
import dev.isobar.apis.compute.NetworkInterface.Acceleration;
import dev.isobar.provider.external.Response;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceSpecification;

final class RunInterfacesTest {
  private static TypeFacts type(int cards, int efas) {
    return new TypeFacts(
        "t",
        8,
        1024,
        Set.of(Architecture.amd64),
        Optional.empty(),
        true,
        TypeFacts.Generation.CURRENT,
        cards,
        efas);
  }

  private static Wish fabric(int each, Integer cards, Acceleration first) {
    Wish wish = Wish.machine();
    wish.interfaces.add(Wish.nic("main", first, false, "sg-1"));
    wish.fabric = Optional.of(new Fabric(each, Optional.ofNullable(cards), List.of()));
    return wish;
  }

  private static Wish plain(boolean isPublic) {
    Wish wish = Wish.machine();
    wish.interfaces.add(Wish.nic("main", Acceleration.SRIOV, isPublic, "sg-1", "sg-2"));
    return wish;
  }

  private static Wish two() {
    Wish wish = plain(true);
    wish.interfaces.add(Wish.nic("data", Acceleration.RDMA, false));
    return wish;
  }

  static Stream<Arguments> rows() {
    String main = "0.0 plain subnet-1 [sg-1]";
    String efa = " efa-only subnet-1 [sg-1]";
    return Stream.of(
        Arguments.of("nothing is said", Wish.machine(), type(1, 0), List.of()),
        Arguments.of(
            "no public address unless it is wanted, whatever the subnet does",
            plain(false),
            type(1, 0),
            List.of("0.0 plain subnet-1 [sg-1, sg-2] public=false")),
        Arguments.of(
            "a single interface gets its public address at once",
            plain(true),
            type(1, 0),
            List.of("0.0 plain subnet-1 [sg-1, sg-2] public=true")),
        Arguments.of(
            "EC2 gives several none, and RDMA is EFA",
            two(),
            type(1, 1),
            List.of("0.0 plain subnet-1 [sg-1, sg-2]", "0.1 efa subnet-1 []")),
        Arguments.of(
            "p4d: four cards, on the first beside the primary interface",
            fabric(1, null, Acceleration.None),
            type(4, 4),
            List.of(main, "0.1" + efa, "1.1" + efa, "2.1" + efa, "3.1" + efa)),
        Arguments.of(
            "p6-b300: the first card takes no part",
            fabric(1, null, Acceleration.None),
            type(4, 3),
            List.of(main, "1.1" + efa, "2.1" + efa, "3.1" + efa)),
        Arguments.of(
            "the primary interface takes one itself",
            fabric(1, null, Acceleration.RDMA),
            type(4, 4),
            List.of("0.0 efa subnet-1 [sg-1]", "1.1" + efa, "2.1" + efa, "3.1" + efa)),
        Arguments.of(
            "fewer cards than there are",
            fabric(2, 1, Acceleration.None),
            type(4, 8),
            List.of(main, "0.1" + efa, "0.2" + efa)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void interfacesAre(String reason, Wish wish, TypeFacts type, List<String> interfaces) {
    var made =
        ((Response.Answered<List<InstanceNetworkInterfaceSpecification>>)
                RunInterfaces.of(wish.plan(type)))
            .value();
    assertThat(made.stream().map(RunInterfacesTest::words).toList())
        .as(reason)
        .isEqualTo(interfaces);
    assertThat(made).allMatch(InstanceNetworkInterfaceSpecification::deleteOnTermination);
  }

  private static String words(InstanceNetworkInterfaceSpecification one) {
    return one.networkCardIndex()
        + "."
        + one.deviceIndex()
        + " "
        + (one.interfaceType() == null ? "plain" : one.interfaceType())
        + " "
        + one.subnetId()
        + " "
        + one.groups()
        + (one.associatePublicIpAddress() == null
            ? ""
            : " public=" + one.associatePublicIpAddress());
  }

  static Stream<Arguments> refusals() {
    Wish homeless = Wish.machine();
    homeless.fabric = Optional.of(new Fabric(1, Optional.empty(), List.of()));
    return Stream.of(
        Arguments.of(
            fabric(1, null, Acceleration.None),
            type(1, 0),
            "spec.forProvider.fabric: p5.48xlarge has 1 network cards and takes 0 fabric"
                + " interfaces, 0 of them are free"),
        Arguments.of(
            fabric(1, 5, Acceleration.None),
            type(4, 4),
            "spec.forProvider.fabric: p5.48xlarge has 4 network cards and takes 4 fabric"
                + " interfaces, 4 of them are free"),
        Arguments.of(
            homeless,
            type(4, 4),
            "spec.forProvider.networkInterfaces: a fabric needs a first interface with a subnet"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void whatCannotBeIsRefused(Wish wish, TypeFacts type, String words) {
    assertThat(RunInterfaces.of(wish.plan(type)))
        .isInstanceOfSatisfying(
            Response.Failed.class,
            failed ->
                assertThat(((Response.Failed<?>) failed).failure().words().text())
                    .isEqualTo(words));
  }
}
