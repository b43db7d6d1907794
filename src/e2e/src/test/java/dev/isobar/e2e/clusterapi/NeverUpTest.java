package dev.isobar.e2e.clusterapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.e2e.inmemory.Disguise;
import dev.isobar.e2e.inmemory.InMemoryPlane;
import dev.isobar.e2e.plane.Alone;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.story.Scene;
import dev.isobar.testbed.crossplane.Core;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A cluster whose API never comes up, because the image of its control plane does not: that is
 * told, and with Cluster API's own controllers it ends by itself when its claim is deleted.
 */
@ResourceLock(value = Alone.MEMORY, mode = ResourceAccessMode.READ)
@OnControlPlane
final class NeverUpTest {
  private static final String NAME = "never-up";
  private static final String CLAIM = "eo-lab";
  private static final String VERSION = "1.35.2";

  private final InMemoryPlane memory = InMemoryPlane.shared(Core.RECOMMENDED);
  private final Kubernetes kubernetes = memory.plane().kubernetes();
  private final Await await = Await.PATIENT;
  private final Scene scene = Scene.set(memory.plane(), NAME, NAME);
  private final Reference claim = Kind.CLAIM.named(NAME, CLAIM);

  @Test
  void clusterWithoutAnApiIsToldAndGoes() {
    claims();
    Tree told =
        await.until(
            kubernetes,
            claim,
            "has its network, and no control plane",
            Conditions.is("InfrastructureReady", "True")
                .and(Conditions.is("ControlPlaneReady", "False"))
                .and(Conditions.is("Ready", "False")));
    var _ =
        await.until(
            "a machine of the control plane is there",
            this::machines,
            all ->
                all.stream()
                    .anyMatch(machine ->
                        machine
                            .at("metadata", "labels", "cluster.x-k8s.io/control-plane")
                            .exists()));
    assertThat(told.at("status", "stage").text()).contains("Provisioning");

    List<Reference> composed = scene.composed(scene.composite(claim));
    kubernetes.delete(claim);
    await.untilGone(kubernetes, claim);
    composed.forEach(one -> await.untilGone(kubernetes, one));
    assertThat(machines()).isEmpty();
  }

  private List<Tree> machines() {
    return kubernetes.list(Kind.MACHINE, NAME);
  }

  private void claims() {
    scene.cloud(spec ->
        spec.put(
            "images",
            List.of(
                Map.of(
                    "kubernetes",
                    VERSION,
                    "name",
                    "ubuntu-2404-kube-v" + VERSION + "-" + Disguise.LIFELESS))));
    var _ =
        scene.claim(
            NAME,
            CLAIM,
            spec -> {
              memory.composition().choose(memory.plane(), spec);
              spec.put("version", "1.35");
              spec.put("controlPlane", Map.of("machineType", "m1.large", "replicas", 1));
              spec.put(
                  "pools",
                  List.of(Map.of("name", "general", "machineType", "m1.large", "replicas", 1)));
            });
  }
}
