package dev.isobar.cli.render;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.call.Outcome;
import dev.isobar.cli.input.Composite;
import dev.isobar.function.contract.Condition;
import dev.isobar.function.contract.Ready;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The status that core gives a composite, without the times of its conditions. */
public final class Statuses {
  /** Core's own, which it takes from nobody. */
  private static final Set<String> OF_CORE =
      Set.of("Ready", "Synced", "Healthy", "UpToDate", "Responsive");

  /** How many resources core names in a message. */
  private static final int NAMED = 3;

  private Statuses() {}

  /** The function's conditions, those it did not mention this time, then core's. */
  static List<Condition> conditions(Composite composite, Outcome.Desired desired) {
    var conditions =
        new ArrayList<>(
            desired.conditions().stream()
                .filter(condition -> !OF_CORE.contains(condition.type()))
                .toList());
    Set<String> told = conditions.stream().map(Condition::type).collect(Collectors.toSet());
    for (Tree earlier : composite.tree().at("status", "conditions").items()) {
      String type = text(earlier, "type");
      if (!OF_CORE.contains(type) && !told.contains(type)) {
        conditions.add(
            new Condition(
                type,
                status(text(earlier, "status")),
                text(earlier, "reason"),
                text(earlier, "message")));
      }
    }
    conditions.add(new Condition("Synced", Condition.Status.TRUE, "ReconcileSuccess", ""));
    conditions.add(ready(desired));
    return conditions;
  }

  /** The status as a whole. */
  static Map<String, @Nullable Object> status(Outcome.Desired desired, List<Condition> conditions) {
    var status = new TreeMap<String, @Nullable Object>(desired.status());
    status.put("conditions", conditions.stream().map(Statuses::fields).toList());
    return status;
  }

  /** The word of the API for a status. */
  public static String word(Condition.Status status) {
    return switch (status) {
      case TRUE -> "True";
      case FALSE -> "False";
      case UNKNOWN -> "Unknown";
    };
  }

  private static Condition ready(Outcome.Desired desired) {
    List<String> unready =
        desired.resources().entrySet().stream()
            .filter(resource -> resource.getValue().ready() != Ready.TRUE)
            .map(Map.Entry::getKey)
            .toList();
    return switch (desired.ready()) {
      case TRUE -> available();
      case FALSE -> new Condition("Ready", Condition.Status.FALSE, "Creating", "");
      case UNSPECIFIED ->
          unready.isEmpty()
              ? available()
              : new Condition(
                  "Ready",
                  Condition.Status.FALSE,
                  "Creating",
                  "Unready resources: " + names(unready));
    };
  }

  private static Condition available() {
    return new Condition("Ready", Condition.Status.TRUE, "Available", "");
  }

  private static String names(List<String> names) {
    if (names.size() > NAMED) {
      return String.join(", ", names.subList(0, NAMED))
          + ", and "
          + (names.size() - NAMED)
          + " more";
    }
    if (names.size() == NAMED) {
      return String.join(", ", names.subList(0, NAMED - 1)) + ", and " + names.getLast();
    }
    return String.join(", ", names);
  }

  private static Map<String, Object> fields(Condition condition) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("type", condition.type());
    fields.put("status", word(condition.status()));
    fields.put("reason", condition.reason());
    if (!condition.message().isEmpty()) {
      fields.put("message", condition.message());
    }
    return fields;
  }

  private static Condition.Status status(String word) {
    return switch (word) {
      case "True" -> Condition.Status.TRUE;
      case "False" -> Condition.Status.FALSE;
      default -> Condition.Status.UNKNOWN;
    };
  }

  private static String text(Tree condition, String field) {
    return condition.at(field).text().orElse("");
  }
}
