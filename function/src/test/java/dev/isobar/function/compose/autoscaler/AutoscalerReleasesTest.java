package dev.isobar.function.compose.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.settings.Settings.AutoscalerRelease;
import dev.isobar.apis.settings.Settings.AutoscalerSettings;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.Manifest;
import dev.isobar.function.compose.cloud.KubernetesVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which release runs for which cluster, read off the sources at their tags. */
final class AutoscalerReleasesTest {
  private static final Path ROLE = Path.of("..", "package", "rbac", "cluster-autoscaler.yaml");

  record Row(String reason, int minor, List<AutoscalerRelease> chosen, String tag) {}

  static Stream<Row> rows() {
    var older = List.of(new AutoscalerRelease("1.34", "v1.34.9"));
    return Stream.of(
        new Row("older than all: the oldest", 30, List.of(), "v1.31.5"),
        new Row("its own", 31, List.of(), "v1.31.5"),
        new Row("its own", 32, List.of(), "v1.32.7"),
        new Row("its own: those of 1.35 wait for resource.k8s.io/v1", 33, List.of(), "v1.33.6"),
        new Row("the next, which knows of replacements and kinds", 34, List.of(), "v1.35.2"),
        new Row("its own", 35, List.of(), "v1.35.2"),
        new Row("its own, which heeds pauses", 36, List.of(), "v1.36.1"),
        new Row("newer than all: the newest", 37, List.of(), "v1.36.1"),
        new Row("as the installation has it", 34, older, "v1.34.9"),
        new Row("which has it for another minor", 35, older, "v1.35.2"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void fitTheCluster(Row row) {
    var settings = new AutoscalerSettings(true, "registry.example.org/ca", row.chosen());

    assertThat(AutoscalerReleases.tag(new KubernetesVersion(row.minor(), 1), settings))
        .as(row.reason())
        .isEqualTo(row.tag());
  }

  /** Those of 1.31 and 1.32 read a Scale and update it, those of 1.33 and later patch it. */
  @Test
  void allOfThemMayScale() throws IOException {
    Tree role = Tree.of(Manifest.of(Files.readString(ROLE)));

    assertThat(
            role.at("rules").items().stream()
                .filter(rule -> texts(rule.at("resources")).contains("machinedeployments/scale"))
                .map(rule -> texts(rule.at("verbs")))
                .toList())
        .isEqualTo(List.of(List.of("get", "update", "patch")));
  }

  private static List<String> texts(Tree list) {
    return list.items().stream().map(one -> one.text().orElse("")).toList();
  }
}
