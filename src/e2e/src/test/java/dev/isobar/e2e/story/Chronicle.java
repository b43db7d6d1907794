package dev.isobar.e2e.story;

import dev.isobar.apis.tree.Tree;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Writes down what a composite says over its life: for every chapter the values of its stage and of
 * each condition, in their order and without repetitions. How far apart changes of two conditions
 * are is chance, so they are not set against each other.
 */
public final class Chronicle implements Closeable {
  /**
   * Core's own words: whether an apply met a conflict, and whether its circuit breaker is open, is
   * chance.
   */
  private static final Set<String> CHANCE = Set.of("Responsive", "Synced");

  /** Said between the first and the last of several objects, by who happens to look just then. */
  private static final Set<String> PASSING = Set.of("AddonsReady False Deploying");

  private static final String STAGE = "stage";

  private record Chapter(String title, Map<String, List<String>> said) {
    void say(String subject, String words) {
      said.computeIfAbsent(subject, _ -> new ArrayList<>()).add(words);
    }

    String text() {
      var text = new StringBuilder("# " + title + "\n");
      said.forEach((subject, words) ->
          text.append("%-20s %s%n".formatted(subject, String.join(" -> ", words))));
      return text.toString();
    }
  }

  private final List<Chapter> chapters = new ArrayList<>();
  private final Map<String, String> last = new TreeMap<>();

  /**
   * What was noted of conditions, with the time. Core writes the status in two steps, and with the
   * first of them puts conditions back as it had read them, until the second follows.
   */
  private final Set<String> noted = new HashSet<>();

  private Optional<Tree> latest = Optional.empty();
  private final Closeable following;

  /** Begins with what there is of a kind with these labels, which shall be one object. */
  public Chronicle(Kubernetes kubernetes, Kind kind, Map<String, String> labels) {
    following =
        kubernetes.follow(
            kind,
            labels,
            seen -> {
              if (!seen.gone()) {
                note(seen.object());
              }
            });
  }

  /** Begins a chapter. */
  public synchronized void chapter(String title) {
    chapters.add(new Chapter(title, new TreeMap<>()));
  }

  /**
   * Waits for something to be written down, so that a chapter ends with it. What holds then counts
   * though it was noted before: core may have read an older composite, and turned back with it.
   */
  public Tree until(Await await, String condition, Predicate<Tree> fulfils) {
    Tree end =
        await
            .until(
                "the composite " + condition,
                this::latest,
                seen -> seen.filter(fulfils).isPresent(),
                last ->
                    text()
                        + last.map(seen -> String.valueOf(seen.at("status").plain()))
                            .orElse("nothing yet"))
            .orElseThrow();
    conditions(end);
    return end;
  }

  /** Everything so far. */
  public synchronized String text() {
    return String.join("\n", chapters.stream().map(Chapter::text).toList());
  }

  @Override
  public void close() throws IOException {
    following.close();
  }

  private synchronized Optional<Tree> latest() {
    return latest;
  }

  private synchronized void note(Tree composite) {
    latest = Optional.of(composite);
    composite.at("status", STAGE).text().ifPresent(stage -> say(STAGE, stage));
    for (Tree condition : composite.at("status", "conditions").items()) {
      String turned = condition.at("lastTransitionTime").text().orElse("");
      if (noted.add(type(condition) + " " + words(condition) + " " + turned)) {
        say(type(condition), words(condition));
      }
    }
  }

  private synchronized void conditions(Tree composite) {
    composite
        .at("status", "conditions")
        .items()
        .forEach(condition -> say(type(condition), words(condition)));
  }

  private static String type(Tree condition) {
    return condition.at("type").text().orElse("");
  }

  private static String words(Tree condition) {
    return condition.at("status").text().orElse("")
        + " "
        + condition.at("reason").text().orElse("");
  }

  private void say(String subject, String words) {
    boolean chance = CHANCE.contains(subject) || PASSING.contains(subject + " " + words);
    if (!chance && !words.equals(last.put(subject, words))) {
      chapters.getLast().say(subject, words);
    }
  }
}
