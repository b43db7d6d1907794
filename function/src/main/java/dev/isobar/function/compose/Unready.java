package dev.isobar.function.compose;

import dev.isobar.function.readiness.Health;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Tells of all that are not ready, and of each what it says, within bounds: a condition is read at
 * a glance.
 */
final class Unready {
  /** How many different things are said. */
  private static final int TOLD = 3;

  /** How many names stand before each. */
  private static final int NAMES = 4;

  /** How long each may be where there are several. */
  private static final int LONGEST = 150;

  private Unready() {}

  /**
   * Those that fail before those on their way; names that say the same stand together.
   *
   * @param worst what the whole is judged as
   */
  static Health named(String what, Map<String, Health> all, Health worst) {
    return switch (worst) {
      case Health.Working() -> worst;
      case Health.Stale() -> worst;
      case Health.Coming(_) -> new Health.Coming(text(what, said(all)));
      case Health.Failing(_) -> new Health.Failing(text(what, said(all)));
    };
  }

  /** Names by what they say, the worst first. */
  private static Map<String, List<String>> said(Map<String, Health> all) {
    var said = new LinkedHashMap<String, List<String>>();
    Stream.of(Health.Failing.class, Health.Coming.class)
        .flatMap(bad ->
            all.entrySet().stream()
                .filter(one -> bad.isInstance(one.getValue()))
                .sorted(Map.Entry.comparingByKey()))
        .forEach(one ->
            said.computeIfAbsent(one.getValue().message(), _ -> new ArrayList<>())
                .add(one.getKey()));
    return said;
  }

  private static String text(String what, Map<String, List<String>> said) {
    List<String> told =
        said.entrySet().stream()
            .limit(TOLD)
            .map(one ->
                what
                    + " "
                    + names(one.getValue())
                    + ": "
                    + (said.size() == 1 ? one.getKey() : cut(one.getKey())))
            .toList();
    List<String> rest = said.values().stream().skip(TOLD).flatMap(List::stream).toList();
    return String.join("; ", told) + (rest.isEmpty() ? "" : "; nor is " + names(rest) + " ready");
  }

  private static String names(List<String> names) {
    if (names.size() == 1) {
      return names.getFirst();
    }
    List<String> others = names.subList(1, Math.min(NAMES, names.size()));
    int more = names.size() - 1 - others.size();
    return names.getFirst()
        + " (also "
        + String.join(", ", others)
        + (more > 0 ? " and " + more + " more" : "")
        + ")";
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }
}
