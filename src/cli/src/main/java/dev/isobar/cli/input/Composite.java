package dev.isobar.cli.input;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.yaml.Plain;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A composite to render.
 *
 * @param object the composite as core would have it, with the status it had before
 * @param claim the claim it was made for
 * @param origin the file and line of whichever of the two the user wrote
 */
public record Composite(
    Map<String, @Nullable Object> object,
    Optional<Map<String, @Nullable Object>> claim,
    String origin) {
  /** Kind, namespace and name of what the user wrote. */
  public String words() {
    return Identity.of(claim.orElse(object)).words();
  }

  /** Which object it is. */
  public Identity identity() {
    return Identity.of(object);
  }

  /** A look into it. */
  public Tree tree() {
    return Tree.of(object);
  }

  /** Its name. */
  public String name() {
    return identity().name();
  }

  /** The same composite with another status. */
  public Composite withStatus(@Nullable Object status) {
    return new Composite(with(object, status), claim.map(wish -> with(wish, status)), origin);
  }

  private static Map<String, @Nullable Object> with(
      Map<String, @Nullable Object> object, @Nullable Object status) {
    var copy = Plain.copy(object);
    if (status == null) {
      copy.remove("status");
    } else {
      copy.put("status", status);
    }
    return copy;
  }
}
