package dev.isobar.e2e.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.cli.input.Flavour;
import dev.isobar.cli.yaml.Manifest;
import dev.isobar.cli.yaml.ManifestParsing;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.e2e.render.Rendered;
import dev.isobar.testbed.build.Paper;
import dev.isobar.testbed.build.Program;
import dev.isobar.testbed.build.Programs;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.plane.Project;
import dev.isobar.testbed.process.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every line of crossplane-cli.md works, and prints what the page shows. */
final class CrossplaneCliTest {
  private static final List<Paper> SCHEMAS =
      List.of(
          Paper.CROSSPLANE_CRDS,
          Paper.CLUSTER_API_CORE,
          Paper.KUBEADM_BOOTSTRAP,
          Paper.KUBEADM_CONTROL_PLANE,
          Paper.CLUSTER_API_OPENSTACK,
          Paper.SVELTOS);

  private final Project project = Project.here();
  private final Programs programs = Planes.programs();

  @Test
  void pageIsTrue() throws IOException {
    Path folder = Shell.newFolder("crossplane-cli");
    Page page = Page.read("crossplane-cli.md");
    var shell =
        new Shell(
            folder,
            Map.of(
                "CROSSPLANE_CORE", programs.of(Program.CROSSPLANE_CORE).toString(),
                "CRDS", schemas(folder.resolve("crds")).toString(),
                "HOME", folder.toString()));
    shell.put("crossplane", programs.of(Program.CROSSPLANE));
    shell.put("java", Path.of(System.getProperty("java.home"), "bin", "java"));
    Stream.of("apis", "examples", "function", "package")
        .map(project.root()::resolve)
        .forEach(shell::show);
    // Somebody else may listen on the port of the page.
    String lines = String.join("\n", page.blocks("bash")).replace(":9443", ":" + Ports.free());

    String printed = shell.type(lines);

    assertThat(printed.lines())
        .as("what the page shows")
        .containsSubsequence(
            page.blocks("text").stream().flatMap(String::lines).toList().toArray(String[]::new));
    assertThat(kinds(folder.resolve("rendered.yaml")))
        .as("objects that core renders, and isobar render")
        .isEqualTo(ours(Flavour.CLAIMS, "openstack-gpu-lab"));
    assertThat(kinds(folder.resolve("rendered-namespaced.yaml")))
        .as("the same of a namespaced composite")
        .isEqualTo(ours(Flavour.NAMESPACED, "openstack-namespaced"));
  }

  private Set<String> ours(Flavour flavour, String story) {
    return new TreeSet<>(
        Rendered.of(flavour, project.story(story)).composed().stream()
            .map(object -> Reference.of(object).toString())
            .toList());
  }

  /** The composed objects; the composite comes first. */
  private static Set<String> kinds(Path rendered) throws IOException {
    return new TreeSet<>(
        ManifestParsing.parse("rendered", Files.readString(rendered)).stream()
            .skip(1)
            .map(Manifest::object)
            .map(object -> Reference.of(object).toString())
            .toList());
  }

  private Path schemas(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Paper paper : SCHEMAS) {
      try (Stream<Path> files = Files.walk(programs.of(paper))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Files.copy(file, folder.resolve(paper + "-" + file.getFileName()));
        }
      }
    }
    return folder;
  }
}
