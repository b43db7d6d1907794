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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The lines of crossplane-cli.md, all of them and in the order of the page, work and print what
 * stands below them.
 */
final class CrossplaneCliTest {
  /** Nobody prints it. */
  private static final String END_OF_BLOCK = "\u001e";

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
                "ISOBAR_CACHE", folder.resolve("a cache").toString(),
                "TMPDIR", folder.toString(),
                // Somebody else may listen on the one of the page.
                "PORT", String.valueOf(Ports.free())));
    shell.put("java", Path.of(System.getProperty("java.home"), "bin", "java"));
    Stream.of("apis", "examples", "function", "package")
        .map(project.root()::resolve)
        .forEach(shell::show);
    cache(folder.resolve("a cache/testbed"));
    String lines =
        page.blocks("bash").stream()
            .map(block -> block + "printf '" + END_OF_BLOCK + "'\n")
            .collect(Collectors.joining());

    List<String> printed = List.of(shell.type(lines).split(END_OF_BLOCK, -1));

    assertThat(printed.subList(0, printed.size() - 1))
        .as("what the blocks of the page print")
        .isEqualTo(page.shown("bash", "text"));
    assertThat(kinds(folder.resolve("rendered.yaml")))
        .as("objects that core renders, and isobar render")
        .isEqualTo(ours(Flavour.CLAIMS, "openstack-gpu-lab"));
    assertThat(kinds(folder.resolve("rendered-namespaced.yaml")))
        .as("the same of a namespaced composite")
        .isEqualTo(ours(Flavour.NAMESPACED, "openstack-namespaced"));
  }

  /** A cache with nothing but what this checkout is built with. */
  private void cache(Path folder) throws IOException {
    Files.createDirectories(folder);
    Set<Path> parts =
        Stream.concat(
                Stream.of(Program.CROSSPLANE, Program.CROSSPLANE_CORE).map(programs::of),
                Stream.of(Paper.CLUSTER_API_CORE, Paper.CLUSTER_API_OPENSTACK, Paper.SVELTOS)
                    .map(programs::of))
            .map(Path::getParent)
            .collect(Collectors.toSet());
    for (Path part : parts) {
      Files.createSymbolicLink(folder.resolve(part.getFileName()), part);
    }
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
}
