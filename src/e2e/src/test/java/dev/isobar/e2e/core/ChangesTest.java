package dev.isobar.e2e.core;

import static dev.isobar.cli.input.Flavour.CLAIMS;
import static dev.isobar.cli.input.Flavour.NAMESPACED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.input.Flavour;
import dev.isobar.cli.yaml.Plain;
import dev.isobar.cli.yaml.YamlText;
import dev.isobar.e2e.plane.Alone;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.e2e.story.Scene;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.plane.ControlPlane;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What happens to a claim when something around it changes. */
@ResourceLock(value = Alone.FUNCTION, mode = ResourceAccessMode.READ)
@OnControlPlane
final class ChangesTest {
  /** Kinds whose specs say what machines are like. */
  private static final List<String> MACHINES =
      List.of(
          "KubeadmControlPlane",
          "MachineDeployment",
          "KubeadmConfigTemplate",
          "OpenStackMachineTemplate",
          "GpuMachineTemplate");

  private final ControlPlane plane = Planes.bare();
  private final Kubernetes kubernetes = plane.kubernetes();
  private final Await await = Await.PATIENT;

  /**
   * A change of the Cloud.
   *
   * @param reason why it could be thought to replace machines
   * @param name of the Cloud, the namespace and the cluster
   */
  private record CloudChange(
      String reason, Flavour flavour, String name, Consumer<Map<String, @Nullable Object>> change) {
    @Override
    public String toString() {
      return reason + ", " + flavour;
    }
  }

  static Stream<CloudChange> changesOfTheCloud() {
    return Stream.of(
        new CloudChange(
            "a newer version has come, which is offered", CLAIMS, "newer", ChangesTest::newer),
        new CloudChange(
            "a newer version has come, which is offered", NAMESPACED, "newer", ChangesTest::newer),
        new CloudChange(
            "the image in use was rebuilt under another name",
            CLAIMS,
            "rebuilt",
            spec ->
                spec.put(
                    "images", List.of(Map.of("kubernetes", "1.35.2", "name", "rebuilt-v1.35.2")))),
        new CloudChange(
            "machines are made with another key from now on",
            CLAIMS,
            "rekeyed",
            spec -> spec.put("sshKey", "platform-2")),
        new CloudChange(
            "machine types in use are not as large as they were said to be",
            CLAIMS,
            "smaller",
            spec -> {
              var types = new ArrayList<Object>();
              for (Object type : list(spec, "machineTypes")) {
                var smaller = Plain.copy(type);
                smaller.put("cpu", 4);
                smaller.put("memory", "30Gi");
                types.add(smaller);
              }
              spec.put("machineTypes", types);
            }));
  }

  private static void newer(Map<String, @Nullable Object> spec) {
    var images = new ArrayList<Object>(list(spec, "images"));
    images.add(Map.of("kubernetes", "1.35.9", "name", "ubuntu-2404-kube-v1.35.9"));
    spec.put("images", images);
  }

  /** The function is asked again, and nothing of what machines are made of becomes another. */
  @ParameterizedTest
  @MethodSource("changesOfTheCloud")
  void changeOfTheCloudRollsNothing(CloudChange row) {
    ControlPlane there = Planes.bare(row.flavour());
    Scene scene = Scene.set(there, row.name(), row.name());
    Reference claim = scene.claim(row.name(), row.name());
    var _ = await.until(there.kubernetes(), claim, "is Synced", ChangesTest::settled);
    var _ = scene.rest(await, claim);
    Tree composite = scene.composite(claim);
    List<Reference> composed = scene.composed(composite);
    Map<Reference, Standing> before = machinesAre(there.kubernetes(), composed);
    assertThat(before.keySet().stream().map(one -> one.kind().name()).distinct())
        .containsExactlyInAnyOrderElementsOf(MACHINES);

    scene.cloud(row.change());
    // Core may have begun the first before it saw the change.
    scene.askAgain("changed", await, composite);
    scene.askAgain("changed-before", await, composite);

    if (row.name().equals("newer")) {
      var _ =
          await.until(
              there.kubernetes(),
              claim,
              "offers 1.35.9",
              seen ->
                  seen.at("status", "availableUpgrades").items().stream()
                      .anyMatch(upgrade -> upgrade.text().filter("1.35.9"::equals).isPresent()));
    }
    assertThat(scene.composed(scene.composite(claim))).as(row.reason()).isEqualTo(composed);
    assertThat(machinesAre(there.kubernetes(), composed)).as(row.reason()).isEqualTo(before);
  }

  /**
   * How an object was stored.
   *
   * @param generation grows with every change of the spec
   */
  private record Standing(long generation, String spec) {
    static Standing of(Tree object) {
      return new Standing(
          object.at("metadata", "generation").whole().orElseThrow(),
          YamlText.render(List.of(Plain.copy(object.at("spec").plain()))));
    }
  }

  /** What machines are made of; whatever changes there has Cluster API replace some. */
  private static Map<Reference, Standing> machinesAre(
      Kubernetes kubernetes, List<Reference> composed) {
    return composed.stream()
        .filter(one -> MACHINES.contains(one.kind().name()))
        .collect(Collectors.toMap(one -> one, one -> Standing.of(kubernetes.get(one))));
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

  private static boolean settled(Tree claim) {
    return Conditions.is("Synced", "True").test(claim)
        && Conditions.is("Accepted", "True").test(claim)
        && claim.at("status", "stage").text().filter("Provisioning"::equals).isPresent();
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
