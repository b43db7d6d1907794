package dev.isobar.cli.picture;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.gpu.geometry.GpuModels;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A composite as it was rendered.
 *
 * @param composite with spec and status
 * @param composed its composed resources
 * @param models GPU products, with those that its Cloud describes
 */
public record Planned(Tree composite, List<Tree> composed, GpuModels models) {
  private static final String POOL_LABEL = "isobar.dev/pool";

  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}]");

  /** Copies the list. */
  public Planned {
    composed = List.copyOf(composed);
  }

  Tree spec() {
    return composite.at("spec");
  }

  Tree status() {
    return composite.at("status");
  }

  /** Whether it is a workspace; otherwise it is a cluster. */
  boolean isWorkspace() {
    return text(composite.at("kind")).endsWith("GpuWorkspace");
  }

  /** What its users call it. */
  String name() {
    return composite
        .at("spec", "claimRef", "name")
        .text()
        .orElseGet(() -> text(composite.at("metadata", "name")));
  }

  String clusterName() {
    return text(status().at("clusterName"));
  }

  /** The composed resources of a kind that are a pool's. */
  List<Tree> ofPool(String pool, String kind) {
    return composed.stream()
        .filter(one -> one.at("kind").text().filter(kind::equals).isPresent())
        .filter(
            one -> one.at("metadata", "labels", POOL_LABEL).text().filter(pool::equals).isPresent())
        .toList();
  }

  /** The entry of a list that has the name. */
  static Tree named(Tree list, String name) {
    return list.items().stream()
        .filter(item -> text(item.at("name")).equals(name))
        .findFirst()
        .orElse(Tree.absent());
  }

  static String text(Tree field) {
    return optionalText(field).orElse("");
  }

  /** Without signs that a terminal or a page would obey. */
  static Optional<String> optionalText(Tree field) {
    return field.text().map(Planned::clean);
  }

  static String clean(String text) {
    return UNPRINTABLE.matcher(text).replaceAll(" ");
  }

  static int count(Tree field) {
    return optionalCount(field).orElse(0);
  }

  static Optional<Integer> optionalCount(Tree field) {
    return field.whole().filter(number -> number >= 0 && number < 1L << 30).map(Long::intValue);
  }
}
