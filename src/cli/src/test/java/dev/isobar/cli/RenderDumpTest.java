package dev.isobar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.call.Yaml;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A dump of a cluster has a claim and its composite, which are one. */
final class RenderDumpTest {
  private static final String BY_REFERENCE =
      "spec: {claimRef: {namespace: eo4eu, name: eo-lab}, version: '1.34'}\n";

  /** Where a composite begins in the output; owners stand further in. */
  private static final String COMPOSITE = "\nkind: XPlatformCluster\n";

  @TempDir Path temporary;

  private static String composite(String name, String more) {
    return "apiVersion: platform.isobar.dev/v1alpha1\nkind: XPlatformCluster\nmetadata: {name: %s, uid: u1, %s\nstatus: {stage: Ready}\n"
        .formatted(name, more);
  }

  private Folder folder() {
    return new Folder(temporary).file("claim.yaml", Stories.CLAIM);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "labels: {}}\n" + BY_REFERENCE,
        "labels: {crossplane.io/claim-name: eo-lab, crossplane.io/claim-namespace: eo4eu}}\n"
      })
  void aClaimAndItsCompositeAreRenderedAsOne(String bound) throws IOException {
    for (String name : List.of("a.yaml", "z.yaml")) {
      Folder folder =
          new Folder(temporary.resolve(name + ".d"))
              .file("claim.yaml", Stories.CLAIM)
              .file(name, composite("eo-lab-x7k2p", bound));
      try (var function = StandInFunction.start(Stories.twoResources())) {
        Folder.Run run = folder.render(function);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).containsOnlyOnce(COMPOSITE);
        Tree asked = Tree.of(Yaml.map(function.requests().getLast().getObserved().getComposite()));
        assertThat(
                Stream.of(
                        asked.at("metadata", "name"),
                        asked.at("metadata", "uid"),
                        asked.at("status", "stage"),
                        asked.at("spec", "version"))
                    .map(Tree::plain))
            .as("what exists is the composite's, what is asked the claim's")
            .containsExactly("eo-lab-x7k2p", "u1", "Ready", "1.35");
      }
    }
  }

  @Test
  void whatTheCompositeOwnsIsMissed() throws IOException {
    Folder folder =
        folder()
            .file(
                "x.yaml",
                composite(
                    "eo-lab-x7k2p",
                    "labels: {}}\n"
                        + BY_REFERENCE.replace(
                            "version",
                            "resourceRefs: [{apiVersion: cluster.x-k8s.io/v1beta2, kind: Cluster,"
                                + " name: lab}], version")));
    try (var function = StandInFunction.start(Stories.twoResources())) {
      assertThat(folder.render(function).err())
          .startsWith("warning: XPlatformCluster eo-lab-x7k2p owns what is not among the observed");
    }
  }

  @Test
  void anotherClaimsCompositeIsAnother() throws IOException {
    Folder folder =
        folder()
            .file(
                "x.yaml",
                composite("b-x7k2p", "labels: {}}\n" + BY_REFERENCE.replace("eo-lab", "b")));
    try (var function = StandInFunction.start(Stories.twoResources())) {
      assertThat(folder.render(function).out().split(COMPOSITE, -1)).hasSize(3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"y.yaml", "observed/y.yaml"})
  void twoCompositesOfOneClaimAreRefused(String other) throws IOException {
    Folder folder =
        folder()
            .file("x.yaml", composite("eo-lab-x7k2p", "labels: {}}\n" + BY_REFERENCE))
            .file(other, composite("eo-lab-aaaaa", "labels: {}}\n" + BY_REFERENCE));
    String first = other.equals("y.yaml") ? "y.yaml:1" : "x.yaml:1";
    String second = other.equals("y.yaml") ? "x.yaml:1" : "observed/y.yaml:1";
    try (var function = StandInFunction.start(Stories.twoResources())) {
      Folder.Run run = folder.render(function);
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.err())
          .isEqualTo(
              "refused: DIR/%s: is the composite of PlatformCluster eo4eu/eo-lab in DIR/claim.yaml:1, as is DIR/%s; remove one\n"
                  .formatted(first, second));
    }
  }

  /** Their composites have the same name, so the label alone does not tell whose an object is. */
  @Test
  void whatAWorkspaceOwnsIsNotGivenToAClusterOfItsName() throws IOException {
    String workspace = Stories.CLAIM.replace("PlatformCluster", "GpuWorkspace");
    Folder folder =
        folder()
            .file("workspace.yaml", workspace)
            .file(
                "observed/all.yaml",
                """
                apiVersion: cluster.x-k8s.io/v1beta2
                kind: Cluster
                metadata:
                  name: lab
                  namespace: eo4eu
                  annotations: {crossplane.io/composition-resource-name: cluster}
                  labels: {crossplane.io/composite: eo-lab-f4bd8}
                  ownerReferences: [{kind: XGpuWorkspace, name: eo-lab-f4bd8}]
                """);
    try (var function = StandInFunction.start(Stories.twoResources())) {
      assertThat(folder.render(function).code()).isZero();
      assertThat(function.requests())
          .filteredOn(request -> request.getObserved().getResourcesCount() == 1)
          .extracting(request -> Yaml.map(request.getObserved().getComposite()).get("kind"))
          .containsExactly("XGpuWorkspace");
    }
  }
}
