package dev.isobar.it.specification;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.isobar.function.wire.proto.Fn;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Serving requests from Crossplane. */
final class ServingTest {
  private static final Scene SCENE = Scene.open();
  private static final Fn.RunFunctionRequest REQUEST = SCENE.request();
  private static final Fn.Resource THEIRS =
      Fn.Resource.newBuilder()
          .setResource(
              Scene.struct(
                  """
                  {"apiVersion": "v1", "kind": "ConfigMap", "data": {"a": "1"}, "many": [1, 2.5, {"deep": [null, true]}]}
                  """))
          .putConnectionDetails("password", ByteString.copyFrom(new byte[] {0, (byte) 0xff, 1}))
          .setReady(Fn.Ready.READY_TRUE)
          .build();

  @AfterAll
  static void close() {
    SCENE.close();
  }

  @Test
  @Demands({Clause.SERVES_THE_RUNNER_SERVICE, Clause.SERVES_THE_LATEST_VERSION})
  void bothVersionsOfTheServiceGiveTheSameBytes() {
    byte[] latest = SCENE.caller().call(Caller.V1, REQUEST.toByteArray());
    assertThat(latest).isNotEmpty();
    assertThat(SCENE.caller().call(Caller.V1BETA1, REQUEST.toByteArray())).isEqualTo(latest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "3f4c5d6e7f", "\u00e4\u20ac\ud83c\udf39 \n\t", "TAG", "tag"})
  @Demands({Clause.COPIES_THE_TAG, Clause.KEEPS_THE_TAG})
  void theTagComesBackAsItWent(String tag) {
    assertThat(SCENE.caller().call(tagged(tag)).getMeta().getTag()).isEqualTo(tag);
  }

  @Test
  @Demands({Clause.COPIES_THE_TAG, Clause.KEEPS_THE_TAG})
  void aTagOfAnyLengthComesBack() {
    String tag = "0123456789".repeat(10_000);
    assertThat(SCENE.caller().call(tagged(tag)).getMeta().getTag()).isEqualTo(tag);
  }

  @Test
  @Demands({Clause.COPIES_THE_TAG, Clause.SETS_A_TTL})
  void anAnswerThatRefusesCarriesTagAndTimeToLiveToo() {
    Fn.RunFunctionResponse response = SCENE.caller().call(withKind("XNobodyKnows"));
    assertThat(fatal(response)).isTrue();
    assertThat(response.getMeta().getTag()).isEqualTo(REQUEST.getMeta().getTag());
    assertThat(response.getMeta().hasTtl()).isTrue();
  }

  @Test
  @Demands(Clause.IGNORES_THE_TAG)
  void theAnswerIsTheSameWhateverTheTag() {
    Fn.RunFunctionResponse.Builder one = SCENE.caller().call(tagged("one")).toBuilder();
    Fn.RunFunctionResponse.Builder other = SCENE.caller().call(tagged("other")).toBuilder();
    one.getMetaBuilder().clearTag();
    other.getMetaBuilder().clearTag();
    assertThat(one.build()).isEqualTo(other.build());
  }

  @Test
  @Demands(Clause.SETS_A_TTL)
  void everyAnswerSaysHowLongItHolds() {
    assertThat(SCENE.caller().call(REQUEST).getMeta().hasTtl()).isTrue();
  }

  @Test
  @Demands(Clause.TTL_IS_TRUE)
  void theSameRequestGetsTheSameBytesAgain() {
    byte[] first = SCENE.caller().call(Caller.V1, REQUEST.toByteArray());
    for (int again = 0; again < 5; again++) {
      assertThat(SCENE.caller().call(Caller.V1, REQUEST.toByteArray())).isEqualTo(first);
    }
  }

  @Test
  @Demands(Clause.TTL_IS_TRUE)
  void aRefusalIsNeverCached() {
    Fn.RunFunctionResponse response = SCENE.caller().call(withKind("XNobodyKnows"));
    assertThat(response.getMeta().getTtl().getSeconds()).isZero();
    assertThat(response.getMeta().getTtl().getNanos()).isZero();
  }

  @Test
  @Demands(Clause.PASSES_ON_DESIRED_STATE)
  void whatEarlierStepsDesireComesBackWhole() {
    Fn.RunFunctionRequest request = afterAnEarlierStep();
    Fn.RunFunctionResponse response = SCENE.caller().call(request);
    assertThat(response.getDesired().getResourcesMap()).containsEntry("theirs", THEIRS);
    assertThat(response.getDesired().getComposite().getConnectionDetailsMap())
        .isEqualTo(request.getDesired().getComposite().getConnectionDetailsMap());
    assertThat(status(response).getFieldsMap()).containsEntry("theirs", Scene.text("kept"));
    assertThat(response.getContext()).isEqualTo(request.getContext());
  }

  @Test
  @Demands({Clause.PASSES_ON_DESIRED_STATE, Clause.CHANGES_ON_PURPOSE})
  void whatEarlierStepsDesireComesBackWithARefusalToo() {
    Fn.RunFunctionRequest request =
        afterAnEarlierStep().toBuilder()
            .setObserved(withKind("XNobodyKnows").getObserved())
            .build();
    Fn.RunFunctionResponse response = SCENE.caller().call(request);
    assertThat(response.getDesired()).isEqualTo(request.getDesired());
    assertThat(response.getContext()).isEqualTo(request.getContext());
  }

  @Test
  @Demands({Clause.CHANGES_ON_PURPOSE, Clause.NO_CONFLICTS})
  void anEarlierStepChangesNothingOfOurs() {
    Fn.RunFunctionResponse alone = SCENE.caller().call(REQUEST);
    Fn.RunFunctionResponse.Builder after = SCENE.caller().call(afterAnEarlierStep()).toBuilder();
    after.getDesiredBuilder().removeResources("theirs");
    assertThat(after.getDesired().getResourcesMap())
        .isEqualTo(alone.getDesired().getResourcesMap());
  }

  @Test
  @Demands(Clause.NO_COMPOSITE_SPEC_OR_METADATA)
  void onlyTheStatusOfTheCompositeIsDesired() {
    Struct composite = SCENE.caller().call(REQUEST).getDesired().getComposite().getResource();
    assertThat(composite.getFieldsMap().keySet()).isSubsetOf("apiVersion", "kind", "status");
  }

  @Test
  @Demands(Clause.NO_COMPOSED_STATUS)
  void noStatusOfComposedResourcesIsDesired() {
    desired()
        .forEach((name, resource) ->
            assertThat(resource.getResource().getFieldsMap()).as(name).doesNotContainKey("status"));
  }

  @Test
  @Demands(Clause.NO_COMPOSED_NAMES)
  void namesAreOnlyGivenWhereObjectsReferToEachOtherAndBeginWithTheirOwner() {
    Struct metadata = field(REQUEST.getObserved().getComposite().getResource(), "metadata");
    String claim =
        field(metadata, "labels")
            .getFieldsOrDefault("crossplane.io/claim-name", Scene.text(""))
            .getStringValue();
    String owner = claim.isEmpty() ? metadata.getFieldsOrThrow("name").getStringValue() : claim;
    desired()
        .forEach((name, resource) ->
            assertThat(
                    field(resource.getResource(), "metadata")
                        .getFieldsOrDefault("name", Scene.text(owner))
                        .getStringValue())
                .as(name)
                .startsWith(owner));
  }

  @Test
  @Demands(Clause.NO_CONFLICTS)
  void whatExistsKeepsItsKind() {
    Fn.RunFunctionResponse before = SCENE.caller().call(REQUEST);
    Fn.RunFunctionResponse after =
        SCENE.caller().call(SCENE.satisfied(nextReconcile(REQUEST, before)));
    after
        .getDesired()
        .getResourcesMap()
        .forEach((name, resource) -> {
          Fn.Resource earlier = before.getDesired().getResourcesOrDefault(name, resource);
          assertThat(resource.getResource().getFieldsOrThrow("kind"))
              .as(name)
              .isEqualTo(earlier.getResource().getFieldsOrThrow("kind"));
        });
  }

  @Test
  @Demands(Clause.FATAL_ENDS_THE_PIPELINE)
  void aGoodRequestGetsNoFatalResult() {
    assertThat(SCENE.caller().call(REQUEST).getResultsList())
        .noneMatch(result -> result.getSeverity() == Fn.Severity.SEVERITY_FATAL);
  }

  @Test
  @Demands(Clause.NO_RESULT_ON_EVERY_CALL)
  void nothingIsToldWhenNothingChanges() {
    Fn.RunFunctionRequest request = REQUEST;
    Fn.RunFunctionResponse response = SCENE.caller().call(request);
    for (int reconcile = 0; reconcile < 4; reconcile++) {
      request = SCENE.satisfied(nextReconcile(request, response));
      response = SCENE.caller().call(request);
    }
    assertThat(response.getResultsList()).isEmpty();
  }

  @Test
  @Demands(Clause.RESULTS_TELL_TRANSITIONS)
  void aTransitionIsToldOnce() {
    Fn.RunFunctionResponse first = SCENE.caller().call(REQUEST);
    Fn.RunFunctionResponse second =
        SCENE.caller().call(SCENE.satisfied(nextReconcile(REQUEST, first)));
    assertThat(second.getResultsList()).doesNotContainAnyElementsOf(first.getResultsList());
    if (Scene.isGreenhouse()) {
      assertThat(first.getResultsList())
          .extracting(Fn.Result::getReason)
          .containsExactly("Planting");
      assertThat(second.getResultsList())
          .extracting(Fn.Result::getReason)
          .containsExactly("Growing");
    }
  }

  @Test
  void requirementsAreTheSameOnEveryCall() {
    Fn.Requirements first =
        SCENE.caller().call(REQUEST.toBuilder().clearRequiredResources().build()).getRequirements();
    assertThat(SCENE.caller().call(REQUEST).getRequirements())
        .as("or core would ask for ever")
        .isEqualTo(first);
  }

  private static Map<String, Fn.Resource> desired() {
    Map<String, Fn.Resource> desired = SCENE.caller().call(REQUEST).getDesired().getResourcesMap();
    assertThat(desired).as("or there is nothing to test").isNotEmpty();
    return desired;
  }

  private static Fn.RunFunctionRequest tagged(String tag) {
    return REQUEST.toBuilder().setMeta(REQUEST.getMeta().toBuilder().setTag(tag)).build();
  }

  private static Fn.RunFunctionRequest withKind(String kind) {
    Fn.RunFunctionRequest.Builder request = REQUEST.toBuilder();
    request
        .getObservedBuilder()
        .getCompositeBuilder()
        .getResourceBuilder()
        .putFields("kind", Scene.text(kind));
    return request.build();
  }

  private static Fn.RunFunctionRequest afterAnEarlierStep() {
    return REQUEST.toBuilder()
        .setContext(
            Scene.struct(
                "{\"apiextensions.crossplane.io/environment\": {\"region\": \"RegionOne\"}}"))
        .setDesired(
            Fn.State.newBuilder()
                .setComposite(
                    Fn.Resource.newBuilder()
                        .setResource(Scene.struct("{\"status\": {\"theirs\": \"kept\"}}"))
                        .putConnectionDetails("kubeconfig", ByteString.copyFromUtf8("secret")))
                .putResources("theirs", THEIRS))
        .build();
  }

  /** What core would ask after having applied an answer. */
  private static Fn.RunFunctionRequest nextReconcile(
      Fn.RunFunctionRequest request, Fn.RunFunctionResponse answer) {
    Fn.State.Builder observed = request.getObserved().toBuilder();
    observed
        .getCompositeBuilder()
        .getResourceBuilder()
        .putFields("status", Value.newBuilder().setStructValue(status(answer)).build());
    answer
        .getDesired()
        .getResourcesMap()
        .forEach((name, resource) ->
            observed.putResources(
                name, Fn.Resource.newBuilder().setResource(resource.getResource()).build()));
    return request.toBuilder().setObserved(observed).build();
  }

  private static Struct status(Fn.RunFunctionResponse response) {
    return field(response.getDesired().getComposite().getResource(), "status");
  }

  private static Struct field(Struct object, String name) {
    return object.getFieldsOrDefault(name, Value.getDefaultInstance()).getStructValue();
  }

  private static boolean fatal(Fn.RunFunctionResponse response) {
    return List.copyOf(response.getResultsList()).stream()
        .anyMatch(result -> result.getSeverity() == Fn.Severity.SEVERITY_FATAL);
  }
}
