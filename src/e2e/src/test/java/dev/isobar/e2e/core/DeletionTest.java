package dev.isobar.e2e.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.input.Flavour;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.e2e.story.Scene;
import dev.isobar.testbed.controller.Controller;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.kubernetes.Refusal;
import dev.isobar.testbed.plane.ControlPlane;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes when a claim goes, and what stays until it has gone. */
@OnControlPlane
final class DeletionTest {
  /** Stands for machines that take their time. */
  private static final String MACHINES = "test.isobar.dev/machines";

  private final Await await = Await.PATIENT;
  private ControlPlane plane;
  private Kubernetes kubernetes;

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void credentialsBesideTheClaimStayUntilTheClusterIsGone(Flavour flavour) {
    plane = Planes.of(flavour).with(Controller.CORE);
    kubernetes = plane.kubernetes();
    Scene scene = Scene.set(plane, "guarded", "guarded");
    Reference secret = scene.credentialsIn("guarded");
    Reference claim = scene.claim("guarded", "eo-lab");
    Tree told = await.until(kubernetes, claim, "is being provisioned", DeletionTest::begun);
    Reference cluster =
        Kind.CLUSTER.named("guarded", told.at("status", "clusterName").text().orElseThrow());
    Reference usage = Kind.USAGE.named("guarded", cluster.name() + "-credentials");
    var _ = await.until(kubernetes, usage, "is in force", Conditions.is("Ready", "True"));
    refuses(secret, cluster);

    List<Reference> composed = scene.composed(scene.composite(claim));
    finalizers(cluster, List.of(MACHINES));
    kubernetes.delete(claim);

    await.untilGone(kubernetes, claim);
    var _ = await.until(kubernetes, cluster, "is going", DeletionTest::going);
    assertThat(kubernetes.find(usage)).as("the Usage, which the Cluster owns by then").isPresent();
    refuses(secret, cluster);

    finalizers(cluster, List.of());

    composed.forEach(one -> await.untilGone(kubernetes, one));
    Scene.deleteUnused(kubernetes, secret, await);
    await.untilGone(kubernetes, secret);
  }

  private void refuses(Reference secret, Reference cluster) {
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> kubernetes.delete(secret));
    assertThat(refusal).as("refusal of deleting credentials in use").isNotNull();
    assertThat(refusal).hasMessageContaining("by resource Cluster/" + cluster.name() + ".");
  }

  /** Those of the suite; others stay as they are. */
  private void finalizers(Reference object, List<String> ours) {
    var _ =
        kubernetes.apply(
            Map.of(
                "apiVersion",
                object.kind().apiVersion(),
                "kind",
                object.kind().name(),
                "metadata",
                Map.of(
                    "name", object.name(), "namespace", object.namespace(), "finalizers", ours)));
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void poolThatLeavesTheClaimGoesAndNothingElseDoes(Flavour flavour) {
    plane = Planes.of(flavour).with(Controller.CORE);
    kubernetes = plane.kubernetes();
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

  /** Its MachineDeployments may know Cluster API already, and could not be deleted without it. */
  @ParameterizedTest
  @EnumSource(Flavour.class)
  void clusterThatClusterApiHasNotSeenYetWaitsForIt(Flavour flavour) {
    plane = Planes.bare(flavour);
    kubernetes = plane.kubernetes();
    Scene scene = Scene.set(plane, "unseen", "unseen");
    Reference claim = scene.claim("unseen", "eo-lab");
    Tree told = await.until(kubernetes, claim, "is being provisioned", DeletionTest::begun);
    Reference cluster =
        Kind.CLUSTER.named("unseen", told.at("status", "clusterName").text().orElseThrow());

    kubernetes.delete(claim);

    Tree left = await.until(kubernetes, cluster, "is going", DeletionTest::going);
    assertThat(left.at("metadata", "finalizers").plain())
        .as("who lets it go")
        .isEqualTo(List.of("cluster.cluster.x-k8s.io"));
    Scene.letGo(kubernetes, cluster, await);
    await.untilGone(kubernetes, cluster);
  }

  private static boolean begun(Tree claim) {
    return Conditions.is("Synced", "True").test(claim)
        && claim.at("status", "stage").text().filter("Provisioning"::equals).isPresent();
  }

  private static boolean going(Tree object) {
    return object.at("metadata", "deletionTimestamp").exists();
  }
}
