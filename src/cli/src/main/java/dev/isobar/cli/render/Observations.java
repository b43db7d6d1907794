package dev.isobar.cli.render;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.input.Composite;
import dev.isobar.cli.input.Identity;
import dev.isobar.cli.input.Input;
import dev.isobar.cli.yaml.InputRejected;
import dev.isobar.cli.yaml.Plain;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which observed object is which composed resource of which composite.
 *
 * <p>The annotation that core sets says which resource; the labels or owner that core sets say of
 * which composite, and one that says nothing is of the only one there is. An object without the
 * annotation, or with that of an owner which is no composite, is matched when the function wants
 * one of the same kind and name; all others exist besides the composites.
 */
final class Observations {
  private final List<Composite> composites;
  private final Map<Identity, SortedMap<String, Map<String, @Nullable Object>>> byComposite =
      new TreeMap<>();
  private final List<Map<String, @Nullable Object>> unmarked = new ArrayList<>();
  private final SortedMap<String, List<String>> foreign = new TreeMap<>();

  /**
   * Sorts what is marked.
   *
   * @throws InputRejected when marks are missing or contradict each other
   */
  Observations(Input input) {
    composites = input.composites();
    composites.forEach(composite -> byComposite.put(composite.identity(), new TreeMap<>()));
    input.observed().forEach(this::sort);
  }

  /** What is left out because it is of a composite that is not rendered, a line for each. */
  List<String> leftOut() {
    var lines = new ArrayList<String>();
    foreign.forEach((owner, objects) ->
        lines.add(
            "observed %s is of %s, which is not rendered, and is left out"
                .formatted(
                    objects.size() == 1
                        ? objects.getFirst()
                        : objects.getFirst() + " and " + (objects.size() - 1) + " more",
                    owner)));
    return lines;
  }

  /** What exists of a composite, by composition resource name. */
  SortedMap<String, Map<String, @Nullable Object>> of(Composite composite) {
    return byComposite.getOrDefault(composite.identity(), new TreeMap<>());
  }

  /**
   * Takes in the unmarked objects that the function wants by that very kind and name; whether there
   * were any.
   */
  boolean recognize(Composite composite, Collection<Applied> desired) {
    SortedMap<String, Map<String, @Nullable Object>> known = of(composite);
    boolean any = false;
    for (Applied applied : desired) {
      if (known.containsKey(applied.key())) {
        continue;
      }
      Optional<Map<String, @Nullable Object>> match =
          unmarked.stream()
              .filter(object -> isSame(Identity.of(object), applied.identity()))
              .findFirst();
      if (match.isPresent()) {
        unmarked.remove(match.get());
        known.put(applied.key(), marked(match.get(), applied.key()));
        any = true;
      }
    }
    return any;
  }

  private static boolean isSame(Identity object, Identity applied) {
    boolean anywhere = object.namespace().isEmpty();
    return object.equals(
        anywhere ? new Identity(applied.group(), applied.kind(), "", applied.name()) : applied);
  }

  private void sort(Map<String, @Nullable Object> object) {
    Tree metadata = Tree.of(object).at("metadata");
    Optional<String> key = metadata.at("annotations", Applied.KEY_ANNOTATION).text();
    if (key.isEmpty() || handedDown(metadata)) {
      unmarked.add(object);
      return;
    }
    Optional<Composite> owner = owner(object);
    if (owner.isEmpty()) {
      foreign
          .computeIfAbsent(stranger(metadata), _ -> new ArrayList<>())
          .add(Identity.of(object).words());
      return;
    }
    Map<String, @Nullable Object> other = of(owner.get()).put(key.get(), object);
    if (other != null) {
      throw new InputRejected(
          "observed "
              + Identity.of(object).words()
              + ": is resource \""
              + key.get()
              + "\" of "
              + owner.get().words()
              + " by its annotation, as is "
              + Identity.of(other).words()
              + "; correct one of them");
    }
  }

  /**
   * Whether its marks are those of its owner: Sveltos copies labels and annotations of a profile to
   * ClusterSummaries, as others do to what they make.
   */
  private boolean handedDown(Tree metadata) {
    List<Tree> references = metadata.at("ownerReferences").items();
    return !references.isEmpty()
        && references.stream()
            .noneMatch(reference ->
                composites.stream()
                    .anyMatch(one ->
                        reference
                            .at("kind")
                            .text()
                            .filter(one.identity().kind()::equals)
                            .isPresent()));
  }

  /** Empty when it says that it belongs to a composite which is not rendered. */
  private Optional<Composite> owner(Map<String, @Nullable Object> object) {
    Tree metadata = Tree.of(object).at("metadata");
    boolean silent =
        metadata.at("labels", Applied.COMPOSITE_LABEL).text().isEmpty()
            && metadata.at("ownerReferences").items().isEmpty();
    if (silent && composites.size() == 1) {
      return Optional.of(composites.getFirst());
    }
    if (silent) {
      throw new InputRejected(
          "observed "
              + Identity.of(object).words()
              + ": says which resource it is but not of which composite; give it the label "
              + Applied.COMPOSITE_LABEL);
    }
    List<Composite> here = composites.stream().filter(one -> isNear(metadata, one)).toList();
    List<Tree> references = metadata.at("ownerReferences").items();
    // Labels tell no kind, and a workspace may be called as its cluster.
    return here.stream()
        .filter(one -> references.stream().anyMatch(reference -> isTo(reference, one.identity())))
        .findFirst()
        .or(() -> here.stream().filter(one -> isLabelled(metadata.at("labels"), one)).findFirst());
  }

  private static boolean isNear(Tree metadata, Composite composite) {
    String namespace = composite.identity().namespace();
    return namespace.isEmpty()
        || metadata.at("namespace").text().filter(one -> !one.isEmpty()).isEmpty()
        || is(metadata.at("namespace"), namespace);
  }

  private static boolean isLabelled(Tree labels, Composite composite) {
    return is(labels.at(Applied.COMPOSITE_LABEL), Applied.prefix(composite))
        || composite.claim().filter(claim -> isOfClaim(labels, claim)).isPresent();
  }

  /** Core chose another name for the composite of a claim than is chosen here. */
  private static boolean isOfClaim(Tree labels, Map<String, @Nullable Object> claim) {
    Identity identity = Identity.of(claim);
    return is(labels.at(Applied.CLAIM_NAME_LABEL), identity.name())
        && is(labels.at(Applied.CLAIM_NAMESPACE_LABEL), identity.namespace());
  }

  private static boolean is(Tree field, String value) {
    return field.text().filter(value::equals).isPresent();
  }

  private static String stranger(Tree metadata) {
    return metadata
        .at("labels", Applied.COMPOSITE_LABEL)
        .text()
        .map(name -> "composite " + name)
        .orElseGet(() -> {
          Tree reference = metadata.at("ownerReferences").items().getFirst();
          return reference.at("kind").text().orElse("")
              + " "
              + reference.at("name").text().orElse("");
        });
  }

  private static boolean isTo(Tree reference, Identity composite) {
    return reference.at("kind").text().filter(composite.kind()::equals).isPresent()
        && reference.at("name").text().filter(composite.name()::equals).isPresent();
  }

  /** Core hands in nothing without its annotation. */
  private static Map<String, @Nullable Object> marked(
      Map<String, @Nullable Object> object, String key) {
    Map<String, @Nullable Object> metadata = Plain.copy(object.get("metadata"));
    Map<String, @Nullable Object> annotations = Plain.copy(metadata.get("annotations"));
    annotations.put(Applied.KEY_ANNOTATION, key);
    metadata.put("annotations", annotations);
    Map<String, @Nullable Object> marked = Plain.copy(object);
    marked.put("metadata", metadata);
    return marked;
  }
}
