package dev.isobar.cli.input;

import dev.isobar.apis.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a composite says it owns. */
final class References {
  private References() {}

  /**
   * What a composite owns and nobody handed in, as people write it. Without it the function cannot
   * see what exists, so what is rendered looks as if it were made anew.
   *
   * @param observed all that exists
   */
  static List<String> missing(
      Map<String, @Nullable Object> composite, List<Map<String, @Nullable Object>> observed) {
    Set<Owned> there =
        observed.stream().map(Identity::of).map(Owned::of).collect(Collectors.toSet());
    var missing = new ArrayList<String>();
    references(Tree.of(composite))
        .map(Owned::of)
        .filter(owned -> !there.contains(owned))
        .forEach(owned -> missing.add(owned.kind() + " " + owned.name()));
    return missing;
  }

  /** Core of version 2 keeps them apart from what the user wrote. */
  private static Stream<Tree> references(Tree composite) {
    return Stream.concat(
        composite.at("spec", "resourceRefs").items().stream(),
        composite.at("spec", "crossplane", "resourceRefs").items().stream());
  }

  /** A reference may leave out the namespace. */
  private record Owned(String group, String kind, String name) {
    static Owned of(Identity identity) {
      return new Owned(identity.group(), identity.kind(), identity.name());
    }

    static Owned of(Tree reference) {
      String apiVersion = reference.at("apiVersion").text().orElse("");
      return new Owned(
          apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "",
          reference.at("kind").text().orElse(""),
          reference.at("name").text().orElse(""));
    }
  }
}
