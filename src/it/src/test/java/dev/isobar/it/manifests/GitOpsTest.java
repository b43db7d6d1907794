package dev.isobar.it.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.yaml.ManifestParsing;
import dev.isobar.it.architecture.Checkout;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The page on installing has tools read three folders, each after the one before, and lets none of
 * them delete what would take clusters with it.
 */
final class GitOpsTest {
  private static final Path PAGE = Path.of("src/site/markdown/installing.md");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```yaml\\n(.*?)^```$");
  private static final Pattern FOLDER = Pattern.compile("(?m)^\\| `(\\w+)` \\| ");
  private static final Pattern BUNDLE = Pattern.compile("(?m)^# (\\w+)/fleet\\.yaml$");

  private final String page = Checkout.here().read(PAGE);
  private final List<String> folders = names(FOLDER, section("## By GitOps"));

  @Test
  void thereAreThreeFolders() {
    assertThat(folders).containsExactly("isobar", "clouds", "claims");
  }

  @Test
  void argoCdReadsThemAndPrunesNothing() {
    List<Tree> applications = objects("### Argo CD");
    assertThat(applications).extracting(one -> text(one.at("metadata", "name"))).isEqualTo(folders);
    assertThat(applications)
        .extracting(one -> text(one.at("spec", "source", "path")))
        .isEqualTo(folders);
    assertThat(applications)
        .allSatisfy(one -> {
          assertThat(one.at("metadata", "finalizers").exists()).as("deletes with it").isFalse();
          Tree policy = one.at("spec", "syncPolicy");
          assertThat(policy.at("automated", "prune").truth().orElse(false)).as("prunes").isFalse();
          assertThat(policy.at("retry", "limit").number()).as("gives up").contains(-1.0);
        });
  }

  @Test
  void fluxReadsThemInTheirOrderAndPrunesNothing() {
    List<Tree> kustomizations = objects("### Flux");
    assertThat(kustomizations)
        .extracting(one -> text(one.at("spec", "path")).replaceFirst("^\\./", ""))
        .isEqualTo(folders);
    assertThat(kustomizations)
        .allSatisfy(one -> assertThat(one.at("spec", "prune").truth()).contains(false));
    isInOrder(kustomizations.stream().map(one -> one.at("spec")).toList());
  }

  @Test
  void fleetReadsThemInTheirOrderAndKeepsEverything() {
    List<Tree> bundles = objects("### Fleet");
    assertThat(bundles).extracting(one -> text(one.at("name"))).isEqualTo(folders);
    assertThat(names(BUNDLE, section("### Fleet"))).isEqualTo(folders);
    assertThat(bundles)
        .allSatisfy(one -> assertThat(one.at("keepResources").truth()).contains(true));
    isInOrder(bundles);
  }

  /** Those after the first name the one before as what they depend on. */
  private void isInOrder(List<Tree> parts) {
    for (int part = 1; part < parts.size(); part++) {
      assertThat(parts.get(part).at("dependsOn").items())
          .as("what %s goes after", folders.get(part))
          .extracting(one -> text(one.at("name")))
          .containsExactly(folders.get(part - 1));
    }
  }

  /** The objects that a section of the page shows. */
  private List<Tree> objects(String heading) {
    return BLOCK
        .matcher(section(heading))
        .results()
        .flatMap(block -> ManifestParsing.parse(PAGE.toString(), block.group(1)).stream())
        .map(manifest -> Tree.of(manifest.object()))
        .toList();
  }

  private String section(String heading) {
    String level = heading.substring(0, heading.indexOf(' ') + 1);
    String from = page.substring(page.indexOf("\n" + heading + "\n") + heading.length() + 2);
    int end = Optional.of(from.indexOf("\n" + level)).filter(at -> at >= 0).orElse(from.length());
    int above = Optional.of(from.indexOf("\n## ")).filter(at -> at >= 0).orElse(from.length());
    return from.substring(0, Math.min(end, above));
  }

  private static List<String> names(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(found -> found.group(1)).toList();
  }

  private static String text(Tree tree) {
    return tree.text().orElse("");
  }
}
