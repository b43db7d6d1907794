package dev.isobar.testbed.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.testbed.process.CannotRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Builds with a stand-in for Go, which writes what it is asked for and notes that it was. */
final class WorkbenchTest {
  private static final String GO =
      """
      #!/bin/sh
      echo "C=$CGO_ENABLED $*" >>"$(dirname "$0")/calls.txt"
      case $1 in
        build)
          while [ $# -gt 0 ]; do [ "$1" = -o ] && out=$2; shift; done
          printf '#!/bin/sh\\necho "made by $0"\\n' >"$out"; chmod +x "$out" ;;
        mod) printf '{\\n\\t"Dir": "%s"\\n}\\n' "$(dirname "$0")/module" ;;
      esac
      """;

  @TempDir Path folder;
  private Path tools;
  private Path cache;
  private final ByteArrayOutputStream words = new ByteArrayOutputStream();

  @BeforeEach
  void makeGo() throws IOException {
    tools = Files.createDirectory(folder.resolve("tools"));
    cache = folder.resolve("cache");
    write(tools.resolve("go"), GO);
    for (Paper paper : Paper.values()) {
      Path source = tools.resolve("module").resolve(paper.source());
      if (paper.file().endsWith(".yaml") && paper.way() == Paper.Way.COPY) {
        Files.createDirectories(source.getParent());
        Files.writeString(source, "kind: " + paper);
      } else {
        Files.createDirectories(source);
      }
    }
  }

  @Test
  void everythingIsBuiltOnce() throws IOException {
    Programs first = workbench(Map.of()).build();
    for (Program program : Program.values()) {
      assertThat(first.of(program)).isExecutable();
    }
    for (Paper paper : Paper.values()) {
      assertThat(first.of(paper)).exists();
    }
    String calls = Files.readString(tools.resolve("calls.txt"));
    assertThat(workbench(Map.of()).build().of(Program.ETCD)).isEqualTo(first.of(Program.ETCD));
    assertThat(Files.readString(tools.resolve("calls.txt")))
        .as("calls of go after the second build")
        .isEqualTo(calls);
    assertThat(calls.lines().filter(line -> line.startsWith("C=1 build ")))
        .as("what is bound to C")
        .hasSize(2)
        .allMatch(line -> line.contains("nvidia"));
    assertThat(words())
        .contains("isobar: building etcd (etcd v3.6.5)", "isobar: built etcd v3.6.5 in ");
  }

  @Test
  void failureLeavesNothingHalfMade() throws IOException {
    write(tools.resolve("go"), GO.replace("build)", "build) exit 1;;\n  unused)"));
    assertThatThrownBy(() -> workbench(Map.of()).build())
        .isInstanceOf(CannotRun.class)
        .hasMessageContaining("go build ends with 1")
        .hasMessageContaining("build.log");
    try (Stream<Path> made = Files.list(cache)) {
      assertThat(made.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("build.lock", ".etcd");
    }
    write(tools.resolve("go"), GO);
    assertThat(workbench(Map.of()).build().of(Program.ETCD)).exists();
  }

  @Test
  void programsOfTestAssetsAreNotBuilt() throws IOException {
    Path assets = Files.createDirectory(folder.resolve("assets"));
    for (Program program :
        new Program[] {Program.ETCD, Program.KUBE_APISERVER, Program.KUBECTL, Program.HELM}) {
      write(assets.resolve(program.file()), "#!/bin/sh\n");
    }
    Programs programs = workbench(Map.of("KUBEBUILDER_ASSETS", assets.toString())).build();
    assertThat(programs.of(Program.ETCD)).hasParent(assets);
    assertThat(programs.of(Program.KUBE_APISERVER)).hasParent(assets);
    assertThat(programs.of(Program.KUBECTL)).hasParent(assets);
    assertThat(programs.of(Program.KUBE_CONTROLLER_MANAGER))
        .as("is in no such folder by custom, so it is built when it is missing")
        .hasParent(programs.of(Program.KUBE_CONTROLLER_MANAGER).getParent())
        .isExecutable();
    assertThat(programs.of(Program.HELM))
        .as("is none of Kubernetes' own test assets")
        .isExecutable()
        .hasParent(programs.of(Program.HELM).getParent());
    assertThat(programs.of(Program.HELM).startsWith(assets)).isFalse();
    assertThat(words())
        .contains(
            "isobar: taken from KUBEBUILDER_ASSETS (%s): etcd, kube-apiserver, kubectl\n"
                .formatted(assets));
  }

  @Test
  void assetsMakeNothingAnewThatWasBuilt() throws IOException {
    Path built = workbench(Map.of()).build().of(Program.ETCD);
    Path assets = Files.createDirectory(folder.resolve("assets"));
    write(assets.resolve("etcd"), "#!/bin/sh\n");
    Programs programs =
        workbench(Map.of("KUBEBUILDER_ASSETS", assets.toString(), "PATH", "")).build();
    assertThat(programs.of(Program.ETCD)).isEqualTo(built);
    assertThat(words())
        .endsWith(
            """
            isobar: in KUBEBUILDER_ASSETS (%1$s), but built before: etcd
            isobar: not in KUBEBUILDER_ASSETS (%1$s): kube-apiserver, kubectl
            """
                .formatted(assets));
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource({
    "/nowhere, 'isobar: not in KUBEBUILDER_ASSETS (/nowhere): etcd, kube-apiserver, kubectl', a"
        + " wrong folder is named",
    "'', '', an empty variable is none",
  })
  void assetsThatAreMissingAreBuilt(String assets, String said, String reason) {
    Programs programs = workbench(Map.of("KUBEBUILDER_ASSETS", assets)).build();
    assertThat(programs.of(Program.ETCD)).as(reason).isExecutable();
    assertThat(words().lines().filter(line -> line.contains("KUBEBUILDER_ASSETS")))
        .as(reason)
        .containsExactlyElementsOf(said.lines().toList());
  }

  @Test
  void missingGoIsSaid() {
    assertThatThrownBy(() -> workbench(Map.of("PATH", "")).build())
        .isInstanceOf(CannotRun.class)
        .hasMessage(
            "cannot find go, which builds the programs of the control plane; install Go 1.26 or"
                + " later (https://go.dev/dl) and put it on the PATH");
  }

  @Test
  void oldGoIsSaidInItsOwnWords() throws IOException {
    write(
        tools.resolve("go"),
        "#!/bin/sh\necho 'go: go.mod requires go >= 1.25.0 (running go 1.20)'; exit 1\n");
    assertThatThrownBy(() -> workbench(Map.of()).build())
        .isInstanceOf(CannotRun.class)
        .hasMessageContaining("install the Go that it asks for")
        .hasMessageContaining("requires go >= 1.25.0 (running go 1.20)");
  }

  private Workbench workbench(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(Map.of("PATH", tools.toString()));
    environment.putAll(more);
    return new Workbench(
        Path.of("../..").toAbsolutePath().normalize(),
        cache,
        environment,
        new Progress(new PrintStream(words, true, StandardCharsets.UTF_8)));
  }

  private String words() {
    return words.toString(StandardCharsets.UTF_8);
  }

  private static void write(Path script, String text) throws IOException {
    Files.writeString(script, text);
    assertThat(script.toFile().setExecutable(true)).isTrue();
  }
}
