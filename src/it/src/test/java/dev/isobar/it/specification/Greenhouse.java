package dev.isobar.it.specification;

import dev.isobar.apis.decode.Mistake;
import dev.isobar.apis.tree.Fields;
import dev.isobar.function.contract.Answer;
import dev.isobar.function.contract.Composition;
import dev.isobar.function.contract.Condition;
import dev.isobar.function.contract.Event;
import dev.isobar.function.contract.Ready;
import dev.isobar.function.contract.Request;
import dev.isobar.function.contract.Requirement;
import dev.isobar.function.contract.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The smallest composition that does a little of everything: it needs a climate, plants a bed, and
 * tells of a new stage.
 */
final class Greenhouse implements Composition {
  static final String KIND = "XGreenhouse";

  private static final List<Requirement> CLIMATE =
      List.of(
          new Requirement(
              "climate",
              "example.org/v1",
              "Climate",
              new Requirement.Selection.ByName("mild"),
              Optional.empty()));

  @Override
  public Answer compose(Request request) {
    if (!request.required().containsKey("climate")) {
      return new Answer.Unresolved(CLIMATE);
    }
    if (request.composite().at("spec", "beds").whole().orElse(1L) < 1) {
      return new Answer.Rejected(
          List.of(new Mistake("spec.beds", "is less than 1", "plant at least one")),
          List.of(),
          CLIMATE);
    }
    String stage = request.observed().containsKey("bed") ? "Growing" : "Planting";
    boolean changed = !request.composite().at("status", "stage").text().equals(Optional.of(stage));
    return new Answer.Composed(
        resources(request),
        Fields.with("stage", stage).map(),
        Ready.UNSPECIFIED,
        List.of(new Condition("Planted", Condition.Status.TRUE, stage, "The bed is there")),
        changed
            ? List.of(new Event(Event.Severity.NORMAL, stage, "Now it is " + stage))
            : List.of(),
        CLIMATE,
        Duration.ofMinutes(5));
  }

  private static SortedMap<String, Resource> resources(Request request) {
    String name = request.composite().at("metadata", "name").text().orElseThrow();
    SortedMap<String, Object> bed =
        Fields.with("apiVersion", "v1")
            .set("kind", "ConfigMap")
            .set("metadata", Fields.with("name", name + "-bed").set("namespace", "garden"))
            .set("data", Fields.with("soil", "loam"))
            .map();
    return new TreeMap<>(
        java.util.Map.of(
            "bed",
            new Resource(bed, request.observed().containsKey("bed") ? Ready.TRUE : Ready.FALSE)));
  }
}
