package dev.isobar.e2e.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.input.Flavour;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.e2e.provider.CloudAccess;
import dev.isobar.e2e.provider.GpuCloud;
import dev.isobar.e2e.provider.GpuPool;
import dev.isobar.e2e.provider.GpuPoolLife;
import dev.isobar.e2e.provider.InfraCluster;
import dev.isobar.e2e.provider.Place;
import dev.isobar.provider.external.Subject;
import dev.isobar.testbed.controller.Controller;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.plane.ControlPlane;
import dev.isobar.testbed.plane.Options;
import dev.isobar.testbed.workload.WorkloadCluster;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/**
 * A MachineDeployment of Spot GPU nodes on an EC2 of its own, which shows new machines late, in the
 * network of an AWSCluster.
 */
@OnControlPlane
@Order(4)
final class Ec2GpuNodesTest {
  private final ControlPlane plane =
      Planes.own("gpu-ec2", Options.of(Flavour.CLAIMS)).with(Controller.CORE);
  private final WorkloadCluster workload = plane.startWorkloadCluster();
  private final Moto moto = new Moto();

  @AfterEach
  void end() {
    moto.cloud.server().close();
    workload.close();
    plane.close();
  }

  @Test
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
      return infrastructure.home();
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
      return cloud.operator().describeInstances().reservations().stream()
          .flatMap(reservation -> reservation.instances().stream())
          .filter(one -> one.state().name() != InstanceStateName.TERMINATED)
          .map(Instance::instanceId)
          .collect(Collectors.toSet());
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
