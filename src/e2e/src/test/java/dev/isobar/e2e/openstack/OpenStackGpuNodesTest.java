package dev.isobar.e2e.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.input.Flavour;
import dev.isobar.e2e.plane.Alone;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.e2e.provider.BootstrapText;
import dev.isobar.e2e.provider.CloudAccess;
import dev.isobar.e2e.provider.GpuCloud;
import dev.isobar.e2e.provider.GpuPool;
import dev.isobar.e2e.provider.GpuPoolLife;
import dev.isobar.e2e.provider.InfraCluster;
import dev.isobar.e2e.provider.LoneMachines;
import dev.isobar.e2e.provider.Place;
import dev.isobar.e2e.provider.TestInfraCluster;
import dev.isobar.provider.external.Effect;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * GPU nodes on the real Nova: machines one by one, then a MachineDeployment, in a network that
 * Cluster API's OpenStack provider makes in the real Neutron and takes away again.
 */
@OnControlPlane
@OnOpenStack
@ResourceLock(Alone.OPENSTACK)
@Order(4)
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
final class OpenStackGpuNodesTest {
  private static final Map<String, List<String>> TINY = Map.of("machineTypes", List.of("m1.tiny"));

  private final ControlPlane plane =
      Planes.own("gpu-nova", Options.of(Flavour.CLAIMS).withoutAmazon())
          .with(Controller.CORE, Controller.OPENSTACK);
  private final WorkloadCluster workload = plane.startWorkloadCluster();
  private final OpenStackReading project = new OpenStackReading(Lab.cloud(), "lab");
  private final OpenStackReading everything = new OpenStackReading(Lab.cloud(), "admin");

  @AfterAll
  void end() {
    workload.close();
    plane.close();
  }

  /** In the project's own network, and before the pool, whose life takes the API with it. */
  @Test
  @Order(1)
  void machinesHaveAllTheirDataAndStandApart() {
    List<String> before = project.wires();
    try (var machines =
        new LoneMachines(
            plane, workload, new Nova(project), new TestInfraCluster(), "gpu-nova-alone")) {
      haveAllTheirData(machines);
      standApart(machines);
      machines.go();
    }
    assertThat(project.wires()).as("networks and what is in them").isSubsetOf(before);
  }

  /** What fits when it is compressed arrives whole; of what does not, not even a port is made. */
  private void haveAllTheirData(LoneMachines machines) {
    machines.make("long", TINY, machines.data("long", BootstrapText.LONG));
    Tree shown = everything.server(LoneMachines.id(machines.runs("long")));
    String given = shown.at("OS-EXT-SRV-ATTR:user_data").text().orElse("");
    assertThat(BootstrapText.unpacked(given)).isEqualTo(BootstrapText.LONG);
    Set<String> servers = Lab.servers();
    List<String> wires = project.wires();
    machines.make("too-long", TINY, machines.data("too-long", BootstrapText.INCOMPRESSIBLE));
    String words = machines.refused("too-long", "InvalidConfiguration");
    assertThat(words.replaceAll("\\d+ bytes", "N bytes"))
        .isEqualTo(
            "False/InvalidConfiguration: create failed: spec.forProvider.userData: N bytes after"
                + " compression are over Nova's limit of 48 KiB; let the machine fetch the rest"
                + " itself (next try within a minute)");
    assertThat(Lab.servers()).isEqualTo(servers);
    assertThat(project.wires()).containsExactlyInAnyOrderElementsOf(wires);
  }

  /** Two of a server group, which must not share a host; this cloud has one. */
  private void standApart(LoneMachines machines) {
    String group = project.apart("gpu-nova-apart");
    Map<String, Object> grouped =
        Map.of("machineTypes", List.of("m1.tiny"), "placementGroup", "gpu-nova-apart");
    machines.make("here", grouped);
    String id = LoneMachines.id(machines.runs("here"));
    assertThat(everything.server(id).at("server_groups").plain()).isEqualTo(List.of(group));
    machines.make("elsewhere", grouped);
    assertThat(machines.refused("elsewhere", "InsufficientCapacity"))
        .contains("No valid host was found");
  }

  @Test
  @Order(2)
  void aPoolGrowsHealsRollsAndGoesAfterItsCluster() {
    List<String> before = project.wires();
    GpuPoolLife.plays(plane, workload, new Nova(project), "gpu-nova");
    assertThat(project.wires())
        .as("networks and what is in them, of which none is the cluster's any more")
        .isSubsetOf(before);
  }

  /**
   * Project lab. It has GPUs for one machine: the others fail late, and are of the next type.
   *
   * @param project the same, as Neutron tells of it
   */
  private record Nova(OpenStackReading project) implements GpuCloud {
    @Override
    public GpuPool.Machines open(Kubernetes kubernetes, String namespace) {
      var _ =
          CloudAccess.openStack(Lab.cloud().cloudsYaml(), "lab")
              .config(kubernetes, namespace, "lab");
      return new GpuPool.Machines(
          "lab", "g8.h100, m1.tiny", Lab.cloud().id("image"), List.of(), "OnDemand");
    }

    @Override
    public InfraCluster infrastructure() {
      return new OpenStackInfraCluster("lab");
    }

    @Override
    public Place home(Tree infrastructure) {
      Tree status = infrastructure.at("status");
      Tree network = status.at("network");
      return new Place(
          text(network.at("id")),
          ids(network.at("subnets"), "id").collect(Collectors.joining(" ")),
          Set.of(text(status.at("workerSecurityGroup", "id"))));
    }

    @Override
    public List<Place> interfaces(String id) {
      return project.ports().stream()
          .filter(port -> port.at("device_id").text().equals(Optional.of(id)))
          .map(port ->
              new Place(
                  text(port.at("network_id")),
                  ids(port.at("fixed_ips"), "subnet_id").collect(Collectors.joining(" ")),
                  port.at("security_groups").items().stream()
                      .map(Nova::text)
                      .collect(Collectors.toSet())))
          .toList();
    }

    private static Stream<String> ids(Tree list, String field) {
      return list.items().stream().map(one -> text(one.at(field)));
    }

    private static String text(Tree tree) {
      return tree.text().orElse("none");
    }

    @Override
    public Set<String> machines() {
      return Lab.servers();
    }

    @Override
    public void vanish(Subject subject, String id) {
      assertThat(Lab.machines().delete(subject, id)).isEqualTo(new Effect.Accepted());
    }
  }
}
