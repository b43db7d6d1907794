package dev.isobar.e2e.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.cli.input.Flavour;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.e2e.provider.GpuCloud;
import dev.isobar.e2e.provider.GpuPool;
import dev.isobar.e2e.provider.GpuPoolLife;
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
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** A MachineDeployment of Spot GPU nodes on an EC2 of its own, which shows new machines late. */
@OnControlPlane
@Order(4)
final class Ec2GpuNodesTest {
  private final ControlPlane plane =
      Planes.own("gpu-ec2", Options.of(Flavour.CLAIMS).withoutAmazon()).with(Controller.CORE);
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
    assertThat(moto.cloud.operator().describeVolumes().volumes()).as("volumes").isEmpty();
  }

  /** An account with nothing in it. */
  private static final class Moto implements GpuCloud {
    private final StandInEc2 cloud = StandInEc2.own();

    Moto() {
      cloud.server().behave("{\"invisible\": 2}");
    }

    @Override
    public GpuPool.Machines open(Kubernetes kubernetes, String namespace) {
      var _ =
          kubernetes.apply(
              Map.of(
                  "apiVersion",
                  "v1",
                  "kind",
                  "Secret",
                  "metadata",
                  Map.of("name", "keys", "namespace", namespace),
                  "stringData",
                  Map.of(
                      "credentials",
                      "[default]\naws_access_key_id = gpu\naws_secret_access_key = gpu\n")));
      var _ =
          kubernetes.apply(
              """
              apiVersion: compute.isobar.dev/v1alpha1
              kind: ProviderConfig
              metadata: {name: aws, namespace: %1$s}
              spec:
                provider: EC2
                region: %2$s
                credentials: {secretRef: {name: keys, key: credentials}, entry: default}
                endpoints: {overrides: {ec2: "%3$s", sts: "%3$s"}}
              """
                  .formatted(namespace, StandInEc2.REGION, cloud.server().address()));
      return new GpuPool.Machines(
          "aws", "t3.micro", cloud.image("gpu"), List.of("us-east-1a"), "Spot");
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
