package dev.isobar.e2e.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.yaml.Manifest;
import dev.isobar.cli.yaml.ManifestParsing;
import dev.isobar.e2e.commandline.Page;
import dev.isobar.e2e.commandline.Shell;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.packaging.xpkg.Organisation;
import dev.isobar.testbed.build.Paper;
import dev.isobar.testbed.build.Program;
import dev.isobar.testbed.install.Publication;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.kubernetes.Refusal;
import dev.isobar.testbed.plane.ControlPlane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the page on installing has people type and their tools read, as far as it can be known where
 * neither nodes nor those tools are. Nothing of it is stored.
 */
@OnControlPlane
final class GuidesTest {
  private static final Organisation HOME = Organisation.of("example.org/acme");

  /** Its objects are for kubectl, which takes them for no objects at all. */
  private static final String OF_KUSTOMIZE = "kustomize.config.k8s.io/";

  private final ControlPlane plane = Planes.machines();
  private final Kubernetes kubernetes = plane.kubernetes();
  private final Guide guide = Guide.of(HOME);

  @TempDir Path folder;

  @Test
  void manifestsAreWhatTheirToolsTake() {
    for (Paper paper : List.of(Paper.ARGO_CD, Paper.FLUX)) {
      Publication.readBuilt(plane.programs().of(paper)).installKinds(kubernetes);
    }
    Stream.of("argocd", "flux-system").forEach(name -> kubernetes.makeNamespace(name, Map.of()));
    List<Map<String, @Nullable Object>> objects =
        guide.page().blocks("yaml").stream()
            .flatMap(block -> objects(guide.filled(block)))
            .filter(object -> object.containsKey("apiVersion"))
            .filter(object -> !text(object, "apiVersion").startsWith(OF_KUSTOMIZE))
            .toList();

    assertThat(refused(objects)).as("refused, of %d", objects.size()).isEmpty();
    var kinds = new TreeMap<String, Integer>();
    objects.forEach(object -> kinds.merge(text(object, "kind"), 1, Integer::sum));
    assertThat(kinds)
        .isEqualTo(
            Map.of("Application", 3, "Configuration", 1, "ImageConfig", 1, "Kustomization", 3));
  }

  /** The kustomization of the command line and the Configuration in one folder, as under Git. */
  @Test
  void folderUnderGitIsWhatTheApiServerTakes() throws IOException {
    String rendered = plane.kubectl("kustomize", guide.folderUnderGit(folder.resolve("isobar")));

    List<Map<String, @Nullable Object>> objects = objects(rendered).toList();
    assertThat(refused(objects)).as("refused, of %d", objects.size()).isEmpty();
    assertThat(objects.stream().map(Tree::of).flatMap(GuidesTest::images))
        .containsExactlyInAnyOrder(
            "example.org/acme/function-isobar",
            "example.org/acme/provider-isobar",
            "example.org/acme/configuration-isobar:v0.1.0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"argocd", "monitoring"})
  void theOtherBasesRender(String base) {
    String place = plane.project().root().resolve("package").resolve(base).toString();
    assertThat(objects(plane.kubectl("kustomize", place))).isNotEmpty();
  }

  /** As the page on packages has it, for a Prometheus that reads by a label. */
  @Test
  void monitoringHasTheLabelOfARelease() throws IOException {
    Files.createSymbolicLink(folder.resolve("isobar"), plane.project().root());
    Path own = Files.createDirectories(folder.resolve("monitoring"));
    String name = "kustomization.yaml";
    String block = Page.read("packages.md").file("monitoring/" + name);
    Files.writeString(own.resolve(name), block);

    assertThat(objects(plane.kubectl("kustomize", own.toString())))
        .isNotEmpty()
        .allSatisfy(object ->
            assertThat(Tree.of(object).at("metadata", "labels", "release").text())
                .contains("kube-prometheus-stack"));
  }

  /** Whether the words are known; what they do is not tried. */
  @Test
  void linesAreInTheWordsOfTheirPrograms() {
    var shell = new Shell(Shell.newFolder("guides"), Map.of());
    shell.put("kubectl", plane.programs().of(Program.KUBECTL));
    shell.put("helm", plane.programs().of(Program.HELM));
    shell.putIsobar();
    List<String> lines = lines(guide.page());
    assertThat(lines).as("lines of the page").hasSizeGreaterThan(20);

    var script = new StringBuilder();
    for (String line : lines) {
      script.append("echo ").append(quoted(line)).append(" >&2\n");
      script.append(line).append(" --help >/dev/null\n");
    }
    assertThat(shell.type(script.toString())).isEmpty();
  }

  /** Those of programs that are here, each whole and without what is said of it. */
  private static List<String> lines(Page page) {
    return page.blocks("").stream()
        .flatMap(block -> block.replaceAll("\\\\\\n\\s*", "").lines())
        .map(line -> line.replaceFirst("\\s+# .*$", "").replaceFirst("^\\./isobar", "isobar"))
        .filter(line -> line.matches("(kubectl|helm|isobar) .*"))
        .toList();
  }

  private static String quoted(String line) {
    return "'" + line.replace("'", "'\\''") + "'";
  }

  private List<String> refused(List<Map<String, @Nullable Object>> objects) {
    var refused = new ArrayList<String>();
    for (Map<String, @Nullable Object> object : objects) {
      try {
        var _ = kubernetes.dryRun(object);
      } catch (Refusal refusal) {
        refused.add(Reference.of(object) + "\n    " + refusal.getMessage());
      }
    }
    return refused;
  }

  private static Stream<Map<String, @Nullable Object>> objects(String yaml) {
    return ManifestParsing.parse("page", yaml).stream().map(Manifest::object);
  }

  private static String text(Map<String, @Nullable Object> object, String field) {
    return Tree.of(object).at(field).text().orElse("");
  }

  /** What core is told of places where packages are. */
  private static Stream<String> images(Tree object) {
    Tree spec = object.at("spec");
    Stream<String> prefixes =
        spec.at("matchImages").items().stream().flatMap(one -> one.at("prefix").text().stream());
    return Stream.concat(prefixes, spec.at("package").text().stream());
  }
}
