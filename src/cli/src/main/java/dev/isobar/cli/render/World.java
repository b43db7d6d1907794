package dev.isobar.cli.render;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.call.Lookup;
import dev.isobar.cli.input.Composite;
import dev.isobar.cli.input.Identity;
import dev.isobar.cli.input.Input;
import dev.isobar.function.contract.Requirement;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The cluster, as far as it was handed in or has been rendered. */
final class World implements Lookup {
  private final SortedMap<Identity, Map<String, @Nullable Object>> objects = new TreeMap<>();

  /** A cluster with all that was handed in. */
  World(Input input) {
    input.others().forEach(this::put);
    input.observed().forEach(this::put);
    input.composites().forEach(this::put);
  }

  /** A composite, and its claim, as they are now. */
  void put(Composite composite) {
    put(composite.object());
    composite.claim().ifPresent(this::put);
  }

  private void put(Map<String, @Nullable Object> object) {
    objects.put(Identity.of(object), object);
  }

  @Override
  public List<Map<String, @Nullable Object>> find(Requirement requirement) {
    return objects.values().stream()
        .filter(object -> isOfKind(Tree.of(object), requirement))
        .filter(object -> isSelected(Tree.of(object), requirement))
        .sorted(
            Comparator.comparing(
                object -> Identity.of(object).namespace() + "/" + Identity.of(object).name()))
        .toList();
  }

  private static boolean isOfKind(Tree object, Requirement requirement) {
    return is(object.at("apiVersion"), requirement.apiVersion())
        && is(object.at("kind"), requirement.kind());
  }

  /**
   * By name without a namespace means the cluster-scoped object; by labels it means all namespaces.
   */
  private static boolean isSelected(Tree object, Requirement requirement) {
    String namespace = object.at("metadata", "namespace").text().orElse("");
    return switch (requirement.selection()) {
      case Requirement.Selection.ByName(String name) ->
          is(object.at("metadata", "name"), name)
              && namespace.equals(requirement.namespace().orElse(""));
      case Requirement.Selection.ByLabels(SortedMap<String, String> labels) ->
          labels.entrySet().stream()
                  .allMatch(label ->
                      is(object.at("metadata", "labels", label.getKey()), label.getValue()))
              && requirement.namespace().map(namespace::equals).orElse(true);
    };
  }

  private static boolean is(Tree field, String value) {
    return field.text().filter(value::equals).isPresent();
  }
}
