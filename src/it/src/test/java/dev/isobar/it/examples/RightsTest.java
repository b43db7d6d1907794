package dev.isobar.it.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.yaml.ManifestParsing;
import dev.isobar.it.architecture.Checkout;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Core may write what the function composes, and nothing else by this project's roles. */
final class RightsTest {
  private static final String OURS = "platform.isobar.dev/";

  /** The role of core's own chart has them: what core cannot do without itself. */
  private static final Set<String> OF_THE_CHART =
      Set.of("/configmaps", "protection.crossplane.io/usages");

  private final Checkout checkout = Checkout.here();

  @Test
  void rolesLetWriteWhatIsComposed() {
    Set<String> needed =
        checkout.files("/expected.yaml").stream()
            .flatMap(this::objects)
            .map(RightsTest::resource)
            .filter(resource -> !resource.startsWith(OURS))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(needed).as("what the examples show of it").containsAll(OF_THE_CHART);
    needed.removeAll(OF_THE_CHART);

    assertThat(written()).isEqualTo(needed);
  }

  private Set<String> written() {
    return checkout.files(".yaml").stream()
        .filter(file -> file.startsWith("package/rbac"))
        .flatMap(this::objects)
        .filter(role ->
            role.at("metadata", "labels", "rbac.crossplane.io/aggregate-to-crossplane").exists())
        .flatMap(role -> role.at("rules").items().stream())
        .filter(rule -> texts(rule, "verbs").contains("create"))
        .flatMap(rule ->
            texts(rule, "apiGroups").stream()
                .flatMap(group ->
                    texts(rule, "resources").stream().map(resource -> group + "/" + resource)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Stream<Tree> objects(Path file) {
    return ManifestParsing.parse(file.toString(), checkout.read(file)).stream()
        .map(manifest -> Tree.of(manifest.object()));
  }

  private static String resource(Tree object) {
    String version = object.at("apiVersion").text().orElseThrow();
    int slash = version.indexOf('/');
    String group = slash < 0 ? "" : version.substring(0, slash);
    return group + "/" + object.at("kind").text().orElseThrow().toLowerCase(Locale.ROOT) + "s";
  }

  private static List<String> texts(Tree rule, String field) {
    return rule.at(field).items().stream().flatMap(item -> item.text().stream()).toList();
  }
}
