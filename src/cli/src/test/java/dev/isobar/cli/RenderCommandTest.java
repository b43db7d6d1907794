package dev.isobar.cli;

import static org.assertj.core.api.Assertions.assertThat;

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

final class RenderCommandTest {
  @TempDir Path temporary;

  record Usage(String reason, List<String> arguments, int code, String out, String err) {}

  static Stream<Usage> usages() {
    return Stream.of(
        new Usage("what there is", List.of("--help"), 0, "render ", ""),
        new Usage("the build's own commands", List.of("--help"), 0, "  format ", ""),
        new Usage("by example", List.of("render", "--help"), 0, "isobar render claim.yaml", ""),
        new Usage(
            "help of a command", List.of("help", "render"), 0, "isobar render claim.yaml", ""),
        new Usage(
            "no command", List.of(), 2, "", "isobar: a command is missing\nSee isobar --help.\n"),
        new Usage("no such command", List.of("reindeer"), 2, "", "there is no such command"),
        new Usage("help of none", List.of("help", "reindeer"), 2, "", "Unknown subcommand"),
        new Usage("none, and help", List.of("reindeer", "-h"), 2, "", "there is no such command"),
        new Usage(
            "no path",
            List.of("render"),
            2,
            "",
            "isobar render: Missing required parameter: 'PATH'"),
        new Usage(
            "no such path",
            List.of("render", "DIR/none"),
            2,
            "",
            "isobar render: there is no DIR/none\n"),
        new Usage("orphans by example", List.of("orphans", "--help"), 0, "isobar orphans -", ""),
        new Usage(
            "no such kubeconfig",
            List.of("orphans", "--kubeconfig", "DIR/none"),
            2,
            "",
            "isobar orphans: --kubeconfig: cannot read DIR/none\n"),
        new Usage(
            "no such form of a list",
            List.of("orphans", "-o", "yaml"),
            2,
            "",
            "\"yaml\" is no format; give table or json\n"),
        new Usage(
            "no such observed path",
            List.of("render", "DIR", "--observed", "DIR/no"),
            2,
            "",
            "there is no DIR/no\n"),
        new Usage(
            "no such settings",
            List.of("render", "DIR", "--settings", "DIR/no"),
            2,
            "",
            "there is no DIR/no\n"),
        new Usage(
            "settings in a folder",
            List.of("render", "DIR", "--settings", "DIR"),
            2,
            "",
            "--settings is the folder DIR; give a file\n"),
        new Usage(
            "no such flavour",
            List.of("render", "DIR", "--flavour", "x"),
            2,
            "",
            "\"x\" is no flavour; give claims or namespaced\n"),
        new Usage(
            "no such format",
            List.of("render", "DIR", "-o", "xml"),
            2,
            "",
            "\"xml\" is no format; give yaml or json\n"),
        new Usage(
            "no such option",
            List.of("render", "DIR", "--verbose"),
            2,
            "",
            "Unknown option: '--verbose'"),
        new Usage(
            "no address",
            List.of("render", "DIR", "--function-address", "a b://"),
            2,
            "",
            "--function-address is \"a b://\""),
        new Usage(
            "an address without a port",
            List.of("render", "DIR", "--function-address", "foo"),
            2,
            "",
            "isobar render: --function-address is \"foo\": \"foo\" has no port; write :9443,"
                + " host:9443 or [::1]:9443\n"),
        new Usage(
            "a port that cannot be",
            List.of("render", "DIR", "--function-address", "127.0.0.1:99999"),
            2,
            "",
            "has a port beyond 0 to 65535\n"),
        new Usage(
            "a port that cannot be, of a name for gRPC",
            List.of("render", "DIR", "--function-address", "dns:///lab:99999"),
            2,
            "",
            "has a port beyond 0 to 65535\n"),
        new Usage(
            "an address without a host",
            List.of("render", "DIR", "--function-address", ":9443"),
            2,
            "",
            "it needs a host and a port; write for example 127.0.0.1:9443\n"),
        new Usage(
            "a host that does not exist",
            List.of("render", "DIR", "--function-address", "nowhere.invalid:9443"),
            3,
            "",
            "failed: cannot call the function at nowhere.invalid:9443: UNAVAILABLE"),
        new Usage(
            "nobody there",
            List.of("render", "DIR", "--function-address", "127.0.0.1:1"),
            3,
            "",
            "failed: cannot call the function at 127.0.0.1:1: UNAVAILABLE"));
  }

  @ParameterizedTest
  @MethodSource("usages")
  void endsWithItsCode(Usage row) {
    Folder.Run run =
        new Folder(temporary)
            .file("claim.yaml", Stories.CLAIM)
            .run(row.arguments.toArray(String[]::new));
    assertThat(run.code()).as(row.reason).isEqualTo(row.code);
    assertThat(run.out()).as(row.reason).contains(row.out);
    assertThat(run.err()).as(row.reason).contains(row.err);
    assertThat(row.out.isEmpty() ? run.out() : run.err()).as(row.reason).isEmpty();
  }

  record Input(String reason, String name, String text, String message) {}

  static Stream<Input> inputs() {
    String head = "apiVersion: v1\nkind: A\n";
    return Stream.of(
        new Input(
            "no kind",
            "a.yaml",
            "apiVersion: v1\nmetadata: {name: a}\n",
            "DIR/a.yaml:1: kind: is missing; every object needs one, such as kind:"
                + " PlatformCluster"),
        new Input(
            "no name",
            "a.yaml",
            head + "metadata: {}\n",
            "DIR/a.yaml:1: metadata.name: is missing; every object needs one"),
        new Input(
            "a number for a name",
            "a.yaml",
            head + "metadata: {name: 12}\n",
            "DIR/a.yaml:1: metadata.name: is a number, not a string; put it in quotes"),
        new Input(
            "labels are a list",
            "a.yaml",
            head + "metadata: {name: a, labels: []}\n",
            "DIR/a.yaml:1: metadata.labels: is a list, not an object"),
        new Input(
            "a spec that is none",
            "a.yaml",
            Stories.CLAIM.replaceAll("spec: .*", "spec: 3").replace("eo-lab", "b"),
            "DIR/a.yaml:1: spec: is a number, not an object"),
        new Input(
            "a key twice",
            "a.yaml",
            head + "kind: B\n",
            "DIR/a.yaml:3: \"kind\" stands here a second time; remove one"),
        new Input(
            "the same claim again",
            "a.yaml",
            Stories.CLAIM,
            "DIR/claim.yaml:1: PlatformCluster eo4eu/eo-lab stands in DIR/a.yaml:1 already; remove"
                + " one"),
        new Input(
            "the same object in one file",
            "a.yaml",
            Stories.CLOUD + "---\n" + Stories.CLOUD,
            "DIR/a.yaml:6: Cloud wekeo stands in DIR/a.yaml:1 already; remove one"),
        new Input(
            "a composite in a namespace",
            "a.yaml",
            Stories.CLAIM.replace("kind: ", "kind: X"),
            "DIR/a.yaml:1: metadata.namespace: XPlatformCluster is cluster-scoped; remove the"
                + " namespace"),
        new Input(
            "two sets of settings",
            "a.yaml",
            "apiVersion: isobar.fn.crossplane.io/v1alpha1\n"
                + "kind: Settings\n"
                + "---\n"
                + "apiVersion: isobar.fn.crossplane.io/v1alpha1\n"
                + "kind: Settings\n",
            "DIR/a.yaml:4: is a second Settings beside DIR/a.yaml:1; keep one, or give --settings"),
        new Input(
            "a kind that is misspelt",
            "a.yaml",
            Stories.CLAIM.replace("PlatformCluster", "PlatformClutser"),
            "DIR/a.yaml:1: kind: there is no PlatformClutser; did you mean PlatformCluster?"),
        new Input(
            "a kind that does not exist",
            "a.yaml",
            Stories.CLAIM.replace("PlatformCluster", "Database"),
            "DIR/a.yaml:1: kind: there is no Database; the kinds are Cloud, ClusterCleanup,"
                + " ClusterProviderConfig, GpuMachine, GpuMachineTemplate, GpuWorkspace, Instance,"
                + " PlatformCluster, ProviderConfig, ProviderConfigUsage, Settings, XGpuWorkspace"
                + " and XPlatformCluster"),
        new Input(
            "a group that is misspelt",
            "a.yaml",
            Stories.CLAIM.replace("platform.isobar", "platfrom.isobar"),
            "DIR/a.yaml:1: apiVersion: there is no PlatformCluster of platfrom.isobar.dev/v1alpha1;"
                + " write platform.isobar.dev/v1alpha1"),
        new Input(
            "a version that does not exist",
            "a.yaml",
            Stories.CLAIM.replace("v1alpha1", "v1beta1"),
            "DIR/a.yaml:1: apiVersion: there is no PlatformCluster of platform.isobar.dev/v1beta1;"
                + " write platform.isobar.dev/v1alpha1"),
        new Input(
            "a Cloud of such a version",
            "a.yaml",
            Stories.CLOUD.replace("v1alpha1", "v1beta9"),
            "DIR/a.yaml:1: apiVersion: there is no Cloud of compute.isobar.dev/v1beta9; write"
                + " compute.isobar.dev/v1alpha1"),
        new Input(
            "a namespace with a blank",
            "a.yaml",
            Stories.CLAIM.replace("eo4eu", "a b"),
            "DIR/a.yaml:1: metadata.namespace: \"a b\" can be no namespace; use up to 63 of a-z,"
                + " 0-9 and dashes, none at the ends"),
        new Input(
            "a namespace that is too long",
            "a.yaml",
            Stories.CLAIM.replace("eo4eu", "n".repeat(200)),
            "DIR/a.yaml:1: metadata.namespace: \""
                + "n".repeat(63)
                + "...\" can be no namespace; use up to 63 of a-z, 0-9 and dashes, none at the"
                + " ends"),
        new Input(
            "no text", "a.yaml", "", "DIR/a.yaml: holds no object; remove the file or write one"));
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void refusesInput(Input row) throws IOException {
    Folder folder =
        new Folder(temporary).file("claim.yaml", Stories.CLAIM).file(row.name, row.text);
    try (var function = StandInFunction.start(Stories.twoResources())) {
      assertThat(folder.render(function))
          .as(row.reason)
          .isEqualTo(new Folder.Run(1, "", "refused: " + row.message + "\n"));
    }
  }

  @Test
  void tellsAllProblemsOfAllFiles() throws IOException {
    Folder folder =
        new Folder(temporary)
            .file("a.yaml", "- 1")
            .file("b.yaml", "kind: A")
            .file("c.yaml", "a: [");
    try (var function = StandInFunction.start(Stories.twoResources())) {
      assertThat(folder.render(function).err().lines())
          .hasSize(4)
          .allMatch(line -> line.startsWith("refused: DIR/"));
    }
  }

  @Test
  void saysWhatIsMissingWhenThereIsNothingToRender() throws IOException {
    Folder folder =
        new Folder(temporary)
            .file("cloud.yaml", Stories.CLOUD)
            .file("observed/claim.yaml", Stories.CLAIM);
    try (var function = StandInFunction.start(Stories.twoResources())) {
      Folder.Run run = folder.render(function);
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.err())
          .startsWith("refused: found nothing to render in the paths")
          .contains("kind: PlatformCluster");
    }
  }

  @Test
  void printsNothingWhenOneOfSeveralIsRefused() throws IOException {
    Folder folder =
        new Folder(temporary)
            .file("a.yaml", Stories.CLAIM)
            .file("b.yaml", Stories.CLAIM.replace("eo-lab", "good"))
            .file("c.yaml", Stories.CLAIM.replace("eo-lab", "worse"));
    var refusing =
        StandInFunction.refusing(
            "InvalidConfiguration", "spec.pools[1].machineType: is no m1.huge; take m1.large");
    try (var function =
        StandInFunction.start((request, answer) ->
            name(request).startsWith("good")
                ? Stories.twoResources().answer(request, answer)
                : refusing.answer(request, answer))) {
      String because = ": spec.pools[1].machineType: is no m1.huge; take m1.large\n";
      assertThat(folder.render(function))
          .isEqualTo(
              new Folder.Run(
                  1,
                  "",
                  "refused: PlatformCluster eo4eu/eo-lab"
                      + because
                      + "refused: PlatformCluster eo4eu/worse"
                      + because));
    }
  }

  @Test
  void tellsFaultsFromRefusals() throws IOException {
    Folder folder = new Folder(temporary).file("claim.yaml", Stories.CLAIM);
    try (var function =
        StandInFunction.start(
            StandInFunction.refusing("InternalFault", "report it with the id 12"))) {
      assertThat(folder.render(function))
          .isEqualTo(
              new Folder.Run(
                  3, "", "failed: PlatformCluster eo4eu/eo-lab: report it with the id 12\n"));
    }
  }

  @Test
  void failsWhenANamespacedCompositeHasSomethingClusterScoped() throws IOException {
    Folder folder = new Folder(temporary).file("claim.yaml", Stories.CLAIM);
    try (var function =
        StandInFunction.start(
            StandInFunction.desiring(desired ->
                desired.putResources(
                    "cni",
                    Yaml.resource(
                        Fn.Ready.READY_TRUE,
                        "{apiVersion: config.projectsveltos.io/v1beta1, kind: ClusterProfile,"
                            + " metadata: {namespace: x}}"))))) {
      Folder.Run run = folder.render(function, "--flavour", "namespaced");
      assertThat(run.code()).isEqualTo(3);
      assertThat(run.err())
          .contains("composed resource cni is a ClusterProfile, which is cluster-scoped");
      assertThat(folder.render(function).out())
          .as("a claim's composite may")
          .contains("kind: ClusterProfile")
          .doesNotContain("namespace: x");
    }
  }

  @Test
  void rendersByAnOwnFunction() {
    Folder.Run run = new Folder(temporary).file("claim.yaml", Stories.CLAIM).run("render", "DIR");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).startsWith("refused: PlatformCluster eo4eu/eo-lab: ");
  }

  @Test
  void helpNamesWhatCanBeRendered() {
    assertThat(new Folder(temporary).run("render", "--help").out())
        .contains("PlatformCluster", "GpuWorkspace");
  }

  private static String name(Fn.RunFunctionRequest request) {
    return request
        .getObserved()
        .getComposite()
        .getResource()
        .getFieldsOrThrow("metadata")
        .getStructValue()
        .getFieldsOrThrow("name")
        .getStringValue();
  }
}
