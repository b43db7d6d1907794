package dev.isobar.e2e.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.input.Flavour;
import dev.isobar.e2e.commandline.Listing;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.e2e.story.Scene;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Events;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.plane.ControlPlane;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What claims and namespaced composites become in core: names, owners, labels, conditions. */
@OnControlPlane
final class ClaimsTest {
  private final Await await = Await.PATIENT;

  @Test
  void sameNameInTwoNamespacesBecomesTwoClusters() {
    ControlPlane plane = Planes.claims();
    Scene scene = Scene.set(plane, "twins", "twins-a", "twins-b");
    var clusters = new TreeSet<String>();
    for (String namespace : List.of("twins-a", "twins-b")) {
      Reference claim = scene.claim(namespace, "eo-lab");
      Tree seen = await.until(plane.kubernetes(), claim, "is being provisioned", ClaimsTest::told);
      Tree composite = scene.composite(claim);
      List<Reference> composed = scene.composed(composite);
      assertThat(composed).as("composed of %s", claim).hasSizeGreaterThan(15);
      assertThat(namespaces(composed)).containsExactly(namespace);
      clusters.add(seen.at("status", "clusterName").text().orElseThrow());
      for (Reference one : composed) {
        Tree labels = assertMarks(plane.kubernetes(), one, "XPlatformCluster", composite);
        assertThat(labels.at("crossplane.io/claim-name").text()).contains(claim.name());
        assertThat(labels.at("crossplane.io/claim-namespace").text()).contains(namespace);
      }
    }
    assertThat(clusters).containsExactly("eo-lab-816ff", "eo-lab-88dd0");
  }

  @Test
  void namespacedCompositeOwnsWhatIsInItsNamespace() {
    ControlPlane plane = Planes.namespaced();
    Scene scene = Scene.set(plane, "alone", "alone");
    Reference composite = scene.claim("alone", "eo-lab");
    Tree seen =
        await.until(plane.kubernetes(), composite, "is being provisioned", ClaimsTest::told);
    List<Reference> composed = scene.composed(seen);
    assertThat(composed).hasSizeGreaterThan(15);
    assertThat(composed.stream().map(one -> one.kind().name()).collect(Collectors.toSet()))
        .contains("Profile", "Cluster", "GpuMachineTemplate")
        .doesNotContain("ClusterProfile");
    for (Reference one : composed) {
      assertThat(one.namespace()).as("namespace of %s", one).isEqualTo("alone");
      Tree labels = assertMarks(plane.kubernetes(), one, "PlatformCluster", seen);
      assertThat(labels.at("crossplane.io/claim-name").exists())
          .as("whether %s says that it is of a claim", one)
          .isFalse();
    }
  }

  /** Every condition of the catalogue stands on what app teams write, and says what is awaited. */
  @ParameterizedTest
  @EnumSource(Flavour.class)
  void conditionsSayWhatIsWaitedFor(Flavour flavour) {
    ControlPlane plane = Planes.of(flavour);
    Scene scene = Scene.set(plane, "waits", "waits");
    Reference claim = scene.claim("waits", "eo-lab");
    Tree seen = await.until(plane.kubernetes(), claim, "is being provisioned", ClaimsTest::told);
    assertThat(conditions(seen)).isEqualTo(waiting(flavour));
    if (flavour == Flavour.CLAIMS) {
      assertThat(conditions(scene.composite(claim))).isEqualTo(waiting(Flavour.NAMESPACED));
    }
  }

  /** Those of a cluster whose network is being made. Core has words of its own for composites. */
  private static Map<String, String> waiting(Flavour flavour) {
    return new TreeMap<>(
        Map.of(
            "Accepted", "True Valid",
            "AddonsReady", "False WaitingForControlPlane",
            "CloudResolved", "True Resolved",
            "ControlPlaneReady", "False WaitingForInfrastructure",
            "GpuReady", "False WaitingForControlPlane",
            "InfrastructureReady", "False Provisioning",
            "PoolsReady", "False WaitingForControlPlane",
            "Ready",
                switch (flavour) {
                  case CLAIMS -> "False Waiting";
                  case NAMESPACED -> "False Creating";
                },
            "Synced", "True ReconcileSuccess",
            "Upgrading", "False UpToDate"));
  }

  /** Whether core's circuit breaker watches is its own business; it says so after a while. */
  private static Map<String, String> conditions(Tree object) {
    var conditions = new TreeMap<String, String>();
    for (Tree condition : object.at("status", "conditions").items()) {
      conditions.put(
          condition.at("type").text().orElse(""),
          condition.at("status").text().orElse("")
              + " "
              + condition.at("reason").text().orElse(""));
    }
    conditions.remove("Responsive");
    return conditions;
  }

  /**
   * Of composites Kubernetes drops most that is told later, because core tells of every resource
   * that is not ready yet; trouble at the beginning, and a refusal, come before that.
   */
  @ParameterizedTest
  @EnumSource(Flavour.class)
  void troubleAtTheBeginningIsAnEvent(Flavour flavour) {
    ControlPlane plane = Planes.of(flavour);
    Scene scene = Scene.set(plane, "troubled", "troubled");
    scene.says("False", "AuthenticationFailed", "Keystone says 401");
    Reference claim = scene.claim("troubled", "eo-lab");
    var _ =
        await.until(
            "the Cloud's trouble is told as an event of " + claim,
            () -> events(plane.kubernetes(), claim),
            told ->
                told.stream()
                    .anyMatch(event ->
                        event.startsWith("Warning CloudResolvedCloudNotReady ")
                            && event.endsWith(
                                "Cloud troubled is known, but reports AuthenticationFailed:"
                                    + " Keystone says 401; the platform team must act")));
  }

  /** A claim that cannot be had says so in every list, and in the events of its composite. */
  @ParameterizedTest
  @EnumSource(Flavour.class)
  void refusalIsSeenInEveryList(Flavour flavour) {
    ControlPlane plane = Planes.bare(flavour);
    String namespace =
        switch (flavour) {
          case CLAIMS -> "mistaken";
          case NAMESPACED -> "mislaid";
        };
    Scene scene = Scene.set(plane, "lab", namespace);
    Reference claim =
        scene.claim(
            namespace,
            "eo-lab",
            spec ->
                spec.put(
                    "pools",
                    List.of(Map.of("name", "cpu", "machineType", "m1.lagre", "replicas", 2))));
    var _ =
        await.until(
            plane.kubernetes(),
            claim,
            "is refused",
            Conditions.is("Accepted", "False", "InvalidConfiguration"));
    Reference composite = Reference.of(scene.composite(claim));
    var _ =
        await.until(
            plane.kubernetes(), composite, "is not Synced", Conditions.is("Synced", "False"));
    Listing.isAsThePageShows(plane, "get platformclusters -n " + namespace, "AGE");
    if (flavour == Flavour.CLAIMS) {
      Listing.isAsThePageShows(plane, "get platformclusters -n mistaken -o wide", "AGE");
      Listing.isAsThePageShows(
          plane, "get xplatformclusters -l crossplane.io/claim-namespace=mistaken", "AGE", "NAME");
    }
    var _ =
        await.until(
            "the refusal is told as an event of " + composite,
            () -> events(plane.kubernetes(), composite),
            told ->
                told.stream()
                    .anyMatch(event ->
                        event.startsWith("Warning ComposeResources ")
                            && event.contains("spec.pools[0].machineType")));
  }

  private static List<String> events(Kubernetes kubernetes, Reference object) {
    return Events.about(kubernetes, object).stream()
        .map(event ->
            Stream.of("type", "reason", "message")
                .map(field -> event.at(field).text().orElse(""))
                .collect(Collectors.joining(" ")))
        .toList();
  }

  @Test
  void kubectlShowsCloudVersionStageAndNodes() {
    ControlPlane plane = Planes.bare(Flavour.CLAIMS);
    Scene scene = Scene.set(plane, "lab", "forecast");
    Reference claim = scene.claim("forecast", "eo-lab");
    var _ = await.until(plane.kubernetes(), claim, "is being provisioned", ClaimsTest::told);
    Listing.isAsThePageShows(plane, "get platformclusters -n forecast", "AGE");
    Listing.isAsThePageShows(plane, "get platformclusters -n forecast -o wide", "AGE");
    Listing.isAsThePageShows(
        plane, "get xplatformclusters -l crossplane.io/claim-namespace=forecast", "AGE", "NAME");
  }

  @Test
  void kubectlShowsTheSameOfNamespacedComposites() {
    ControlPlane plane = Planes.bare(Flavour.NAMESPACED);
    Scene scene = Scene.set(plane, "lab", "radar");
    Reference composite = scene.claim("radar", "eo-lab");
    var _ = await.until(plane.kubernetes(), composite, "is being provisioned", ClaimsTest::told);
    Listing.isAsThePageShows(plane, "get platformclusters -n radar", "AGE");
    Listing.isAsThePageShows(
        plane, "get platformclusters -n radar -o wide", "AGE", "COMPOSITIONREVISION");
  }

  private static boolean told(Tree claim) {
    return Conditions.is("Synced", "True").test(claim)
        && Conditions.is("Upgrading", "False").test(claim)
        && claim.at("status", "stage").text().filter("Provisioning"::equals).isPresent();
  }

  private static Set<String> namespaces(List<Reference> composed) {
    return composed.stream()
        .map(Reference::namespace)
        .filter(namespace -> !namespace.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Who owns a composed object, and how it can be found; its labels are returned. */
  private static Tree assertMarks(
      Kubernetes kubernetes, Reference one, String kind, Tree composite) {
    Tree object = kubernetes.get(one);
    String name = composite.at("metadata", "name").text().orElseThrow();
    assertThat(owners(object)).as("owners of %s", one).containsExactly(kind + " " + name);
    Tree labels = object.at("metadata", "labels");
    assertThat(labels.at("crossplane.io/composite").text()).as("label of %s", one).contains(name);
    assertThat(
            object
                .at("metadata", "annotations", "crossplane.io/composition-resource-name")
                .exists())
        .as("resource name of %s", one)
        .isTrue();
    if (one.kind().equals(Kind.CLUSTER)) {
      assertThat(one.name()).matches("eo-lab-[0-9a-f]{5}");
    }
    return labels;
  }

  private static List<String> owners(Tree object) {
    // Cluster API adds the Cluster as a further owner, which controls nothing.
    return object.at("metadata", "ownerReferences").items().stream()
        .filter(owner -> owner.at("controller").truth().orElse(false))
        .map(owner -> owner.at("kind").text().orElse("") + " " + owner.at("name").text().orElse(""))
        .toList();
  }
}
