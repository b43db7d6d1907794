package dev.isobar.bench.request;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.yaml.Plain;
import dev.isobar.function.compose.Compositions;
import dev.isobar.function.wire.RunFunction;
import dev.isobar.function.wire.proto.Fn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes the requests of the benchmark out of a story, by asking the function itself until nothing
 * moves any more.
 *
 * <p>{@code first} is the composite as it was just made, {@code settled} the same with about 30
 * composed resources at rest, {@code large} a cluster with so many pools that they are about 120.
 */
public final class Situations {
  /** Each adds four composed resources. */
  private static final int POOLS = 3;

  private static final int MANY_POOLS = 25;
  private static final int MOST_CALLS = 10;

  private static final List<Fn.Capability> CAPABILITIES =
      List.of(
          Fn.Capability.CAPABILITY_CAPABILITIES,
          Fn.Capability.CAPABILITY_REQUIRED_RESOURCES,
          Fn.Capability.CAPABILITY_CREDENTIALS,
          Fn.Capability.CAPABILITY_CONDITIONS,
          Fn.Capability.CAPABILITY_REQUIRED_SCHEMAS);

  private final RunFunction function = new RunFunction(Compositions.byKind());
  private final String name;
  private final List<Map<String, @Nullable Object>> others;
  private Map<String, @Nullable Object> composite;
  private final Controllers controllers;
  private final Map<String, Map<String, @Nullable Object>> observed = new TreeMap<>();
  private final List<Map<String, @Nullable Object>> summaries = new ArrayList<>();

  private Situations(String name, Story story) {
    this.name = name;
    others = story.others();
    composite = asStored(name, story.composite());
    controllers = new Controllers(Tree.of(composite));
  }

  /**
   * All of them.
   *
   * @throws IllegalStateException when the function refuses the story, or it does not come to rest
   */
  public static List<Situation> of(Story story) {
    Story small = story.withPools(POOLS);
    return List.of(
        new Situations("settled", small).settled(),
        new Situations("first", small).ask(),
        new Situations("large", story.withPools(MANY_POOLS)).settled());
  }

  private static Map<String, @Nullable Object> asStored(
      String situation, Map<String, @Nullable Object> composite) {
    Map<String, @Nullable Object> metadata = Plain.copy(composite.get("metadata"));
    metadata.put("uid", Controllers.uid(situation));
    metadata.put("resourceVersion", "401877");
    metadata.put("generation", 4L);
    metadata.put("creationTimestamp", "2026-05-04T08:12:45Z");
    metadata.put("finalizers", List.of("composite.apiextensions.crossplane.io"));
    Map<String, @Nullable Object> stored = Plain.copy(composite);
    stored.put("metadata", metadata);
    return stored;
  }

  private Situation settled() {
    for (int call = 0; call < MOST_CALLS; call++) {
      Situation now = ask();
      boolean rests = now.ready() && now.composed().keySet().equals(observed.keySet());
      take(now);
      if (rests) {
        return ask();
      }
    }
    Tree status = ask().status();
    throw new IllegalStateException(
        name + " does not come to rest: " + status.at("message").text().orElse("no message"));
  }

  /** Does what the controllers and core do after an answer. */
  private void take(Situation answered) {
    Map<String, String> labels = answered.summaryLabels();
    observed.clear();
    summaries.clear();
    for (Map.Entry<String, Map<String, @Nullable Object>> one : answered.composed().entrySet()) {
      observed.put(one.getKey(), controllers.settle(one.getKey(), one.getValue()));
      Controllers.summary(one.getValue(), labels, namespace()).ifPresent(summaries::add);
    }
    Map<String, @Nullable Object> status = Plain.copy(answered.status().plain());
    var conditions = new ArrayList<Object>();
    answered.conditions().forEach(one -> conditions.add(condition(one)));
    conditions.add(condition("Synced", "True", "ReconcileSuccess", ""));
    conditions.add(condition("Ready", "True", "Available", ""));
    status.put("conditions", conditions);
    Map<String, @Nullable Object> spec = Plain.copy(composite.get("spec"));
    spec.put("resourceRefs", references());
    composite = Plain.copy(composite);
    composite.put("spec", spec);
    composite.put("status", status);
  }

  private List<Object> references() {
    var references = new ArrayList<Object>();
    for (Map<String, @Nullable Object> object : observed.values()) {
      Tree tree = Tree.of(object);
      references.add(
          Map.of(
              "apiVersion", tree.at("apiVersion").text().orElse(""),
              "kind", tree.at("kind").text().orElse(""),
              "name", tree.at("metadata", "name").text().orElse("")));
    }
    return references;
  }

  private static Map<String, Object> condition(Fn.Condition condition) {
    String status =
        switch (condition.getStatus()) {
          case STATUS_CONDITION_TRUE -> "True";
          case STATUS_CONDITION_FALSE -> "False";
          case STATUS_CONDITION_UNKNOWN, STATUS_CONDITION_UNSPECIFIED, UNRECOGNIZED -> "Unknown";
        };
    return condition(condition.getType(), status, condition.getReason(), condition.getMessage());
  }

  private static Map<String, Object> condition(
      String type, String status, String reason, String message) {
    return Map.of(
        "type", type,
        "status", status,
        "reason", reason,
        "message", message,
        "lastTransitionTime", "2026-05-04T08:31:02Z");
  }

  private String namespace() {
    return Tree.of(composite).at("spec", "claimRef", "namespace").text().orElse("");
  }

  private Situation ask() {
    Fn.RunFunctionRequest question = question();
    Fn.RunFunctionResponse answer;
    try {
      answer = Fn.RunFunctionResponse.parseFrom(function.answer(question.toByteArray()).bytes());
    } catch (com.google.protobuf.InvalidProtocolBufferException impossible) {
      throw new IllegalStateException("the function's answer is none", impossible);
    }
    for (Fn.Result result : answer.getResultsList()) {
      if (result.getSeverity() == Fn.Severity.SEVERITY_FATAL) {
        throw new IllegalStateException(
            "the function refuses " + name + ": " + result.getMessage());
      }
    }
    return new Situation(name, question, answer);
  }

  private Fn.RunFunctionRequest question() {
    Fn.State.Builder state = Fn.State.newBuilder().setComposite(resource(composite));
    observed.forEach((key, object) -> state.putResources(key, resource(object)));
    Fn.Resources.Builder clouds = Fn.Resources.newBuilder();
    others.stream()
        .filter(one -> "Cloud".equals(one.get("kind")))
        .forEach(cloud -> clouds.addItems(resource(cloud)));
    Fn.Resources.Builder seen = Fn.Resources.newBuilder();
    summaries.forEach(summary -> seen.addItems(resource(summary)));
    return Fn.RunFunctionRequest.newBuilder()
        .setMeta(
            Fn.RequestMeta.newBuilder()
                .setTag(Controllers.uid("tag of " + name))
                .addAllCapabilities(CAPABILITIES))
        .setObserved(state)
        .setInput(
            Wire.struct(
                Map.of("apiVersion", "isobar.fn.crossplane.io/v1alpha1", "kind", "Settings")))
        .putRequiredResources("cloud", clouds.build())
        .putRequiredResources(
            "namespace", Fn.Resources.newBuilder().addItems(resource(home())).build())
        .putRequiredResources("cluster-summaries", seen.build())
        .putRequiredResources("workspaces", Fn.Resources.getDefaultInstance())
        .putRequiredResources("workspace-pools", Fn.Resources.getDefaultInstance())
        .build();
  }

  private Map<String, Object> home() {
    return Map.of(
        "apiVersion",
        "v1",
        "kind",
        "Namespace",
        "metadata",
        Map.of(
            "name",
            namespace(),
            "uid",
            Controllers.uid("namespace"),
            "labels",
            Map.of("kubernetes.io/metadata.name", namespace())));
  }

  private static Fn.Resource resource(Map<String, ?> object) {
    return Fn.Resource.newBuilder().setResource(Wire.struct(object)).build();
  }
}
