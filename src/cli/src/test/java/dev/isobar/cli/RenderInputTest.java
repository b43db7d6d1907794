package dev.isobar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.call.Yaml;
import dev.isobar.function.wire.proto.Fn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What of the files reaches the function. */
final class RenderInputTest {
  private static final String KEY = "crossplane.io/composition-resource-name";

  @TempDir Path temporary;

  private Folder folder() {
    return new Folder(temporary).file("claim.yaml", Stories.CLAIM);
  }

  private static Fn.RunFunctionRequest last(StandInFunction function) {
    return function.requests().getLast();
  }

  private static Tree composite(Fn.RunFunctionRequest request) {
    return Tree.of(Yaml.map(request.getObserved().getComposite()));
  }

  private static String observed(String kind, String name, String marks) {
    return "apiVersion: cluster.x-k8s.io/v1beta2\nkind: %s\nmetadata: {name: %s, namespace: eo4eu, %s}\nstatus: {phase: Provisioned}\n---\n"
        .formatted(kind, name, marks);
  }

  @Test
  void makesTheCompositeOfAClaim() throws IOException {
    try (var function = StandInFunction.start(Stories.twoResources())) {
      assertThat(folder().render(function).code()).isZero();
      assertThat(composite(last(function)).plain())
          .isEqualTo(
              Yaml.map(
                  """
                  apiVersion: platform.isobar.dev/v1alpha1
                  kind: XPlatformCluster
                  metadata:
                    name: eo-lab-f4bd8
                    uid: 9af1a54c-0d20-5450-87fa-f2d3517de5b1
                    generation: 1
                    labels:
                      team: eo
                      crossplane.io/claim-name: eo-lab
                      crossplane.io/claim-namespace: eo4eu
                      crossplane.io/composite: eo-lab-f4bd8
                    annotations: {note: hello}
                  spec:
                    cloud: wekeo
                    version: "1.35"
                    claimRef:
                      apiVersion: platform.isobar.dev/v1alpha1
                      kind: PlatformCluster
                      name: eo-lab
                      namespace: eo4eu
                  """));
    }
  }

  @Test
  void refusesAPolicyThatTheFunctionNeverSees() throws IOException {
    Folder folder =
        new Folder(temporary)
            .file(
                "claim.yaml",
                Stories.CLAIM.replace("spec: {", "spec: {compositeDeletePolicy: Foreground, "));
    try (var function = StandInFunction.start(Stories.twoResources())) {
      assertThat(folder.render(function).code()).isEqualTo(1);
      assertThat(folder.render(function).err())
          .contains(
              "spec.compositeDeletePolicy: Foreground hangs the deletion of a cluster, because"
                  + " Cluster API's objects then wait for each other; remove it, or set it to"
                  + " Background");
    }
  }

  @Test
  void usesTheDefaultNamespace() throws IOException {
    Folder folder =
        new Folder(temporary).file("claim.yaml", Stories.CLAIM.replace("namespace: eo4eu", ""));
    try (var function = StandInFunction.start(Stories.twoResources())) {
      assertThat(folder.render(function).err()).startsWith("PlatformCluster default/eo-lab -> ");
      assertThat(folder.render(function, "--flavour", "namespaced").err())
          .startsWith("PlatformCluster default/eo-lab: ");
    }
  }

  @Test
  void cutsLongNames() throws IOException {
    Folder folder =
        new Folder(temporary).file("claim.yaml", Stories.CLAIM.replace("eo-lab", "a".repeat(80)));
    try (var function = StandInFunction.start(Stories.twoResources())) {
      assertThat(folder.render(function).code()).isZero();
      assertThat(composite(last(function)).at("metadata", "name").text().orElseThrow()).hasSize(63);
    }
  }

  @Test
  void lendsTheStatusOfAnObservedComposite() throws IOException {
    String status =
        "status: {stage: Ready, conditions: [{type: Old, status: 'True', reason: R,"
            + " lastTransitionTime: x}]}\n";
    List<String> forms =
        List.of(
            Stories.CLAIM + status,
            "apiVersion: platform.isobar.dev/v1alpha1\n"
                + "kind: XPlatformCluster\n"
                + "metadata: {name: eo-lab-f4bd8}\n"
                + status,
            "apiVersion: platform.isobar.dev/v1alpha1\n"
                + "kind: XPlatformCluster\n"
                + "metadata: {name: eo-lab-x7k2p, uid: u1, labels: {crossplane.io/claim-name:"
                + " eo-lab, crossplane.io/claim-namespace: eo4eu}}\n"
                + status);
    for (String form : forms) {
      try (var function = StandInFunction.start(Stories.twoResources())) {
        Folder.Run run = folder().file("observed/composite.yaml", form).render(function);
        assertThat(composite(last(function)).at("status", "stage").text())
            .as(form)
            .contains("Ready");
        assertThat(run.out())
            .as("a condition that the function does not mention stays: " + form)
            .contains("  - type: Old\n    status: \"True\"\n    reason: R\n  - type: Synced");
        if (form.contains("x7k2p")) {
          assertThat(composite(last(function)).at("metadata", "uid").text()).contains("u1");
          assertThat(run.out()).contains("name: eo-lab-x7k2p");
        }
      }
    }
  }

  @Test
  void handsObservedResourcesInByTheirAnnotation() throws IOException {
    folder()
        .file(
            "observed/all.yaml",
            observed("Cluster", "other", "annotations: {" + KEY + ": cluster}"));
    try (var function = StandInFunction.start(Stories.twoResources())) {
      Folder.Run run = folder().render(function);
      assertThat(function.requests()).hasSize(1);
      assertThat(last(function).getObserved().getResourcesMap()).containsOnlyKeys("cluster");
      assertThat(run.out())
          .as("what exists keeps its name")
          .contains("  name: other\n")
          .doesNotContain("name: lab");
    }
  }

  @Test
  void recognizesObservedResourcesByKindAndName() throws IOException {
    folder()
        .file(
            "observed/all.yaml",
            observed("Cluster", "lab", "")
                + observed("Machine", "m", "")
                + observed("Second", "s", ""));
    try (var function =
        StandInFunction.start((request, answer) -> {
          Stories.twoResources().answer(request, answer);
          if (request.getObserved().containsResources("cluster")) {
            answer
                .getDesiredBuilder()
                .putResources(
                    "second",
                    Yaml.resource(
                        Fn.Ready.READY_TRUE,
                        "{apiVersion: cluster.x-k8s.io/v1beta2, kind: Second, metadata: {name: s,"
                            + " namespace: eo4eu}}"));
          }
          return answer;
        })) {
      assertThat(folder().render(function).code()).isZero();
      assertThat(function.requests()).as("dry, with the cluster, with both").hasSize(3);
      assertThat(last(function).getObserved().getResourcesMap())
          .containsOnlyKeys("cluster", "second");
      assertThat(
              Tree.of(Yaml.map(last(function).getObserved().getResourcesOrThrow("cluster")))
                  .at("metadata", "annotations", KEY)
                  .text())
          .contains("cluster");
    }
  }

  /** Sveltos copies the marks of a profile to its ClusterSummaries. */
  @Test
  void takesMarksOfAnotherOwnerForCopies() throws IOException {
    String mark = "annotations: {" + KEY + ": cluster}";
    Folder folder =
        folder()
            .file(
                "observed/all.yaml",
                observed("Cluster", "lab", mark)
                    + observed("Summary", "lab-s", mark + ", ownerReferences: [{kind: Profile}]"));
    try (var function = StandInFunction.start(Stories.twoResources())) {
      assertThat(folder.render(function).err()).doesNotContain("refused");
      assertThat(Yaml.map(last(function).getObserved().getResourcesOrThrow("cluster")))
          .containsEntry("kind", "Cluster");
    }
  }

  @Test
  void wantsToKnowWhoseAnObservedResourceIs() throws IOException {
    Folder folder = folder().file("b.yaml", Stories.CLAIM.replace("eo-lab", "b"));
    String key = "annotations: {" + KEY + ": cluster}";
    try (var function = StandInFunction.start(Stories.twoResources())) {
      folder.file("observed/all.yaml", observed("Cluster", "lab", key));
      assertThat(folder.render(function).err())
          .isEqualTo(
              "refused: observed Cluster eo4eu/lab: says which resource it is but not of which"
                  + " composite; give it the label crossplane.io/composite\n");
      folder.file(
          "observed/all.yaml",
          observed("Cluster", "lab", key + ", labels: {crossplane.io/composite: eo-lab-f4bd8}"));
      assertThat(folder.render(function).code()).isZero();
      assertThat(function.requests())
          .filteredOn(request -> request.getObserved().getResourcesCount() == 1)
          .extracting(request -> composite(request).at("metadata", "name").text().orElseThrow())
          .containsExactly("eo-lab-f4bd8");
    }
    try (var function = StandInFunction.start(Stories.twoResources())) {
      folder.file(
          "observed/all.yaml",
          observed(
              "Cluster",
              "lab",
              key + ", ownerReferences: [{kind: XPlatformCluster, name: eo-lab-f4bd8}]"));
      assertThat(folder.render(function).code()).isZero();
      assertThat(function.requests())
          .filteredOn(request -> request.getObserved().getResourcesCount() == 1)
          .hasSize(1);
    }
  }

  @Test
  void takesSettingsFromTheNearestPlace() throws IOException {
    Folder folder =
        folder()
            .file(
                "composition.yaml",
                """
                apiVersion: apiextensions.crossplane.io/v1
                kind: Composition
                metadata: {name: x}
                spec:
                  compositeTypeRef: {kind: XPlatformCluster}
                  pipeline: [{step: a, input: {kind: Settings, from: composition}}, {step: b}]
                """);
    try (var function = StandInFunction.start(Stories.twoResources())) {
      assertThat(folder.render(function).code()).isZero();
      assertThat(last(function).getInput())
          .isEqualTo(Yaml.struct("{kind: Settings, from: composition}"));
      folder.file("bare.yaml", "from: option");
      assertThat(
              folder
                  .render(function, "--settings", folder.path().resolve("bare.yaml").toString())
                  .code())
          .isZero();
      assertThat(last(function).getInput())
          .isEqualTo(
              Yaml.struct(
                  "{apiVersion: isobar.fn.crossplane.io/v1alpha1, kind: Settings, from: option}"));
    }
  }

  @Test
  void letsLaterCompositesSeeEarlierOnesAsRendered() throws IOException {
    Folder folder =
        folder()
            .file(
                "a.yaml",
                "{apiVersion: platform.isobar.dev/v1alpha1, kind: PlatformCluster, metadata: {name:"
                    + " w, namespace: eo4eu}}");
    var selector =
        Fn.ResourceSelector.newBuilder()
            .setApiVersion("platform.isobar.dev/v1alpha1")
            .setKind("PlatformCluster")
            .setMatchName("eo-lab")
            .setNamespace("eo4eu");
    try (var function =
        StandInFunction.start((request, answer) -> {
          answer.setRequirements(
              Fn.Requirements.newBuilder().putResources("cluster", selector.build()));
          return Stories.twoResources().answer(request, answer);
        })) {
      Folder.Run run = folder.render(function);
      assertThat(run.err().lines().filter(line -> line.contains(" -> ")).toList())
          .extracting(line -> line.split(" ")[1])
          .containsExactly("eo4eu/eo-lab", "eo4eu/w");
      Tree cluster =
          Tree.of(Yaml.map(last(function).getRequiredResourcesOrThrow("cluster").getItems(0)));
      assertThat(cluster.at("status", "stage").text()).contains("Creating");
      assertThat(cluster.at("spec", "resourceRef", "name").text()).contains("eo-lab-f4bd8");
    }
  }

  record Owner(String why, String flavour, String composite) {}

  @ParameterizedTest
  @MethodSource("owners")
  void namesWhatACompositeOwnsAndNobodyHandedIn(Owner row) throws IOException {
    Folder folder =
        folder()
            .file("observed/composite.yaml", row.composite)
            .file("observed/cluster.yaml", observed("Cluster", "lab", "labels: {}"));
    try (var function = StandInFunction.start(Stories.twoResources())) {
      Folder.Run run = folder.render(function, "--flavour", row.flavour);
      assertThat(run.code()).as(row.why).isZero();
      assertThat(run.err().lines().findFirst())
          .as(row.why)
          .hasValueSatisfying(line ->
              assertThat(line)
                  .startsWith("warning: ")
                  .endsWith(
                      " owns what is not among the observed objects, so it is rendered as if it"
                          + " did not exist: KubeadmControlPlane lab, ConfigMap notes; 'isobar"
                          + " render --help' shows how to fetch all of it"));
    }
  }

  static Stream<Owner> owners() {
    String references =
        """
        resourceRefs:
            - {apiVersion: cluster.x-k8s.io/v1beta2, kind: Cluster, name: lab}
            - {apiVersion: controlplane.cluster.x-k8s.io/v1beta2, kind: KubeadmControlPlane, name: lab}
            - {apiVersion: v1, kind: ConfigMap, name: notes}
        """;
    return Stream.of(
        new Owner(
            "where core of version 1 notes them",
            "claims",
            "apiVersion: platform.isobar.dev/v1alpha1\nkind: XPlatformCluster\n"
                + "metadata: {name: eo-lab-f4bd8}\nspec:\n  "
                + references),
        new Owner(
            "where version 2 does",
            "namespaced",
            "apiVersion: platform.isobar.dev/v1alpha1\nkind: PlatformCluster\n"
                + "metadata: {name: eo-lab, namespace: eo4eu}\nspec:\n  crossplane:\n    "
                + references.indent(2).strip()));
  }

  @Test
  void findsByLabelsInAllNamespacesInOrder() throws IOException {
    Folder folder = folder();
    for (String place : List.of("b/m3", "a/m2", "a/m1")) {
      String[] parts = place.split("/");
      folder.file(
          "observed/" + parts[1] + ".yaml",
          "{apiVersion: v1, kind: Machine, metadata: {name: %s, namespace: %s, labels: {a: b, c: d}}}"
              .formatted(parts[1], parts[0]));
    }
    folder.file(
        "other.yaml",
        "{apiVersion: v1, kind: Machine, metadata: {name: m0, namespace: a, labels: {c: d}}}");
    var all = Fn.ResourceSelector.newBuilder().setApiVersion("v1").setKind("Machine");
    var labelled = all.clone().setMatchLabels(Fn.MatchLabels.newBuilder().putLabels("a", "b"));
    var requirements =
        Fn.Requirements.newBuilder()
            .putResources("all", all.build())
            .putResources("labelled", labelled.build())
            .putResources("here", labelled.clone().setNamespace("a").build())
            .putResources("named", all.clone().setMatchName("m1").setNamespace("a").build())
            .putResources("unplaced", all.clone().setMatchName("m1").build());
    try (var function =
        StandInFunction.start((_, answer) -> answer.setRequirements(requirements))) {
      assertThat(folder.render(function).code()).isZero();
      assertThat(names("all", last(function))).containsExactly("m0", "m1", "m2", "m3");
      assertThat(names("labelled", last(function))).containsExactly("m1", "m2", "m3");
      assertThat(names("here", last(function))).containsExactly("m1", "m2");
      assertThat(names("named", last(function))).containsExactly("m1");
      assertThat(names("unplaced", last(function))).isEmpty();
    }
  }

  private static List<String> names(String requirement, Fn.RunFunctionRequest request) {
    return request.getRequiredResourcesOrThrow(requirement).getItemsList().stream()
        .map(item -> Tree.of(Yaml.map(item)).at("metadata", "name").text().orElseThrow())
        .toList();
  }
}
