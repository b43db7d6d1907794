package dev.isobar.e2e.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.e2e.plane.Alone;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.provider.external.Leftover;
import dev.isobar.provider.external.Response;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.plane.ControlPlane;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * What a cluster leaves in its cloud goes with it: the provider as it ships, under its roles,
 * killed in the middle. The control plane is an object without its controller.
 */
@OnControlPlane
@ResourceLock(Alone.PROVIDER)
final class TeardownTest {
  private static final String NAMESPACE = "teardown";
  private static final String CLUSTER = "eo-lab-f4bd8";
  private static final Kind CLEANUP = new Kind("compute.isobar.dev/v1alpha1", "ClusterCleanup");
  private static final Reference OBJECT = CLEANUP.named(NAMESPACE, CLUSTER);
  private static final Reference CONTROL_PLANE =
      Kind.CONTROL_PLANE.named(NAMESPACE, CLUSTER + "-cp");
  private static final Leftover BALANCER =
      new Leftover(Leftover.Kind.LoadBalancer, "b1", "kube_service_" + CLUSTER + "_a_b", true);
  private static final Leftover ADDRESS =
      new Leftover(Leftover.Kind.PublicAddress, "a1", "an address", true);
  private static final Leftover VOLUME = new Leftover(Leftover.Kind.Volume, "v1", "pvc-1", true);

  private final ControlPlane plane = Planes.machines();
  private final Kubernetes kubernetes = plane.kubernetes();
  private final Await await = Await.PATIENT;
  private final CloudHost cloud = new CloudHost();

  @BeforeEach
  void set() {
    ControlPlaneKind.serve(kubernetes);
  }

  @AfterEach
  void end() {
    cloud.close();
  }

  private void cleanup(Reference config) {
    var _ =
        kubernetes.apply(
            Map.of(
                "apiVersion",
                CLEANUP.apiVersion(),
                "kind",
                CLEANUP.name(),
                "metadata",
                Map.of("name", CLUSTER, "namespace", NAMESPACE),
                "spec",
                Map.of(
                    "cluster",
                    CLUSTER,
                    "controlPlaneRef",
                    Map.of("kind", "KubeadmControlPlane", "name", CONTROL_PLANE.name()),
                    "providerConfigRef",
                    Map.of("kind", config.kind().name(), "name", config.name()))));
  }

  private Tree ready(String status, String reason) {
    return await.until(
        kubernetes, OBJECT, "says " + reason, Conditions.is("Ready", status, reason));
  }

  private void left(Leftover... things) {
    assertThat(cloud.left(CLUSTER)).isEqualTo(Response.of(List.of(things)));
  }

  @Test
  void loadBalancersGoAfterTheControlPlaneAndVolumesStay() {
    List.of(BALANCER, ADDRESS, VOLUME).forEach(thing -> cloud.left(CLUSTER, thing));
    cloud.left("another", BALANCER);
    InstanceScene scene = InstanceScene.set(kubernetes, NAMESPACE);
    Reference config = scene.config("cloud", "right");
    var _ =
        kubernetes.apply(
            Map.of(
                "apiVersion",
                Kind.CONTROL_PLANE.apiVersion(),
                "kind",
                Kind.CONTROL_PLANE.name(),
                "metadata",
                Map.of("name", CONTROL_PLANE.name(), "namespace", NAMESPACE)));
    cleanup(config);
    ProviderProcess provider = ProviderProcess.start(plane, "provider-teardown", cloud);
    Tree watching = ready("True", "Watching");
    assertThat(InstanceScene.condition(watching, "Ready"))
        .isEqualTo(
            "True/Watching: when the cluster is deleted, 1 load balancer and 1 public address are"
                + " deleted and 1 volume is kept");
    assertThat(watching.at("status", "counts", "volumes").whole()).contains(1L);
    var _ =
        await.until(
            "its config knows its user",
            () -> kubernetes.get(config).at("status", "users").whole().orElse(0L),
            users -> users == 1);

    kubernetes.delete(OBJECT);
    var _ = ready("False", "ControlPlaneLives");
    left(BALANCER, ADDRESS, VOLUME);
    provider.process().kill();
    kubernetes.delete(CONTROL_PLANE);
    ProviderProcess again = ProviderProcess.start(plane, "provider-teardown-again", cloud);
    await.untilGone(kubernetes, OBJECT);
    left(VOLUME);
    String kept =
        "Normal KeptVolumes: cluster eo-lab-f4bd8 is gone, and these stay in the cloud because"
            + " spec.volumes is Keep: volume pvc-1 (v1)";
    var _ =
        await.until(
            "an event names what stays",
            () -> scene.events(OBJECT),
            events -> events.contains(kept));
    again.process().stop();
    assertThat(again.forbidden()).isEmpty();
    assertThat(provider.forbidden()).isEmpty();
  }
}
