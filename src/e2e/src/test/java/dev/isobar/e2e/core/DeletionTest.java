package dev.isobar.e2e.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.isobar.apis.tree.Tree;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.e2e.story.Scene;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.kubernetes.Refusal;
import dev.isobar.testbed.plane.ControlPlane;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What goes when a claim goes, and what stays until it has gone. */
@OnControlPlane
final class DeletionTest {
  private static final Kind USAGE = new Kind("protection.crossplane.io/v1beta1", "Usage");

  private final ControlPlane plane = Planes.claims();
  private final Kubernetes kubernetes = plane.kubernetes();
  private final Await await = Await.PATIENT;

  @Test
  void credentialsBesideTheClaimStayUntilTheClusterIsGone() {
    Scene scene = Scene.set(plane, "guarded", "guarded");
    scene.cloud(spec ->
        spec.put(
            "clusterApi",
            Map.of(
                "identityRef",
                Map.of("kind", "Secret", "name", "openstack-credentials"),
                "gpuMachines",
                "Isobar")));
    Reference secret = Kind.SECRET.named("guarded", "openstack-credentials");
    var _ =
        kubernetes.apply(
            Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Secret",
                "metadata",
                Map.of("name", secret.name(), "namespace", secret.namespace()),
                "stringData",
                Map.of("clouds.yaml", "clouds: {}")));
    Reference claim = scene.claim("guarded", "eo-lab");
    var _ = await.until(kubernetes, claim, "is being provisioned", DeletionTest::begun);
    var _ =
        await.until(
            "the Usage is in force",
            () -> kubernetes.list(USAGE, "guarded"),
            all -> all.stream().anyMatch(Conditions.is("Ready", "True")));

    Refusal refusal = catchThrowableOfType(Refusal.class, () -> kubernetes.delete(secret));

    assertThat(refusal).as("refusal of deleting credentials in use").isNotNull();
    assertThat(refusal).hasMessageContaining("by resource Cluster/eo-lab-5a441");

    List<Reference> composed = scene.composed(scene.composite(claim));
    kubernetes.delete(claim);
    await.untilGone(kubernetes, claim);
    composed.forEach(one -> await.untilGone(kubernetes, one));
    Scene.deleteUnused(kubernetes, secret, await);
    await.untilGone(kubernetes, secret);
  }

  @Test
  void poolThatLeavesTheClaimGoesAndNothingElseDoes() {
    Scene scene = Scene.set(plane, "leaves", "leaves");
    Reference claim = scene.claim("leaves", "eo-lab");
    var _ = await.until(kubernetes, claim, "is being provisioned", DeletionTest::begun);
    Tree composite = scene.composite(claim);
    List<Reference> before = scene.composed(composite);

    var _ =
        scene.claim(
            "leaves",
            "eo-lab",
            spec -> spec.put("pools", ((List<?>) spec.get("pools")).subList(0, 1)));

    List<Reference> gone = before.stream().filter(one -> one.name().contains("-a100")).toList();
    assertThat(gone).hasSize(4);
    gone.forEach(one -> await.untilGone(kubernetes, one));
    assertThat(scene.composed(scene.composite(claim)))
        .as("what stays")
        .containsAll(
            before.stream()
                .filter(one -> !gone.contains(one))
                .filter(one -> !one.name().contains("gpu-operator"))
                .toList());
  }

  private static boolean begun(Tree claim) {
    return Conditions.is("Synced", "True").test(claim)
        && claim.at("status", "stage").text().filter("Provisioning"::equals).isPresent();
  }
}
