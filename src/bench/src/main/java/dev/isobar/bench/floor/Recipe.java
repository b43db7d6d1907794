package dev.isobar.bench.floor;

import dev.isobar.apis.tree.Tree;
import dev.isobar.bench.request.Situation;
import dev.isobar.cli.yaml.JsonText;
import dev.isobar.function.wire.proto.Fn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the function in Go composes, as a JSON text.
 *
 * <p>It is our own answer taken apart: wherever a string holds a value of the composite or of the
 * Cloud, that value is replaced by its path, so that the function must look it up in each request
 * as hand-written code does. Such a string becomes {@code {"$": [text or path, ...]}}, where a path
 * is {@code {"from": "composite" or "cloud", "path": [...]}}.
 */
public final class Recipe {
  /** Shorter values would be found by chance. */
  private static final int SHORTEST = 4;

  /** By which condition of its own a resource of a kind is ready; others are once they exist. */
  private static final Map<String, String> READY =
      Map.of(
          "Cluster", "Available",
          "KubeadmControlPlane", "Available",
          "MachineDeployment", "Available",
          "OpenStackCluster", "Ready");

  private record Value(String text, Map<String, Object> place) {}

  private final List<Value> values = new ArrayList<>();

  private Recipe(Situation situation) {
    collect(situation.composite().at("metadata", "name"), "composite", List.of("metadata", "name"));
    collect(situation.composite().at("spec"), "composite", List.of("spec"));
    collect(situation.cloud().at("spec"), "cloud", List.of("spec"));
    values.sort(Comparator.comparingInt((Value value) -> value.text().length()).reversed());
  }

  /** The recipes of several situations. */
  public static String write(List<Situation> situations) {
    var recipes = new ArrayList<Map<String, Object>>();
    situations.forEach(situation -> recipes.add(new Recipe(situation).of(situation)));
    return JsonText.render(recipes);
  }

  private Map<String, Object> of(Situation situation) {
    var resources = new ArrayList<Object>();
    situation
        .composed()
        .forEach((key, object) -> {
          var resource = new TreeMap<String, Object>();
          resource.put("name", key);
          resource.put("ready", ready(Tree.of(object)));
          resource.put("object", open(object));
          resources.add(resource);
        });
    var recipe = new TreeMap<String, Object>();
    recipe.put("uid", situation.uid());
    recipe.put("resources", resources);
    recipe.put("status", open(situation.status().plain()));
    recipe.put("conditions", situation.conditions().stream().map(Recipe::condition).toList());
    var requirements = new ArrayList<Object>();
    situation
        .requirements()
        .forEach((name, selector) -> requirements.add(requirement(name, selector)));
    recipe.put("requirements", requirements);
    return recipe;
  }

  private static String ready(Tree object) {
    String kind = object.at("kind").text().orElse("");
    return kind.equals("ClusterProfile") ? "ClusterSummary" : READY.getOrDefault(kind, "");
  }

  private static Map<String, Object> condition(Fn.Condition condition) {
    return Map.of(
        "type", condition.getType(),
        "status", condition.getStatus().getNumber(),
        "reason", condition.getReason(),
        "message", condition.getMessage());
  }

  private Map<String, Object> requirement(String name, Fn.ResourceSelector selector) {
    var requirement = new TreeMap<String, Object>();
    requirement.put("name", name);
    requirement.put("apiVersion", selector.getApiVersion());
    requirement.put("kind", selector.getKind());
    requirement.put("namespace", open(selector.getNamespace()));
    requirement.put("matchName", open(selector.getMatchName()));
    requirement.put("matchLabels", open(selector.getMatchLabels().getLabelsMap()));
    return requirement;
  }

  private void collect(Tree tree, String from, List<Object> path) {
    tree.text()
        .filter(text -> text.length() >= SHORTEST)
        .ifPresent(text -> values.add(new Value(text, Map.of("from", from, "path", path))));
    for (String field : tree.fields()) {
      collect(tree.at(field), from, longer(path, field));
    }
    List<Tree> items = tree.items();
    for (int i = 0; i < items.size(); i++) {
      collect(items.get(i), from, longer(path, i));
    }
  }

  private static List<Object> longer(List<Object> path, Object step) {
    var longer = new ArrayList<>(path);
    longer.add(step);
    return longer;
  }

  /** A value with paths in the place of what can be looked up. */
  private Object open(@Nullable Object value) {
    return switch (value) {
      case null -> throw new IllegalArgumentException("an answer holds no null");
      case String text -> {
        List<Object> parts = parts(text);
        boolean constant = parts.stream().allMatch(String.class::isInstance);
        yield constant ? text : Map.of("$", parts);
      }
      case Map<?, ?> map -> {
        var opened = new TreeMap<String, Object>();
        map.forEach((field, child) -> opened.put(String.valueOf(field), open(child)));
        yield opened;
      }
      case List<?> list -> list.stream().map(this::open).toList();
      default -> value;
    };
  }

  /** The longest value comes first; what is left and right of it is looked at again. */
  private List<Object> parts(String text) {
    for (Value value : values) {
      int at = text.indexOf(value.text());
      if (at >= 0) {
        var parts = new ArrayList<>(parts(text.substring(0, at)));
        parts.add(value.place());
        parts.addAll(parts(text.substring(at + value.text().length())));
        return parts;
      }
    }
    return text.isEmpty() ? List.of() : List.of(text);
  }
}
