package dev.isobar.e2e.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.yaml.Plain;
import dev.isobar.e2e.plane.Alone;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.e2e.story.Scene;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.plane.ControlPlane;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What happens to a claim when something around it changes. */
@ResourceLock(Alone.FUNCTION)
@OnControlPlane
final class ChangesTest {
  private final ControlPlane plane = Planes.bare();
  private final Kubernetes kubernetes = plane.kubernetes();
  private final Await await = Await.PATIENT;

  @Test
  void newerImageOfTheCloudIsToldAndRollsNothing() {
    Scene scene = Scene.set(plane, "newer", "newer");
    Reference claim = scene.claim("newer", "eo-lab");
    var _ = await.until(kubernetes, claim, "is Synced", ChangesTest::settled);
    List<Reference> before = scene.composed(scene.composite(claim));

    scene.cloud(spec -> {
      var images = new ArrayList<Object>(list(spec, "images"));
      images.add(Map.of("kubernetes", "1.35.9", "name", "ubuntu-2404-kube-v1.35.9"));
      spec.put("images", images);
    });

    var _ =
        await.until(
            kubernetes,
            claim,
            "offers 1.35.9",
            seen ->
                seen.at("status", "availableUpgrades").items().stream()
                    .anyMatch(upgrade -> upgrade.text().filter("1.35.9"::equals).isPresent()));
    assertThat(scene.composed(scene.composite(claim))).isEqualTo(before);
    assertThat(machineTemplates(claim.namespace())).hasSize(3);
  }

  @Test
  void refusedChangeLeavesEverythingAsItIs() {
    Scene scene = Scene.set(plane, "refusal", "refusal");
    Reference claim = scene.claim("refusal", "eo-lab");
    var _ = await.until(kubernetes, claim, "is Synced", ChangesTest::settled);
    Tree composite = scene.composite(claim);
    Set<String> before = scene.versions(composite);

    var _ = scene.claim("refusal", "eo-lab", spec -> pool(spec, 0).put("machineType", "m1.lagre"));

    Tree refused =
        await.until(
            kubernetes,
            claim,
            "is refused",
            Conditions.is("Accepted", "False", "InvalidConfiguration"));
    assertThat(message(refused, "Accepted"))
        .contains("spec.pools[0].machineType", "m1.lagre", "m1.large");
    Tree told =
        await.until(
            kubernetes,
            Reference.of(composite),
            "is not Synced",
            Conditions.is("Synced", "False", "ReconcileError"));
    assertThat(message(told, "Synced")).contains("spec.pools[0].machineType");
    assertThat(scene.versions(composite)).isEqualTo(before);

    var _ = scene.claim("refusal", "eo-lab");
    var _ = await.until(kubernetes, claim, "is accepted again", Conditions.is("Accepted", "True"));
    var _ =
        await.until(
            kubernetes, Reference.of(composite), "is Synced", Conditions.is("Synced", "True"));
    assertThat(scene.versions(composite)).isEqualTo(before);
  }

  @Test
  void missingCloudIsToldAndWaitedFor() {
    Scene scene = new Scene(plane, "late");
    kubernetes.makeNamespace("late", Map.of());
    Reference claim = scene.claim("late", "eo-lab");
    Tree refused =
        await.until(
            kubernetes,
            claim,
            "is refused",
            Conditions.is("Accepted", "False", "InvalidConfiguration"));
    assertThat(message(refused, "Accepted")).contains("late");

    scene.cloud(_ -> {});

    var _ = await.until(kubernetes, claim, "is Synced", ChangesTest::settled);
  }

  /** Core waits for the function as long as a reconcile may take, and asks again afterwards. */
  @Test
  void functionMayBeAwayForAWhile() {
    Scene scene = Scene.set(plane, "away", "away");
    Reference claim = scene.claim("away", "eo-lab");
    var _ = await.until(kubernetes, claim, "is Synced", ChangesTest::settled);
    plane.function().kill();
    Reference second;
    try {
      second = scene.claim("away", "second");
      var _ = scene.claim("away", "eo-lab", spec -> pool(spec, 0).put("labels", Map.of("a", "b")));
      var _ = await.until(kubernetes, second, "is bound", ChangesTest::bound);
    } finally {
      plane.function().startAgain();
    }
    var _ = await.until(kubernetes, second, "is Synced", ChangesTest::settled);
    var _ =
        await.until(
            "the change of eo-lab has been composed",
            () -> kubernetes.list(Kind.MACHINE_DEPLOYMENT, "away"),
            all -> all.stream().anyMatch(labelled("a", "b")));
  }

  private static Predicate<Tree> labelled(String label, String value) {
    return deployment ->
        deployment
            .at("metadata", "annotations", "capacity.cluster-autoscaler.kubernetes.io/labels")
            .text()
            .filter(labels -> List.of(labels.split(",")).contains(label + "=" + value))
            .isPresent();
  }

  private List<String> machineTemplates(String namespace) {
    var names = new ArrayList<String>();
    for (Kind kind :
        List.of(
            new Kind("infrastructure.cluster.x-k8s.io/v1beta1", "OpenStackMachineTemplate"),
            new Kind("infrastructure.isobar.dev/v1alpha1", "GpuMachineTemplate"))) {
      kubernetes
          .list(kind, namespace)
          .forEach(template -> names.add(template.at("metadata", "name").text().orElse("")));
    }
    return names;
  }

  private static boolean settled(Tree claim) {
    return Conditions.is("Synced", "True").test(claim)
        && Conditions.is("Accepted", "True").test(claim)
        && claim.at("status", "stage").text().filter("Provisioning"::equals).isPresent();
  }

  private static boolean bound(Tree claim) {
    return claim.at("spec", "resourceRef", "name").exists();
  }

  private static String message(Tree object, String condition) {
    return Conditions.find(object, condition)
        .flatMap(found -> found.at("message").text())
        .orElse("");
  }

  private static Map<String, @Nullable Object> pool(Map<String, @Nullable Object> spec, int index) {
    var pools = new ArrayList<Object>(list(spec, "pools"));
    var pool = Plain.copy(pools.get(index));
    pools.set(index, pool);
    spec.put("pools", pools);
    return pool;
  }

  private static List<?> list(Map<String, @Nullable Object> fields, String name) {
    return fields.get(name) instanceof List<?> items ? items : List.of();
  }
}
