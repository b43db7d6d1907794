package dev.isobar.function.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.isobar.apis.decode.Mistake;
import dev.isobar.function.contract.Answer;
import dev.isobar.function.contract.Event;
import dev.isobar.function.contract.Ready;
import dev.isobar.function.contract.Request;
import dev.isobar.function.contract.Requirement;
import dev.isobar.function.wire.proto.Fn;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RunFunctionTest {
  private static final Answer NOTHING = Asked.composed(Map.of(), Map.of());
  private static final Requirement CLOUD =
      new Requirement(
          "cloud",
          "compute.isobar.dev/v1alpha1",
          "Cloud",
          new Requirement.Selection.ByName("wekeo"),
          Optional.empty());

  @Test
  void givesTheCompositionWhatCoreSent() {
    Request given =
        Asked.given(
            Asked.request()
                .setInput(StructRendering.render(Map.of("kind", "Settings")))
                .setObserved(
                    Fn.State.newBuilder()
                        .setComposite(Asked.resource(Asked.composite(Map.of("stage", "Ready"))))
                        .putResources("z", Asked.resource(Map.of("kind", "Z")))
                        .putResources("a", Asked.resource(Map.of("kind", "A"))))
                .build());
    assertThat(given.composite().at("status", "stage").text()).contains("Ready");
    assertThat(given.observed()).containsOnlyKeys("a", "z");
    assertThat(given.observed().get("a").at("kind").text()).contains("A");
    assertThat(given.input().at("kind").text()).contains("Settings");
  }

  @Test
  @SuppressWarnings("deprecation") // Bootstrap requirements of old Compositions still use it.
  void tellsUnresolvedRequirementsFromThoseThatNothingMeets() {
    Request given =
        Asked.given(
            Asked.request()
                .putRequiredResources("none", Fn.Resources.getDefaultInstance())
                .putRequiredResources("cloud", resources("new"))
                .putExtraResources("cloud", resources("old"))
                .putExtraResources("only-old", resources("old"))
                .build());
    assertThat(given.required()).containsOnlyKeys("none", "cloud", "only-old");
    assertThat(given.required().get("none")).isEmpty();
    assertThat(given.required().get("cloud").getFirst().at("kind").text()).contains("new");
    assertThat(given.required().get("only-old").getFirst().at("kind").text()).contains("old");
  }

  static List<Answer> answers() {
    return List.of(
        NOTHING,
        new Answer.Unresolved(List.of(CLOUD)),
        new Answer.Rejected(
            List.of(new Mistake("spec", "is wrong", "correct it")), List.of(), List.of(CLOUD)));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void everyAnswerPassesOnWhatIsNotOurs(Answer answer) {
    Fn.RunFunctionRequest request =
        Asked.request()
            .setContext(StructRendering.render(Map.of("from", "an earlier step")))
            .setDesired(
                Fn.State.newBuilder()
                    .setComposite(
                        Asked.resource(Map.of("status", Map.of("theirs", 1))).toBuilder()
                            .setReady(Fn.Ready.READY_FALSE))
                    .putResources(
                        "theirs",
                        Asked.resource(Map.of("kind", "ConfigMap")).toBuilder()
                            .putConnectionDetails("key", ByteString.copyFromUtf8("secret"))
                            .setReady(Fn.Ready.READY_TRUE)
                            .build()))
            .build();
    Fn.RunFunctionResponse response = Asked.answer(request, answer);
    assertThat(response.getMeta().getTag()).isEqualTo("a-tag");
    assertThat(response.getMeta().hasTtl()).isTrue();
    assertThat(response.getContext()).isEqualTo(request.getContext());
    assertThat(response.getDesired()).isEqualTo(request.getDesired());
    assertThat(response.getRequirements().getResourcesMap().keySet())
        .containsExactlyElementsOf(answer.requirements().stream().map(Requirement::name).toList());
  }

  @Test
  void ourFieldsWinOverEarlierStepsAndTheirOtherFieldsStay() {
    Fn.RunFunctionRequest request =
        Asked.request()
            .setDesired(
                Fn.State.newBuilder()
                    .setComposite(
                        Asked.resource(
                            Map.of(
                                "status",
                                Map.of("theirs", 1, "stage", "Old"),
                                "spec",
                                Map.of("x", 1))))
                    .putResources(
                        "cluster",
                        Asked.resource(
                                Map.of(
                                    "kind", "Cluster", "spec", Map.of("theirs", 1, "paused", true)))
                            .toBuilder()
                            .putConnectionDetails("key", ByteString.copyFromUtf8("secret"))
                            .setReady(Fn.Ready.READY_FALSE)
                            .build()))
            .build();
    Fn.RunFunctionResponse response =
        Asked.answer(
            request,
            Asked.composed(
                Map.of(
                    "cluster",
                    Asked.wanted(
                        Map.of("kind", "Cluster", "spec", Map.of("paused", false)), Ready.TRUE),
                    "other",
                    Asked.wanted(Map.of("kind", "Other"), Ready.UNSPECIFIED)),
                Map.of("stage", "New")));
    assertThat(response.getDesired())
        .isEqualTo(
            Fn.State.newBuilder()
                .setComposite(
                    Asked.resource(
                        Map.of(
                            "status", Map.of("theirs", 1, "stage", "New"), "spec", Map.of("x", 1))))
                .putResources(
                    "cluster",
                    Asked.resource(
                            Map.of("kind", "Cluster", "spec", Map.of("theirs", 1, "paused", false)))
                        .toBuilder()
                        .putConnectionDetails("key", ByteString.copyFromUtf8("secret"))
                        .setReady(Fn.Ready.READY_TRUE)
                        .build())
                .putResources("other", Asked.resource(Map.of("kind", "Other")))
                .build());
  }

  @Test
  void rendersReadinessConditionsEventsAndTimeToLive() {
    Fn.RunFunctionResponse response =
        Asked.answer(
            Asked.request().build(),
            new Answer.Composed(
                new TreeMap<>(),
                new TreeMap<>(),
                Ready.FALSE,
                List.of(Asked.condition()),
                List.of(
                    new Event(Event.Severity.WARNING, "CloudLost", "It is gone"),
                    new Event(Event.Severity.NORMAL, "CloudFound", "It is back")),
                List.of(),
                Duration.ofMillis(1500)));
    assertThat(response.getDesired().getComposite().getReady()).isEqualTo(Fn.Ready.READY_FALSE);
    assertThat(response.getDesired().getComposite().hasResource())
        .as("an empty status is none")
        .isFalse();
    assertThat(response.hasRequirements()).as("none is not the same as empty to core").isFalse();
    assertThat(response.getMeta().getTtl().getSeconds()).isEqualTo(1);
    assertThat(response.getMeta().getTtl().getNanos()).isEqualTo(500_000_000);
    assertThat(response.getConditionsList())
        .containsExactly(
            Fn.Condition.newBuilder()
                .setType("CloudResolved")
                .setStatus(Fn.Status.STATUS_CONDITION_FALSE)
                .setReason("CloudNotFound")
                .setMessage("There is none")
                .setTarget(Fn.Target.TARGET_COMPOSITE_AND_CLAIM)
                .build());
    assertThat(response.getResultsList())
        .containsExactly(
            result(Fn.Severity.SEVERITY_WARNING, "CloudLost", "It is gone"),
            result(Fn.Severity.SEVERITY_NORMAL, "CloudFound", "It is back"));
  }

  @Test
  void rendersRequirements() {
    Fn.RunFunctionResponse response =
        Asked.answer(
            Asked.request().build(),
            new Answer.Unresolved(
                List.of(
                    CLOUD,
                    new Requirement(
                        "summaries",
                        "config.projectsveltos.io/v1beta1",
                        "ClusterSummary",
                        new Requirement.Selection.ByLabels(
                            new TreeMap<>(Map.of("cluster", "eo-lab"))),
                        Optional.of("eo4eu")),
                    new Requirement(
                        "workspaces",
                        "platform.isobar.dev/v1alpha1",
                        "GpuWorkspace",
                        new Requirement.Selection.ByLabels(new TreeMap<>()),
                        Optional.empty()))));
    assertThat(response.getRequirements())
        .isEqualTo(
            Fn.Requirements.newBuilder()
                .putResources(
                    "cloud",
                    Fn.ResourceSelector.newBuilder()
                        .setApiVersion("compute.isobar.dev/v1alpha1")
                        .setKind("Cloud")
                        .setMatchName("wekeo")
                        .build())
                .putResources(
                    "summaries",
                    Fn.ResourceSelector.newBuilder()
                        .setApiVersion("config.projectsveltos.io/v1beta1")
                        .setKind("ClusterSummary")
                        .setMatchLabels(Fn.MatchLabels.newBuilder().putLabels("cluster", "eo-lab"))
                        .setNamespace("eo4eu")
                        .build())
                .putResources(
                    "workspaces",
                    Fn.ResourceSelector.newBuilder()
                        .setApiVersion("platform.isobar.dev/v1alpha1")
                        .setKind("GpuWorkspace")
                        .build())
                .build());
  }

  @Test
  void tellsAllMistakesInOneFatalResult() {
    Answer rejected =
        new Answer.Rejected(
            List.of(
                new Mistake("spec.pools[1].machineType", "there is no g9", "did you mean g2"),
                new Mistake("spec.version", "1.99 has no image", "use 1.35")),
            List.of(Asked.condition()),
            List.of(CLOUD));
    Fn.RunFunctionResponse response = Asked.answer(Asked.request().build(), rejected);
    assertThat(Asked.onlyResult(response))
        .isEqualTo(
            result(
                Fn.Severity.SEVERITY_FATAL,
                "InvalidConfiguration",
                "1) spec.pools[1].machineType: there is no g9; did you mean g2 2) spec.version:"
                    + " 1.99 has no image; use 1.35"));
    assertThat(response.getMeta().getTtl().getSeconds()).isZero();
    assertThat(response.getConditionsCount()).isOne();
  }

  @Test
  void doesNotNumberASingleMistakeAndCutsEndlessLists() {
    var mistake = new Mistake("spec", "is wrong", "correct it");
    assertThat(Refusal.of(List.of(mistake)).message()).isEqualTo("spec: is wrong; correct it");
    assertThat(Refusal.of(Collections.nCopies(25, mistake)).message())
        .contains("20) spec")
        .doesNotContain("21)")
        .endsWith(" and 5 more");
  }

  @Test
  void sameAnswerSameBytesWhateverTheOrderInTheRequest() {
    byte[] forwards =
        Asked.reply(shuffled(List.of("a", "b", "c", "d")), _ -> composedTwo(false)).bytes();
    byte[] backwards =
        Asked.reply(shuffled(List.of("d", "c", "b", "a")), _ -> composedTwo(true)).bytes();
    assertThat(backwards).isEqualTo(forwards);
    assertThat(shuffled(List.of("d", "c", "b", "a")).toByteArray())
        .as("or the test tests nothing")
        .isNotEqualTo(shuffled(List.of("a", "b", "c", "d")).toByteArray());
  }

  @Test
  void summarisesACall() {
    CallSummary summary =
        Asked.reply(
                Asked.request().build(),
                _ ->
                    Asked.composed(
                        Map.of("one", Asked.wanted(Map.of("kind", "One"), Ready.TRUE)), Map.of()))
            .summary();
    assertThat(summary)
        .isEqualTo(
            new CallSummary(Asked.KIND, "", "eo-lab-x7k2p", "a-tag", 1, 0, 0, "", summary.bytes()));
    assertThat(summary.refused()).isFalse();
    assertThat(summary.bytes()).isPositive();
  }

  private static Fn.RunFunctionRequest shuffled(List<String> names) {
    var fields = new LinkedHashMap<String, Value>();
    names.forEach(name -> fields.put(name, Value.newBuilder().setStringValue(name).build()));
    Fn.State.Builder desired = Fn.State.newBuilder();
    names.forEach(name ->
        desired.putResources(
            name,
            Fn.Resource.newBuilder()
                .setResource(Struct.newBuilder().putAllFields(fields))
                .build()));
    return Asked.request()
        .setDesired(desired)
        .setContext(Struct.newBuilder().putAllFields(fields))
        .build();
  }

  private static Answer composedTwo(boolean reversed) {
    var object = new LinkedHashMap<String, Object>();
    for (String name : reversed ? List.of("z", "y", "x") : List.of("x", "y", "z")) {
      object.put(name, name);
    }
    return Asked.composed(
        Map.of("a", Asked.wanted(Map.of("spec", object), Ready.TRUE)), Map.of("deep", object));
  }

  private static Fn.Resources resources(String kind) {
    return Fn.Resources.newBuilder().addItems(Asked.resource(Map.of("kind", kind))).build();
  }

  private static Fn.Result result(Fn.Severity severity, String reason, String message) {
    return Fn.Result.newBuilder()
        .setSeverity(severity)
        .setReason(reason)
        .setMessage(message)
        .setTarget(Fn.Target.TARGET_COMPOSITE_AND_CLAIM)
        .build();
  }
}
