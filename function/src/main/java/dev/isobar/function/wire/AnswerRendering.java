package dev.isobar.function.wire;

import dev.isobar.function.contract.Answer;
import dev.isobar.function.contract.Condition;
import dev.isobar.function.contract.Event;
import dev.isobar.function.contract.Ready;
import dev.isobar.function.contract.Requirement;
import dev.isobar.function.contract.Resource;
import dev.isobar.function.wire.proto.Fn;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Renders answers.
 *
 * <p>Every answer echoes the tag, sets the time to live, and passes on the context and all that
 * earlier steps want. Of a resource that an earlier step wants too, our fields win and its other
 * fields, connection details and readiness stay.
 */
final class AnswerRendering {
  private AnswerRendering() {}

  /** What a composition decided. */
  static Rendered render(Fn.RunFunctionRequest request, Answer answer) {
    var own = new TreeMap<String, Resource>();
    Fn.RunFunctionResponse.Builder response =
        switch (answer) {
          case Answer.Composed composed -> render(request, composed, own);
          case Answer.Rejected rejected -> render(request, rejected);
          case Answer.Unresolved _ -> begin(request, Duration.ZERO);
        };
    if (!answer.requirements().isEmpty()) {
      response.setRequirements(requirements(answer.requirements()));
    }
    return Rendered.of(response.build(), own);
  }

  /** A fatal result, with the conditions to keep. */
  static Fn.RunFunctionResponse render(
      Fn.RunFunctionRequest request, Refusal refusal, List<Fn.Condition> kept) {
    return begin(request, Duration.ZERO).addResults(result(refusal)).addAllConditions(kept).build();
  }

  private static Fn.RunFunctionResponse.Builder render(
      Fn.RunFunctionRequest request, Answer.Composed answer, SortedMap<String, Resource> own) {
    Fn.RunFunctionResponse.Builder response =
        begin(request, answer.ttl()).setDesired(desired(request.getDesired(), answer, own));
    answer.conditions().forEach(condition -> response.addConditions(condition(condition)));
    answer.events().forEach(event -> response.addResults(result(event)));
    return response;
  }

  private static Fn.RunFunctionResponse.Builder render(
      Fn.RunFunctionRequest request, Answer.Rejected answer) {
    Fn.RunFunctionResponse.Builder response =
        begin(request, Duration.ZERO).addResults(result(Refusal.of(answer.mistakes())));
    answer.conditions().forEach(condition -> response.addConditions(condition(condition)));
    return response;
  }

  private static Fn.RunFunctionResponse.Builder begin(Fn.RunFunctionRequest request, Duration ttl) {
    Fn.RunFunctionResponse.Builder response =
        Fn.RunFunctionResponse.newBuilder()
            .setMeta(
                Fn.ResponseMeta.newBuilder()
                    .setTag(request.getMeta().getTag())
                    .setTtl(
                        com.google.protobuf.Duration.newBuilder()
                            .setSeconds(ttl.getSeconds())
                            .setNanos(ttl.getNano())));
    if (request.hasDesired()) {
      response.setDesired(request.getDesired());
    }
    if (request.hasContext()) {
      response.setContext(request.getContext());
    }
    return response;
  }

  /**
   * What shall be.
   *
   * @param own takes the resources that no earlier step wants
   */
  private static Fn.State desired(
      Fn.State before, Answer.Composed answer, SortedMap<String, Resource> own) {
    Fn.State.Builder desired = before.toBuilder();
    answer
        .resources()
        .forEach((name, resource) -> {
          if (resource.object().containsKey("status")) {
            throw new IllegalArgumentException(
                "composed resource " + name + " has a status, core would drop it");
          }
          Fn.Resource earlier = before.getResourcesMap().get(name);
          if (earlier == null) {
            own.put(name, resource);
          } else {
            desired.putResources(name, composed(earlier, resource));
          }
        });
    return desired.setComposite(composite(before.getComposite(), answer)).build();
  }

  private static Fn.Resource composed(Fn.Resource earlier, Resource resource) {
    return ready(
        earlier.toBuilder()
            .setResource(StructRendering.over(earlier.getResource(), resource.object())),
        resource.ready());
  }

  private static Fn.Resource composite(Fn.Resource earlier, Answer.Composed answer) {
    SortedMap<String, Object> status = answer.status();
    if (status.containsKey("conditions")) {
      throw new IllegalArgumentException("the status holds conditions, those are core's to write");
    }
    Fn.Resource.Builder composite = earlier.toBuilder();
    if (!status.isEmpty()) {
      composite.setResource(StructRendering.over(earlier.getResource(), Map.of("status", status)));
    }
    return ready(composite, answer.ready());
  }

  private static Fn.Resource ready(Fn.Resource.Builder resource, Ready ready) {
    return switch (ready) {
      case UNSPECIFIED -> resource.build();
      case TRUE -> resource.setReady(Fn.Ready.READY_TRUE).build();
      case FALSE -> resource.setReady(Fn.Ready.READY_FALSE).build();
    };
  }

  private static Fn.Requirements requirements(List<Requirement> requirements) {
    Fn.Requirements.Builder all = Fn.Requirements.newBuilder();
    requirements.forEach(
        requirement -> all.putResources(requirement.name(), selector(requirement)));
    return all.build();
  }

  private static Fn.ResourceSelector selector(Requirement requirement) {
    Fn.ResourceSelector.Builder selector =
        Fn.ResourceSelector.newBuilder()
            .setApiVersion(requirement.apiVersion())
            .setKind(requirement.kind());
    requirement.namespace().ifPresent(selector::setNamespace);
    return switch (requirement.selection()) {
      case Requirement.Selection.ByName(String name) -> selector.setMatchName(name).build();
      // Without a match core lists all objects of the kind.
      case Requirement.Selection.ByLabels(SortedMap<String, String> labels) when labels.isEmpty() ->
          selector.build();
      case Requirement.Selection.ByLabels(SortedMap<String, String> labels) ->
          selector.setMatchLabels(Fn.MatchLabels.newBuilder().putAllLabels(labels)).build();
    };
  }

  private static Fn.Condition condition(Condition condition) {
    return Fn.Condition.newBuilder()
        .setType(condition.type())
        .setStatus(
            switch (condition.status()) {
              case TRUE -> Fn.Status.STATUS_CONDITION_TRUE;
              case FALSE -> Fn.Status.STATUS_CONDITION_FALSE;
              case UNKNOWN -> Fn.Status.STATUS_CONDITION_UNKNOWN;
            })
        .setReason(condition.reason())
        .setMessage(condition.message())
        .setTarget(Fn.Target.TARGET_COMPOSITE_AND_CLAIM)
        .build();
  }

  private static Fn.Result result(Event event) {
    return Fn.Result.newBuilder()
        .setSeverity(
            switch (event.severity()) {
              case NORMAL -> Fn.Severity.SEVERITY_NORMAL;
              case WARNING -> Fn.Severity.SEVERITY_WARNING;
            })
        .setMessage(event.message())
        .setReason(event.reason())
        .setTarget(Fn.Target.TARGET_COMPOSITE_AND_CLAIM)
        .build();
  }

  private static Fn.Result result(Refusal refusal) {
    return Fn.Result.newBuilder()
        .setSeverity(Fn.Severity.SEVERITY_FATAL)
        .setMessage(refusal.message())
        .setReason(refusal.reason().word())
        .setTarget(Fn.Target.TARGET_COMPOSITE_AND_CLAIM)
        .build();
  }
}
