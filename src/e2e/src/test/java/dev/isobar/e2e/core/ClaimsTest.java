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
import org.junit.jupiter.api.Test;

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
      composed.forEach(one -> assertMarks(plane.kubernetes(), one, composite, claim));
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
      assertThat(owners(plane.kubernetes().get(one))).containsExactly("PlatformCluster eo-lab");
    }
  }

  /** Every condition of the catalogue stands on the claim, and says what is waited for. */
  @Test
  void claimSaysWhatItWaitsFor() {
    ControlPlane plane = Planes.claims();
    Scene scene = Scene.set(plane, "waits", "waits");
    Reference claim = scene.claim("waits", "eo-lab");
    Tree seen = await.until(plane.kubernetes(), claim, "is being provisioned", ClaimsTest::told);
    var conditions = new TreeMap<String, String>();
    for (Tree condition : seen.at("status", "conditions").items()) {
      conditions.put(
          condition.at("type").text().orElse(""),
          condition.at("status").text().orElse("")
              + " "
              + condition.at("reason").text().orElse(""));
    }
    assertThat(conditions)
        .isEqualTo(
            new TreeMap<>(
                Map.of(
                    "Accepted", "True Valid",
                    "AddonsReady", "False WaitingForControlPlane",
                    "CloudResolved", "True Resolved",
                    "ControlPlaneReady", "False WaitingForInfrastructure",
                    "GpuReady", "False WaitingForControlPlane",
                    "InfrastructureReady", "False Provisioning",
                    "PoolsReady", "False WaitingForControlPlane",
                    "Ready", "False Waiting",
                    "Synced", "True ReconcileSuccess",
                    "Upgrading", "False UpToDate")));
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

  private static void assertMarks(
      Kubernetes kubernetes, Reference one, Tree composite, Reference claim) {
    Tree object = kubernetes.get(one);
    String name = composite.at("metadata", "name").text().orElseThrow();
    assertThat(owners(object)).as("owners of %s", one).containsExactly("XPlatformCluster " + name);
    Tree labels = object.at("metadata", "labels");
    assertThat(labels.at("crossplane.io/composite").text()).contains(name);
    assertThat(labels.at("crossplane.io/claim-name").text()).contains(claim.name());
    assertThat(labels.at("crossplane.io/claim-namespace").text()).contains(claim.namespace());
    assertThat(
            object
                .at("metadata", "annotations", "crossplane.io/composition-resource-name")
                .exists())
        .as("resource name of %s", one)
        .isTrue();
    if (one.kind().equals(Kind.CLUSTER)) {
      assertThat(one.name()).matches("eo-lab-[0-9a-f]{5}");
    }
  }

  private static List<String> owners(Tree object) {
    // Cluster API adds the Cluster as a further owner, which controls nothing.
    return object.at("metadata", "ownerReferences").items().stream()
        .filter(owner -> owner.at("controller").truth().orElse(false))
        .map(owner -> owner.at("kind").text().orElse("") + " " + owner.at("name").text().orElse(""))
        .toList();
  }
}
