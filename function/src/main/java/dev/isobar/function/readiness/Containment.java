package dev.isobar.function.readiness;

import dev.isobar.apis.tree.Tree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether an object has everything that is wanted of it; what others added or the API server
 * defaulted does not matter.
 */
final class Containment {
  private Containment() {}

  static boolean holds(Tree seen, @Nullable Object wanted) {
    return switch (wanted) {
      case null -> true;
      case Map<?, ?> map ->
          map.entrySet().stream()
              .allMatch(field -> holds(seen.at(String.valueOf(field.getKey())), field.getValue()));
      case List<?> list -> lists(seen.items(), list);
      case String text ->
          seen.text().filter(text::equals).isPresent() || (text.isEmpty() && !seen.exists());
      case Boolean truth -> seen.truth().orElse(false).equals(truth);
      case Number number -> number(seen.number(), number);
      default ->
          throw new IllegalArgumentException("cannot compare a " + wanted.getClass().getName());
    };
  }

  private static boolean number(Optional<Double> seen, Number wanted) {
    return seen.filter(number -> Double.compare(number, wanted.doubleValue()) == 0).isPresent();
  }

  private static boolean lists(List<Tree> seen, List<?> wanted) {
    if (seen.size() != wanted.size()) {
      return false;
    }
    for (int i = 0; i < wanted.size(); i++) {
      if (!holds(seen.get(i), wanted.get(i))) {
        return false;
      }
    }
    return true;
  }
}
