package dev.isobar.e2e.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.input.Flavour;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.e2e.provider.BootstrapText;
import dev.isobar.e2e.provider.CloudAccess;
import dev.isobar.e2e.provider.GpuCloud;
import dev.isobar.e2e.provider.GpuPool;
import dev.isobar.e2e.provider.GpuPoolLife;
import dev.isobar.e2e.provider.InfraCluster;
import dev.isobar.e2e.provider.Latecomer;
import dev.isobar.e2e.provider.LoneMachines;
import dev.isobar.e2e.provider.Place;
import dev.isobar.provider.external.Subject;
import dev.isobar.testbed.controller.Controller;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.plane.ControlPlane;
import dev.isobar.testbed.plane.Options;
import dev.isobar.testbed.workload.WorkloadCluster;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceAttributeName;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/**
 * GPU nodes on an EC2 of its own, which shows new machines late, in the network of an AWSCluster:
 * machines one by one and a node that never comes beside them, then a MachineDeployment of Spot.
 */
@OnControlPlane
@Order(4)
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
final class Ec2GpuNodesTest {
  private static final String NEAR = AwsInfraCluster.FIRST_ZONE;
  private static final String FAR = AwsInfraCluster.SECOND_ZONE;

  /** The type of the machines that come and go beside the others. */
  private static final String LATE = "t3.small";

  private static final Map<String, List<String>> ANY = Map.of("machineTypes", List.of("t3.micro"));

  private final ControlPlane plane =
      Planes.own("gpu-ec2", Options.of(Flavour.CLAIMS)).with(Controller.CORE);
  private final WorkloadCluster workload = plane.startWorkloadCluster();
  private final Moto moto = new Moto();

  @AfterAll
  void end() {
    moto.cloud.server().close();
    workload.close();
    plane.close();
  }

  /** Before the pool, whose life takes the API with it. */
  @Test
  @Order(1)
  void machinesFindCapacityAndPlaceAndHaveAllTheirData() {
    try (var machines =
            new LoneMachines(plane, workload, moto, moto.infrastructure(), "gpu-ec2-alone");
        var beside = Executors.newVirtualThreadPerTaskExecutor()) {
      Latecomer latecomer = machines.latecomer(LATE);
      var replaced = CompletableFuture.runAsync(latecomer::isReplaced, beside);
      takeWhatThereIs(machines);
      arePaidForAndPlaced(machines);
      haveAllTheirData(machines);
      replaced.join();
      latecomer.goes();
      machines.go();
    }
  }

  /** EC2 has one of the first type in each zone; every machine finds by itself what is left. */
  private void takeWhatThereIs(LoneMachines machines) {
    moto.cloud
        .server()
        .behave("{\"capacity\": {\"g6.xlarge@%s\": 1, \"g6.xlarge@%s\": 1}}".formatted(NEAR, FAR));
    Map<String, List<String>> either =
        Map.of(
            "machineTypes", List.of("g6.xlarge", "g5.xlarge"),
            "zones", List.of(FAR, NEAR));
    List<String> three = List.of("first", "second", "third");
    three.forEach(name -> machines.make(name, either));
    assertThat(three.stream().map(name -> found(machines.runs(name))).toList())
        .as("what three machines found")
        .containsExactlyInAnyOrder(
            "g6.xlarge in " + FAR, "g6.xlarge in " + NEAR, "g5.xlarge in " + FAR);
    machines.make("told", either, Map.of("failureDomain", NEAR));
    assertThat(found(machines.runs("told")))
        .as("what is left in the zone that Cluster API gives")
        .isEqualTo("g5.xlarge in " + NEAR);
    moto.cloud.server().behave("{\"capacity\": {}}");
  }

  /** The type and zone of a machine by EC2's account and its own; it is in that zone's subnet. */
  private String found(Tree machine) {
    Instance shown = shown(machine);
    String zone = shown.placement().availabilityZone();
    assertThat(moto.interfaces(shown.instanceId()))
        .as("interfaces of a machine in %s", zone)
        .isEqualTo(List.of(moto.infrastructure.home(zone)));
    String found = shown.instanceTypeAsString() + " in " + zone;
    assertThat(told(machine, "machineType") + " in " + told(machine, "failureDomain"))
        .as("what the GpuMachine says")
        .isEqualTo(found);
    return found;
  }

  private static String told(Tree machine, String field) {
    return machine.at("status", field).text().orElse("none");
  }

  private Instance shown(Tree machine) {
    return moto.cloud
        .operator()
        .describeInstances(request -> request.instanceIds(LoneMachines.id(machine)))
        .reservations()
        .getFirst()
        .instances()
        .getFirst();
  }

  /** From a block with room for one, in a placement group; from a reservation; in no group. */
  private void arePaidForAndPlaced(LoneMachines machines) {
    var _ =
        moto.cloud
            .operator()
            .createPlacementGroup(request -> request.groupName("ring").strategy("cluster"));
    String block = reservation("p5.48xlarge");
    Map<String, Object> fromBlock =
        Map.of(
            "machineTypes", List.of("p5.48xlarge"),
            "zones", List.of(NEAR),
            "capacity", Map.of("model", "Block", "reservationId", block),
            "placementGroup", "ring");
    machines.make("block", fromBlock);
    assertThat(terms(machines.runs("block"))).isEqualTo(List.of("capacity-block", block, "ring"));
    machines.make("late", fromBlock);
    String reserved = reservation("g5.xlarge");
    machines.make(
        "reserved",
        Map.of(
            "machineTypes", List.of("g5.xlarge"),
            "zones", List.of(NEAR),
            "capacity", Map.of("model", "Reserved", "reservationId", reserved)));
    assertThat(terms(machines.runs("reserved"))).isEqualTo(List.of("none", reserved, ""));
    assertThat(machines.refused("late", "InsufficientCapacity"))
        .contains("The requested reservation does not have sufficient available capacity.");
    machines.make(
        "nowhere", Map.of("machineTypes", List.of("t3.micro"), "placementGroup", "no-such"));
    assertThat(machines.refused("nowhere", "InvalidConfiguration"))
        .contains("The Placement Group 'no-such' is unknown.");
  }

  /** Capacity for one machine. */
  private String reservation(String type) {
    return moto.cloud
        .operator()
        .createCapacityReservation(request ->
            request
                .instanceType(type)
                .instancePlatform("Linux/UNIX")
                .availabilityZone(NEAR)
                .instanceCount(1))
        .capacityReservation()
        .capacityReservationId();
  }

  /** Its market, where that is not the usual one, its reservation and its placement group. */
  private List<String> terms(Tree machine) {
    Instance shown = shown(machine);
    return List.of(
        Optional.ofNullable(shown.instanceLifecycleAsString()).orElse("none"),
        Optional.ofNullable(shown.capacityReservationId()).orElse("none"),
        Optional.ofNullable(shown.placement().groupName()).orElse(""));
  }

  /** What fits when it is compressed arrives whole; of what does not, nothing is made. */
  private void haveAllTheirData(LoneMachines machines) {
    machines.make("long", ANY, machines.data("long", BootstrapText.LONG));
    String id = LoneMachines.id(machines.runs("long"));
    String given =
        moto.cloud
            .operator()
            .describeInstanceAttribute(
                request -> request.instanceId(id).attribute(InstanceAttributeName.USER_DATA))
            .userData()
            .value();
    assertThat(BootstrapText.unpacked(given)).isEqualTo(BootstrapText.LONG);
    Set<String> before = moto.machinesButLate();
    machines.make("too-long", ANY, machines.data("too-long", BootstrapText.INCOMPRESSIBLE));
    String words = machines.refused("too-long", "InvalidConfiguration");
    assertThat(words.replaceAll("\\d+ bytes", "N bytes"))
        .isEqualTo(
            "False/InvalidConfiguration: create failed: spec.forProvider.userData: N bytes when"
                + " compressed, and EC2 takes 16384; let the machine fetch the rest from elsewhere"
                + " (next try within a minute)");
    assertThat(moto.machinesButLate()).isEqualTo(before);
  }

  @Test
  @Order(2)
  void aPoolGrowsHealsRollsAndGoesAfterItsCluster() {
    GpuPoolLife.plays(plane, workload, moto, "gpu-ec2");
    Ec2Client ec2 = moto.cloud.operator();
    assertThat(ec2.describeVolumes().volumes()).as("volumes").isEmpty();
    assertThat(ec2.describeNetworkInterfaces().networkInterfaces()).as("interfaces").isEmpty();
  }

  /** An account with nothing in it but the network of a cluster. */
  private static final class Moto implements GpuCloud {
    private final StandInEc2 cloud = StandInEc2.own();
    private final AwsInfraCluster infrastructure = new AwsInfraCluster(cloud.operator());

    Moto() {
      cloud.server().behave("{\"invisible\": 2}");
    }

    @Override
    public GpuPool.Machines open(Kubernetes kubernetes, String namespace) {
      String address = cloud.server().address().toString();
      var _ =
          CloudAccess.ec2(StandInEc2.REGION, address, "gpu").config(kubernetes, namespace, "aws");
      return new GpuPool.Machines(
          "aws", "t3.micro", cloud.image("gpu"), AwsInfraCluster.ZONES, "Spot");
    }

    @Override
    public InfraCluster infrastructure() {
      return infrastructure;
    }

    @Override
    public Place home(Tree told) {
      return infrastructure.home(AwsInfraCluster.ZONES.getFirst());
    }

    @Override
    public List<Place> interfaces(String id) {
      return cloud
          .operator()
          .describeInstances(request -> request.instanceIds(id))
          .reservations()
          .getFirst()
          .instances()
          .getFirst()
          .networkInterfaces()
          .stream()
          .map(one ->
              new Place(
                  one.vpcId(),
                  one.subnetId(),
                  one.groups().stream().map(GroupIdentifier::groupId).collect(Collectors.toSet())))
          .toList();
    }

    /** EC2 shows what is gone for an hour, moto for ever. */
    @Override
    public Set<String> machines() {
      return machines(_ -> true);
    }

    private Set<String> machines(Predicate<Instance> which) {
      return cloud.operator().describeInstances().reservations().stream()
          .flatMap(reservation -> reservation.instances().stream())
          .filter(one -> one.state().name() != InstanceStateName.TERMINATED)
          .filter(which)
          .map(Instance::instanceId)
          .collect(Collectors.toSet());
    }

    Set<String> machinesButLate() {
      return machines(one -> !LATE.equals(one.instanceTypeAsString()));
    }

    @Override
    public Optional<Consumer<String>> warning() {
      return Optional.of(id -> cloud.server().behave("{\"marked\": [\"" + id + "\"]}"));
    }

    @Override
    public void vanish(Subject subject, String id) {
      cloud.operator().terminateInstances(request -> request.instanceIds(id));
    }
  }
}
