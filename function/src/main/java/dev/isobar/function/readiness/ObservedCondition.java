package dev.isobar.function.readiness;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.contract.Condition;
import java.util.Optional;

/**
 * A condition of somebody else's object.
 *
 * @param current whether it speaks of the object as it is now, and not of an earlier generation
 * @param turned when it last changed its status, as Kubernetes writes times
 */
public record ObservedCondition(
    String status, String reason, String message, boolean current, Optional<String> turned) {
  /** The condition of this type. */
  public static Optional<ObservedCondition> of(Tree object, String type) {
    long generation = object.at("metadata", "generation").whole().orElse(0L);
    return object.at("status", "conditions").items().stream()
        .filter(condition -> condition.at("type").text().filter(type::equals).isPresent())
        .findFirst()
        .map(condition ->
            new ObservedCondition(
                condition.at("status").text().orElse("Unknown"),
                condition.at("reason").text().orElse(""),
                oneLine(condition.at("message").text().orElse("")),
                condition
                    .at("observedGeneration")
                    .whole()
                    .map(seen -> seen >= generation)
                    .orElse(true),
                condition.at("lastTransitionTime").text()));
  }

  /** The condition as a composition says it again, word for word. */
  public Condition again(String type) {
    Condition.Status again =
        switch (status) {
          case "True" -> Condition.Status.TRUE;
          case "False" -> Condition.Status.FALSE;
          default -> Condition.Status.UNKNOWN;
        };
    return new Condition(type, again, reason, message);
  }

  /** Whether it holds. */
  public boolean holds() {
    return status.equals("True");
  }

  /** Cluster API's messages are lists of lists over several lines; a status is one sentence. */
  private static String oneLine(String message) {
    String text = message.strip();
    if (text.indexOf('\n') < 0 && !text.startsWith("* ")) {
      return text;
    }
    return text.replaceAll("^\\* ", "")
        .replaceAll(":\\s*\\n\\s*(\\* )?", ": ")
        .replaceAll("[.;]?\\s*\\n\\s*(\\* )?", "; ");
  }
}
