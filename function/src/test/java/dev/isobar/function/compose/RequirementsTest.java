package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.contract.Answer;
import dev.isobar.function.contract.Request;
import dev.isobar.function.contract.Requirement;
import dev.isobar.function.contract.Requirement.Selection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Core asks again until requirements stay the same, so every answer repeats them. */
final class RequirementsTest {
  private static final List<Requirement> EXPECTED =
      List.of(
          new Requirement(
              "cloud",
              "compute.isobar.dev/v1alpha1",
              "Cloud",
              new Selection.ByName("wekeo"),
              Optional.empty()),
          new Requirement(
              "namespace", "v1", "Namespace", new Selection.ByName("eo4eu"), Optional.empty()),
          new Requirement(
              "cluster-summaries",
              "config.projectsveltos.io/v1beta1",
              "ClusterSummary",
              new Selection.ByLabels(
                  new TreeMap<>(
                      Map.of(
                          "projectsveltos.io/cluster-name",
                          "eo-lab-f4bd8",
                          "projectsveltos.io/cluster-type",
                          "Capi"))),
              Optional.of("eo4eu")),
          new Requirement(
              "workspaces",
              "platform.isobar.dev/v1alpha1",
              "GpuWorkspace",
              new Selection.ByLabels(new TreeMap<>()),
              Optional.of("eo4eu")),
          new Requirement(
              "workspace-pools",
              "cluster.x-k8s.io/v1beta2",
              "MachineDeployment",
              new Selection.ByLabels(
                  new TreeMap<>(Map.of("isobar.dev/gpu-operator-of", "eo-lab-f4bd8"))),
              Optional.of("eo4eu")));

  private static Answer answer(ManagementCluster cluster, Map<String, List<Tree>> required) {
    Request request = cluster.request();
    return new PlatformClusterComposition()
        .compose(new Request(request.composite(), request.observed(), required, request.input()));
  }

  @Test
  void areAskedForAtFirstAndNothingElseIsSaid() {
    assertThat(answer(ManagementCluster.with("{}"), Map.of()))
        .isEqualTo(new Answer.Unresolved(EXPECTED));
  }

  @Test
  void areAskedForAgainWhileSomeAreNotLookedUp() {
    ManagementCluster cluster = ManagementCluster.with("{}");
    for (String missing :
        List.of("cloud", "namespace", "cluster-summaries", "workspaces", "workspace-pools")) {
      var some = new HashMap<>(cluster.request().required());
      some.remove(missing);
      assertThat(answer(cluster, some)).as(missing).isEqualTo(new Answer.Unresolved(EXPECTED));
    }
  }

  @Test
  void stayTheSameWhateverTheAnswer() {
    ManagementCluster cluster = ManagementCluster.with("{}");
    assertThat(cluster.ask().requirements()).as("new").isEqualTo(EXPECTED);
    cluster.settle();
    assertThat(cluster.ask().requirements()).as("settled").isEqualTo(EXPECTED);
    var missing = new HashMap<>(cluster.request().required());
    missing.put("cloud", List.of());
    assertThat(answer(cluster, missing).requirements()).as("no Cloud").isEqualTo(EXPECTED);
    missing.put("cluster-summaries", List.of());
    missing.put("namespace", List.of());
    assertThat(answer(cluster, missing).requirements()).as("nothing").isEqualTo(EXPECTED);
    assertThat(cluster.claim("controlPlane: {replicas: 2}").ask())
        .as("refused")
        .isInstanceOf(Answer.Rejected.class)
        .extracting(Answer::requirements)
        .isEqualTo(EXPECTED);
    assertThat(answer(ManagementCluster.with("typo: 1"), Map.of()).requirements())
        .as("refused before anything was looked up")
        .isEqualTo(EXPECTED);
    assertThat(answer(ManagementCluster.with("{}").settings("kind: X"), Map.of()).requirements())
        .as("the settings are wrong")
        .isEqualTo(EXPECTED);
  }

  @Test
  void aCloudThatIsGoneIsToldAndNothingIsTakenAway() {
    ManagementCluster cluster = ManagementCluster.with("{}");
    cluster.settle();
    var gone = new HashMap<>(cluster.request().required());
    gone.put("cloud", List.of());
    assertThat(answer(cluster, gone))
        .isInstanceOfSatisfying(
            Answer.Rejected.class,
            rejected ->
                assertThat(rejected.mistakes())
                    .singleElement()
                    .extracting(one -> one.sentence())
                    .isEqualTo(
                        "spec.cloud: there is no Cloud \"wekeo\"; name one that `kubectl get"
                            + " clouds` lists, or ask the platform team to make it; until then the"
                            + " cluster that exists is left as it is"));
  }

  @Test
  void areTheSameForANamespacedCompositeOfTheSameName() {
    assertThat(ManagementCluster.with("{}").namespaced("eo4eu", "eo-lab").ask().requirements())
        .isEqualTo(EXPECTED);
  }
}
