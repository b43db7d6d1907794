package dev.isobar.e2e.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.cli.input.Flavour;
import dev.isobar.e2e.plane.Alone;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.e2e.provider.GpuCloud;
import dev.isobar.e2e.provider.GpuPool;
import dev.isobar.e2e.provider.GpuPoolLife;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Subject;
import dev.isobar.testbed.controller.Controller;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.plane.ControlPlane;
import dev.isobar.testbed.plane.Options;
import dev.isobar.testbed.workload.WorkloadCluster;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A MachineDeployment of GPU nodes on the real Nova. */
@OnControlPlane
@OnOpenStack
@ResourceLock(Alone.OPENSTACK)
@Order(4)
final class OpenStackGpuNodesTest {
  private final ControlPlane plane =
      Planes.own("gpu-nova", Options.of(Flavour.CLAIMS).withoutAmazon()).with(Controller.CORE);
  private final WorkloadCluster workload = plane.startWorkloadCluster();

  @AfterEach
  void end() {
    workload.close();
    plane.close();
  }

  @Test
  void aPoolGrowsHealsRollsAndGoesAfterItsCluster() {
    GpuPoolLife.plays(plane, workload, new Nova(), "gpu-nova");
  }

  /** Project lab. It has GPUs for one machine: the others fail late, and are of the next type. */
  private static final class Nova implements GpuCloud {
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
                  Map.of("name", "lab", "namespace", namespace),
                  "stringData",
                  Map.of("clouds.yaml", Lab.cloud().cloudsYaml())));
      var _ =
          kubernetes.apply(
              """
              apiVersion: compute.isobar.dev/v1alpha1
              kind: ProviderConfig
              metadata: {name: lab, namespace: %s}
              spec:
                provider: OpenStack
                region: RegionOne
                credentials: {secretRef: {name: lab, key: clouds.yaml}, entry: lab}
              """
                  .formatted(namespace));
      return new GpuPool.Machines(
          "lab", "g8.h100, m1.tiny", Lab.cloud().id("image"), List.of(), "OnDemand");
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
