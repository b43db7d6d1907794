package dev.isobar.cli.call;

import com.google.protobuf.Value;
import dev.isobar.function.contract.Condition;
import dev.isobar.function.contract.Event;
import dev.isobar.function.contract.Ready;
import dev.isobar.function.contract.Resource;
import dev.isobar.function.wire.proto.Fn;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads answers as core does. */
final class Answers {
  /** The reason by which the function marks its own bugs. */
  private static final String FAULT = "InternalFault";

  /** What core calls an event without a reason. */
  private static final String REASON = "ComposeResources";

  private Answers() {}

  /** What the first fatal result says. */
  static Optional<Outcome> fatal(Fn.RunFunctionResponse response) {
    return response.getResultsList().stream()
        .filter(result -> result.getSeverity() == Fn.Severity.SEVERITY_FATAL)
        .findFirst()
        .map(result ->
            result.getReason().equals(FAULT)
                ? new Outcome.Broken(result.getMessage())
                : new Outcome.Refused(result.getMessage()));
  }

  /** The answer without a fatal result. */
  static Outcome desired(Fn.RunFunctionResponse response) {
    var resources = new TreeMap<String, Resource>();
    response
        .getDesired()
        .getResourcesMap()
        .forEach((name, resource) -> resources.put(name, resource(resource)));
    Fn.Resource composite = response.getDesired().getComposite();
    Value status = composite.getResource().getFieldsOrDefault("status", Value.getDefaultInstance());
    return new Outcome.Desired(
        resources,
        Structs.map(status.getStructValue()),
        ready(composite.getReady()),
        response.getConditionsList().stream().map(Answers::condition).toList(),
        response.getResultsList().stream().map(Answers::event).toList());
  }

  private static Resource resource(Fn.Resource resource) {
    var object = new TreeMap<String, Object>();
    Structs.map(resource.getResource())
        .forEach((field, value) -> putUnlessNull(object, field, value));
    return new Resource(object, ready(resource.getReady()));
  }

  private static void putUnlessNull(
      Map<String, Object> object, String field, @Nullable Object value) {
    if (value != null) {
      Object previous = object.put(field, value);
      assert previous == null;
    }
  }

  private static Ready ready(Fn.Ready ready) {
    return switch (ready) {
      case READY_TRUE -> Ready.TRUE;
      case READY_FALSE -> Ready.FALSE;
      case READY_UNSPECIFIED, UNRECOGNIZED -> Ready.UNSPECIFIED;
    };
  }

  private static Condition condition(Fn.Condition condition) {
    Condition.Status status =
        switch (condition.getStatus()) {
          case STATUS_CONDITION_TRUE -> Condition.Status.TRUE;
          case STATUS_CONDITION_FALSE -> Condition.Status.FALSE;
          case STATUS_CONDITION_UNKNOWN, STATUS_CONDITION_UNSPECIFIED, UNRECOGNIZED ->
              Condition.Status.UNKNOWN;
        };
    return new Condition(
        condition.getType(), status, condition.getReason(), condition.getMessage());
  }

  private static Event event(Fn.Result result) {
    return new Event(
        result.getSeverity() == Fn.Severity.SEVERITY_NORMAL
            ? Event.Severity.NORMAL
            : Event.Severity.WARNING,
        result.hasReason() ? result.getReason() : REASON,
        result.getMessage());
  }
}
