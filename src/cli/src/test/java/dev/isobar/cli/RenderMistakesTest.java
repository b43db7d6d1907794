package dev.isobar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.cli.picture.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What whoever types in a hurry, or hands in too much, is told. */
final class RenderMistakesTest {
  private static final String KEY = "crossplane.io/composition-resource-name";

  @TempDir Path temporary;

  record Row(String reason, List<String> arguments, int code, String err) {}

  static Stream<Row> paths() {
    return Stream.of(
        new Row(
            "a variable that is not set",
            List.of("render", ""),
            2,
            "isobar render: a path is empty; give a file or folder, or . for the one you are in"),
        new Row(
            "settings of such a one",
            List.of("render", "DIR", "--settings", ""),
            2,
            "isobar render: a path is empty;"),
        new Row(
            "a report of such a one",
            List.of("render", "DIR", "--report", ""),
            2,
            "isobar render: --report is empty; give a file, for example eo-lab.html"),
        new Row(
            "nothing comes in",
            List.of("render", "-"),
            1,
            "refused: standard input: holds no object; remove the file or write one"));
  }

  @ParameterizedTest
  @MethodSource("paths")
  void saysWhichPathIsWrong(Row row) {
    Folder.Run run =
        new Folder(temporary)
            .file("claim.yaml", Stories.CLAIM)
            .run(row.arguments.toArray(String[]::new));
    assertThat(run.code()).as(row.reason).isEqualTo(row.code);
    assertThat(run.err()).as(row.reason).startsWith(row.err);
  }

  record Input(String reason, String text, String message) {}

  static Stream<Input> inputs() {
    String spec = "spec: {cloud: wekeo, version: \"1.35\"}";
    return Stream.of(
        new Input(
            "the second of two objects has no kind",
            Stories.CLOUD + "---\napiVersion: v1\nmetadata: {name: a}\n",
            "DIR/a.yaml:6: kind: is missing in object 2 of the file; every object needs one, such"
                + " as kind: PlatformCluster"),
        new Input(
            "no apiVersion",
            "kind: PlatformCluster\nmetadata: {name: a}\n",
            "DIR/a.yaml:1: apiVersion: is missing; every object needs one, such as apiVersion:"
                + " platform.isobar.dev/v1alpha1"),
        new Input(
            "a number for a kind",
            "apiVersion: v1\nkind: 3\nmetadata: {name: a}\n",
            "DIR/a.yaml:1: kind: is a number, not a string; write a word such as PlatformCluster"),
        new Input(
            "a field beside the spec",
            Stories.CLAIM.replace("eo-lab", "b").replace(spec, spec + "\nspecs: {}"),
            "DIR/a.yaml:1: specs: there is no such field; did you mean spec?"),
        new Input(
            "more than a cluster stores",
            Stories.CLAIM
                .replace("eo-lab", "b")
                .replace(
                    spec,
                    "spec:\n  addons:\n    extra:\n    - name: a\n      manifests: "
                        + "x".repeat(2_000_000)),
            "DIR/a.yaml:1: spec.addons.extra[0].manifests: takes most of the 2000312 bytes of the"
                + " object, and a cluster stores objects of at most 1572864 (1.5 MiB); shorten"
                + " it"));
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void refusesInput(Input row) throws IOException {
    Folder folder =
        new Folder(temporary).file("claim.yaml", Stories.CLAIM).file("a.yaml", row.text);
    try (var function = StandInFunction.start(Stories.twoResources())) {
      assertThat(folder.render(function))
          .as(row.reason)
          .isEqualTo(new Folder.Run(1, "", "refused: " + row.message + "\n"));
    }
  }

  @Test
  void instancesAreTheProviders() throws IOException {
    Folder folder =
        new Folder(temporary)
            .file(
                "a.yaml",
                """
                apiVersion: compute.isobar.dev/v1alpha1
                kind: Instance
                metadata: {name: a, namespace: eo4eu}
                ---
                apiVersion: compute.isobar.dev/v1alpha1
                kind: ClusterProviderConfig
                metadata: {name: aws}
                """);
    try (var function = StandInFunction.start(Stories.twoResources())) {
      assertThat(folder.render(function))
          .isEqualTo(
              new Folder.Run(
                  1,
                  "",
                  "refused: found nothing to render in the paths: no object of"
                      + " platform.isobar.dev outside a folder observed/; give the file of a claim,"
                      + " with kind: PlatformCluster or GpuWorkspace; of ClusterProviderConfig and"
                      + " Instance nothing is made but by provider-isobar: apply them to the"
                      + " management cluster as they are\n"));
      assertThat(folder.file("claim.yaml", Stories.CLAIM).render(function).code())
          .as("beside a claim they are something to look up")
          .isZero();
    }
  }

  @Test
  void rendersWhatComesIn() throws IOException {
    try (var function = StandInFunction.start(Stories.twoResources())) {
      var out = new ByteArrayOutputStream();
      int code =
          IsobarMain.run(
              new String[] {"render", "-", "--function-address", function.address()},
              new ByteArrayInputStream(Stories.CLAIM.getBytes(StandardCharsets.UTF_8)),
              printing(out),
              printing(new ByteArrayOutputStream()),
              Optional.empty());
      assertThat(code).isZero();
      assertThat(out.toString(StandardCharsets.UTF_8)).contains("kind: XPlatformCluster");
    }
  }

  @Test
  void moreThanAFunctionReadsIsNoFaultOfOurs() {
    Folder folder = new Folder(temporary).file("claim.yaml", Stories.CLAIM);
    for (int i = 0; i < 4; i++) {
      folder.file(
          "observed/%d.yaml".formatted(i),
          """
          apiVersion: v1
          kind: ConfigMap
          metadata: {name: c%d, namespace: eo4eu, annotations: {%s: c%d}}
          data: {a: %s}
          """
              .formatted(i, KEY, i, "x".repeat(1_200_000 + i)));
    }
    Folder.Run run = folder.run("render", "DIR");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .matches(
            "refused: the request comes to 480[0-9]{4} bytes, and functions read 4194304 unless"
                + " --max-recv-message-size says otherwise, in a cluster too; hand in fewer or"
                + " shorter objects, the largest are ConfigMap eo4eu/c3 \\(12[0-9]{5}\\),"
                + " ConfigMap eo4eu/c2 \\(12[0-9]{5}\\), ConfigMap eo4eu/c1 \\(12[0-9]{5}\\)\n");
  }

  record Owned(String reason, String marks, boolean taken) {}

  static Stream<Owned> owned() {
    return Stream.of(
        new Owned("says nothing", "", true),
        new Owned("its label", ", labels: {crossplane.io/composite: eo-lab-f4bd8}", true),
        new Owned(
            "core chose another name for the composite",
            ", labels: {crossplane.io/composite: eo-lab-x7k2p, crossplane.io/claim-name: eo-lab,"
                + " crossplane.io/claim-namespace: eo4eu}",
            true),
        new Owned(
            "its owner", ", ownerReferences: [{kind: XPlatformCluster, name: eo-lab-f4bd8}]", true),
        new Owned("another's label", ", labels: {crossplane.io/composite: other-x7k2p}", false),
        new Owned(
            "another claim's label",
            ", labels: {crossplane.io/composite: other-x7k2p, crossplane.io/claim-name: other,"
                + " crossplane.io/claim-namespace: eo4eu}",
            false),
        new Owned(
            "another owner", ", ownerReferences: [{kind: XPlatformCluster, name: other}]", false));
  }

  @ParameterizedTest
  @MethodSource("owned")
  void onlyItsOwnResourcesAreOfAComposite(Owned row) throws IOException {
    Folder folder =
        new Folder(temporary)
            .file("claim.yaml", Stories.CLAIM)
            .file(
                "observed/a.yaml",
                """
                apiVersion: cluster.x-k8s.io/v1beta2
                kind: Cluster
                metadata: {name: lab, namespace: eo4eu, annotations: {%s: cluster}%s}
                """
                    .formatted(KEY, row.marks));
    try (var function = StandInFunction.start(Stories.twoResources())) {
      Folder.Run run = folder.render(function);
      assertThat(run.code()).as(row.reason).isZero();
      assertThat(function.requests().getLast().getObserved().getResourcesCount())
          .as(row.reason)
          .isEqualTo(row.taken ? 1 : 0);
      assertThat(run.err().contains("warning: observed Cluster eo4eu/lab is of "))
          .as(row.reason)
          .isEqualTo(!row.taken);
    }
  }

  @Test
  void helpIsAsWideAsItsLinesAre() {
    assertThat(new Folder(temporary).run("render", "--help").out().lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(110))
        .noneMatch(line -> line.strip().equals("conditions"));
  }

  @Test
  void gpusHaveTheirHeadingWhereNoPictureFits() {
    Folder folder = new Folder(temporary).file("claim.yaml", Stories.CLAIM);
    var err = new ByteArrayOutputStream();
    int code =
        IsobarMain.run(
            new String[] {"render", "../../examples/openstack-gpu-lab"},
            printing(new ByteArrayOutputStream()),
            printing(err),
            Optional.of(new Terminal(60, false)));
    assertThat(code).as(folder.toString()).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .containsSequence(
            "  GPUS", "  a100: 0 to 4 nodes, 0 ready, 2 \u00d7 A100-80GB each, on g2.a100.2");
  }

  private static PrintStream printing(ByteArrayOutputStream target) {
    return new PrintStream(target, true, StandardCharsets.UTF_8);
  }
}
