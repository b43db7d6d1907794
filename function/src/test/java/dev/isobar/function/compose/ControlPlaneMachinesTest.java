package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.contract.Condition;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Machine types of the control plane: their size, and the zones that have them. */
final class ControlPlaneMachinesTest {
  private static final String TYPES =
      """
      machineTypes:
      - {name: m1.large, cpu: 8, memory: 32Gi, disk: 40Gi}
      - {name: m1.small, cpu: 2, memory: 4Gi, disk: 40Gi}
      - {name: m1.tiny, cpu: 1, memory: 512Mi, disk: 40Gi}
      - {name: m1.slow, cpu: 1, disk: 40Gi}
      - {name: m1.narrow, cpu: 2, memory: 1699Mi, disk: 40Gi}
      - {name: m1.none, memory: 0Gi, disk: 40Gi}
      - {name: m1.here, cpu: 4, memory: 8Gi, disk: 40Gi, zones: [az1]}
      - {name: m1.nowhere, cpu: 4, memory: 8Gi, disk: 40Gi, zones: [az3]}
      """;

  record Row(String reason, String head, String sentence) {}

  private static Row small(String type, String has) {
    return new Row(
        has,
        "{machineType: " + type + "}",
        "spec.controlPlane.machineType: machine type "
            + type
            + " has "
            + has
            + ", and kubeadm makes no control plane on less than 2 CPUs and 1700Mi; choose a larger"
            + " one, for example m1.small");
  }

  static Stream<Row> refused() {
    return Stream.of(
        small("m1.tiny", "1 CPU and 512Mi of memory"),
        small("m1.slow", "1 CPU"),
        small("m1.narrow", "2 CPUs and 1699Mi of memory"),
        new Row(
            "a zone without the type",
            "{machineType: m1.here, zones: [az2, az1]}",
            "spec.controlPlane.machineType: machine type m1.here does not exist in zone az2; it"
                + " exists in az1"),
        new Row(
            "no zone with the type",
            "{machineType: m1.nowhere}",
            "spec.controlPlane.machineType: machine type m1.nowhere exists in az3, and Cloud wekeo"
                + " has az1, az2; choose another machine type, or have the platform team mend the"
                + " zones of the Cloud"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void isRefused(Row row) {
    assertThat(ManagementCluster.with("controlPlane: " + row.head).cloud(TYPES).refusals())
        .as(row.reason)
        .containsExactly(row.sentence);
  }

  record Zones(String reason, String head, List<String> zones) {}

  static Stream<Zones> zones() {
    return Stream.of(
        new Zones("a type of all zones", "{machineType: m1.large}", List.of("az1", "az2")),
        new Zones(
            "memory of nothing is not known", "{machineType: m1.none}", List.of("az1", "az2")),
        new Zones("a type of one", "{machineType: m1.here}", List.of("az1")),
        new Zones("those named", "{machineType: m1.large, zones: [az2]}", List.of("az2")));
  }

  @ParameterizedTest
  @MethodSource("zones")
  void liesInTheZonesThatHaveIt(Zones row) {
    assertThat(zones(ManagementCluster.with("controlPlane: " + row.head).cloud(TYPES)))
        .as(row.reason)
        .isEqualTo(row.zones);
  }

  @Test
  void aNewTypeLeavesTheZonesThatDoNotHaveIt() {
    ManagementCluster cluster = ManagementCluster.with("{}").cloud(TYPES);
    cluster.settle();
    cluster.cloud("zones: [az1, az2, az4]");
    assertThat(zones(cluster)).containsExactly("az1", "az2");
    assertThat(zones(cluster.claim("controlPlane: {machineType: m1.here}"))).containsExactly("az1");
  }

  record Whim(String reason, String cloud, String gap) {}

  static Stream<Whim> whims() {
    String known =
        "Cloud wekeo is known and may be used, but lacks what the cluster uses, which goes on and"
            + " cannot be made again: the control plane: %s; the platform team must bring it back,"
            + " or the app team move to something else";
    return Stream.of(
        new Whim(
            "its zones have gone",
            "zones: [az2]",
            known.formatted("Cloud wekeo has no zone \"az1\"")),
        new Whim(
            "its machine type has gone from a zone",
            "machineTypes: [{name: m1.large, cpu: 8, memory: 32Gi, disk: 40Gi, zones: [az2]}]",
            known.formatted("machine type m1.large does not exist in zone az1")));
  }

  @ParameterizedTest
  @MethodSource("whims")
  void whatTheCloudTakesAwayIsToldAndKept(Whim row) {
    ManagementCluster cluster = ManagementCluster.with("{}");
    cluster.settle();
    cluster.cloud(row.cloud);
    assertThat(zones(cluster)).as(row.reason).containsExactly("az1", "az2");
    assertThat(
            cluster.composed().conditions().stream()
                .filter(one -> one.type().equals("CloudResolved"))
                .map(Condition::message))
        .as(row.reason)
        .containsExactly(row.gap);
  }

  @Test
  void aTypeThatIsSaidToHaveShrunkIsLeftUntilMachinesAreReplaced() {
    ManagementCluster cluster = ManagementCluster.with("{}");
    cluster.settle();
    cluster.cloud("machineTypes: [{name: m1.large, cpu: 1, memory: 32Gi, disk: 40Gi}]");
    assertThat(cluster.refusals()).isEmpty();
    assertThat(cluster.claim("controlPlane: {serverGroup: apart}").refusals()).hasSize(1);
  }

  private static List<String> zones(ManagementCluster cluster) {
    return Optional.ofNullable(cluster.composed().resources().get("infrastructure"))
        .map(one -> Tree.of(one.object()).at("spec", "controlPlaneAvailabilityZones"))
        .orElseGet(Tree::absent)
        .items()
        .stream()
        .flatMap(zone -> zone.text().stream())
        .toList();
  }
}
