package dev.isobar.e2e.story;

import dev.isobar.apis.tree.Tree;
import dev.isobar.testbed.kubernetes.Events;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Writes down the events of a claim that tell of turning conditions, in the order in which they
 * were told.
 *
 * <p>What is promised is the order of those of one condition, as often as it turned; and that what
 * needs something else is told after it. Those of conditions that need nothing of each other come
 * in any order. On a composite Kubernetes drops most of them, because core tells there of every
 * resource that is not ready yet.
 */
public final class ToldEvents implements Closeable {
  private record Told(String type, String condition, String reason) {}

  private final List<Told> all = new CopyOnWriteArrayList<>();
  private final List<String> conditions;
  private final Closeable following;

  /**
   * From now on, which shall be before there is the first.
   *
   * @param conditions whose turning is told
   */
  public ToldEvents(Kubernetes kubernetes, Reference claim, List<String> conditions) {
    this.conditions = List.copyOf(conditions);
    following =
        kubernetes.follow(
            Kind.EVENT,
            Map.of(),
            seen -> {
              // One that is told again is stored with a higher count.
              if (!seen.gone() && Events.isAbout(seen.object(), claim)) {
                note(seen.object());
              }
            });
  }

  private void note(Tree event) {
    String word = event.at("reason").text().orElse("");
    conditions.stream()
        .filter(word::startsWith)
        .findFirst()
        .ifPresent(condition ->
            all.add(
                new Told(
                    event.at("type").text().orElse(""),
                    condition,
                    word.substring(condition.length()))));
  }

  /**
   * What came before what it needs, in words.
   *
   * @param chains words as in {@code PoolsReadyAvailable}, each of which needs the one before it
   */
  public List<String> outOfTurn(List<List<String>> chains) {
    List<String> words = all.stream().map(told -> told.condition() + told.reason()).toList();
    List<String> wrong = new ArrayList<>();
    for (List<String> chain : chains) {
      for (int i = 1; i < chain.size(); i++) {
        int earlier = words.indexOf(chain.get(i - 1));
        int later = words.indexOf(chain.get(i));
        if (earlier < 0 || later < earlier) {
          wrong.add(chain.get(i) + " is not told after " + chain.get(i - 1) + ": " + words);
        }
      }
    }
    return wrong;
  }

  /** Of each condition what was told, in its order; core may tell the same twice in a row. */
  public String text() {
    var lines = new TreeMap<String, List<String>>();
    for (Told one : all) {
      List<String> line = lines.computeIfAbsent(one.condition(), _ -> new ArrayList<>());
      String words = one.type() + " " + one.reason();
      if (line.isEmpty() || !line.getLast().equals(words)) {
        line.add(words);
      }
    }
    var text = new StringBuilder("# Events on the claim, those of one condition in their order\n");
    lines.forEach((condition, line) ->
        text.append("%-20s %s%n".formatted(condition, String.join(" -> ", line))));
    return text.toString();
  }

  @Override
  public void close() throws IOException {
    following.close();
  }
}
