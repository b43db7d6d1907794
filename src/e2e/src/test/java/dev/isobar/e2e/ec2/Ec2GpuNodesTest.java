package dev.isobar.e2e.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.input.Flavour;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.e2e.provider.GpuPool;
import dev.isobar.e2e.provider.ProviderProcess;
import dev.isobar.testbed.controller.Controller;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.plane.ControlPlane;
import dev.isobar.testbed.plane.Options;
import dev.isobar.testbed.workload.WorkloadCluster;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/**
 * A MachineDeployment of Spot GPU nodes, by Cluster API's own controllers and the provider as it
 * ships, on moto. Their nodes are played.
 */
@OnControlPlane
@Order(4)
final class Ec2GpuNodesTest {
  private static final String NAMESPACE = "gpu-moto";

  private final ControlPlane plane =
      Planes.own("gpu-moto", Options.of(Flavour.CLAIMS).withoutAmazon()).with(Controller.CORE);
  private final Kubernetes kubernetes = plane.kubernetes();
  private final WorkloadCluster workload = plane.startWorkloadCluster();
  private final StandInEc2 cloud = StandInEc2.own();
  private final GpuPool pool =
      new GpuPool(plane, workload, NAMESPACE, "aws", "t3.micro", cloud.image("gpu")).ofSpot();

  @AfterEach
  void end() {
    workload.close();
    plane.close();
    cloud.server().close();
  }

  private void config() {
    kubernetes.makeNamespace(NAMESPACE, Map.of());
    String address = cloud.server().address().toString();
    var _ =
        kubernetes.apply(
            """
            apiVersion: v1
            kind: Secret
            metadata: {name: keys, namespace: gpu-moto}
            stringData:
              credentials: |
                [default]
                aws_access_key_id = testing
                aws_secret_access_key = testing-secret
            ---
            apiVersion: compute.isobar.dev/v1alpha1
            kind: ProviderConfig
            metadata: {name: aws, namespace: gpu-moto}
            spec:
              provider: EC2
              region: us-east-1
              endpoints: {overrides: {ec2: "%1$s", sts: "%1$s"}}
              credentials: {secretRef: {name: keys, key: credentials}, entry: default}
            """
                .formatted(address));
  }

  private ProviderProcess provider(String name) {
    return ProviderProcess.start(plane, name, "--enable-cluster-api", "--poll=3s");
  }

  /** Instances that are not gone. */
  private Set<String> instances() {
    return cloud.operator().describeInstances().reservations().stream()
        .flatMap(reservation -> reservation.instances().stream())
        .filter(one -> one.state().name() != InstanceStateName.TERMINATED)
        .map(Instance::instanceId)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void aPoolOfSpotGrowsHealsIsDrainedAndLeavesNothing() {
    config();
    pool.cluster();
    ProviderProcess first = provider("provider-gpu-moto");
    pool.of(0);
    pool.heals();
    kubernetes.scale(pool.deployment(), 3);
    var _ = pool.machines("three machines are begun", all -> all.size() == 3);
    first.kill();
    ProviderProcess second = provider("provider-gpu-moto-again");
    List<Tree> three = pool.working(3, Set.of());
    assertThat(instances()).as("none was made twice, and none is missing").hasSize(3);

    String lost = GpuPool.id(three.getFirst());
    var _ =
        cloud.operator().terminateInstances(request -> request.instanceIds(GpuPool.instance(lost)));
    List<Tree> healed = pool.working(3, Set.of(lost));

    String marked = GpuPool.id(healed.getFirst());
    cloud.server().behave("{\"marked\": [\"%s\"]}".formatted(GpuPool.instance(marked)));
    var _ = pool.working(3, Set.of(lost, marked));
    StandInEc2.await(
        "what EC2 was about to take is gone before it was taken, and has a successor",
        this::instances,
        all -> all.size() == 3 && !all.contains(GpuPool.instance(marked)));

    kubernetes.scale(pool.deployment(), 1);
    var _ = pool.machines("one is left", all -> all.size() == 1);
    pool.goes();
    var _ = pool.machines("all machines are gone", List::isEmpty);
    StandInEc2.await("all instances are gone", this::instances, Set::isEmpty);
    assertThat(kubernetes.list(new Kind("compute.isobar.dev/v1alpha1", "Instance"), NAMESPACE))
        .isEmpty();
    second.stop();
    assertThat(first.forbidden()).isEmpty();
    assertThat(second.forbidden()).isEmpty();
  }
}
