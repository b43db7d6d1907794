package dev.isobar.function.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.isobar.function.contract.Answer;
import dev.isobar.function.contract.Composition;
import dev.isobar.function.contract.Ready;
import dev.isobar.function.wire.proto.Fn;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes in, something goes out that core can read. */
final class RefusingTest {
  private static final Composition UNREACHED =
      _ -> {
        throw new AssertionError("must not be asked");
      };

  record Row(String why, byte[] request, String tag, String reason, String message) {
    @Override
    public String toString() {
      return why;
    }
  }

  static List<Row> requests() {
    return List.of(
        new Row("an empty request", new byte[0], "", "MissingComposite", "no observed composite"),
        new Row(
            "no protobuf at all",
            "GET / HTTP/1.1".getBytes(StandardCharsets.US_ASCII),
            "",
            "UnreadableRequest",
            "cannot read the request of 14 bytes"),
        new Row(
            "cut off behind the tag",
            cutOff(Asked.request().build().toByteArray()),
            "a-tag",
            "UnreadableRequest",
            "cut off"),
        new Row(
            "an object nested a hundred thousand deep",
            nested(100_000),
            "deep",
            "UnreadableRequest",
            "nests too deep"),
        new Row(
            "text that is no UTF-8",
            Asked.request()
                .putRequiredResources("x", Fn.Resources.getDefaultInstance())
                .build()
                .toByteString()
                .concat(ByteString.copyFrom(new byte[] {0x42, 0x03, 0x0a, 0x01, (byte) 0xff}))
                .toByteArray(),
            "a-tag",
            "UnreadableRequest",
            "no RunFunctionRequest"),
        new Row(
            "a group that is closed without being opened",
            Asked.request()
                .build()
                .toByteString()
                .concat(ByteString.copyFrom(new byte[] {0x0c}))
                .toByteArray(),
            "a-tag",
            "UnreadableRequest",
            "no RunFunctionRequest"),
        new Row(
            "another kind",
            Asked.request()
                .setObserved(
                    Fn.State.newBuilder().setComposite(Asked.resource(Map.of("kind", "XDatabase"))))
                .build()
                .toByteArray(),
            "a-tag",
            "UnknownComposite",
            "cannot compose a composite of kind \"XDatabase\", only of XPlatformCluster"),
        new Row(
            "a kind that is no text",
            Asked.request()
                .setObserved(Fn.State.newBuilder().setComposite(Asked.resource(Map.of("kind", 3))))
                .build()
                .toByteArray(),
            "a-tag",
            "UnknownComposite",
            "kind \"\""),
        new Row(
            "a core that says it cannot hand in required resources",
            Asked.request()
                .setMeta(
                    Fn.RequestMeta.newBuilder()
                        .setTag("a-tag")
                        .addCapabilities(Fn.Capability.CAPABILITY_CAPABILITIES)
                        .addCapabilities(Fn.Capability.CAPABILITY_CONDITIONS))
                .build()
                .toByteArray(),
            "a-tag",
            "UnsupportedCrossplane",
            "needs Crossplane core 2.4 or newer"));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void answersWithOneFatalResult(Row row) {
    Reply reply = new RunFunction(Map.of(Asked.KIND, UNREACHED)).answer(row.request);
    Fn.RunFunctionResponse response = Asked.parse(reply);
    Fn.Result result = Asked.onlyResult(response);
    assertThat(result.getSeverity()).isEqualTo(Fn.Severity.SEVERITY_FATAL);
    assertThat(result.getReason()).isEqualTo(row.reason);
    assertThat(result.getMessage()).contains(row.message);
    assertThat(result.getTarget()).isEqualTo(Fn.Target.TARGET_COMPOSITE_AND_CLAIM);
    assertThat(response.getMeta().getTag()).as("tag").isEqualTo(row.tag);
    assertThat(response.getMeta().hasTtl()).isTrue();
    assertThat(response.getMeta().getTtl().getSeconds()).isZero();
    assertThat(reply.summary().reason()).isEqualTo(row.reason);
    assertThat(reply.fault()).isEmpty();
  }

  @Test
  void capabilitiesAreOnlyHeldAgainstACoreThatTellsThem() {
    assertThat(
            Asked.answer(Asked.request().build(), Asked.composed(Map.of(), Map.of()))
                .getResultsList())
        .isEmpty();
    assertThat(
            Asked.answer(
                    Asked.request()
                        .setMeta(
                            Fn.RequestMeta.newBuilder()
                                .addCapabilitiesValue(99)
                                .addCapabilities(Fn.Capability.CAPABILITY_REQUIRED_RESOURCES))
                        .build(),
                    Asked.composed(Map.of(), Map.of()))
                .getResultsList())
        .isEmpty();
  }

  @Test
  void readsObjectsAsDeepAsAnyKubernetesHas() {
    byte[] deep = nested(300);
    Fn.RunFunctionResponse response = Asked.parse(new RunFunction(Map.of()).answer(deep));
    assertThat(Asked.onlyResult(response).getReason()).isEqualTo("UnknownComposite");
    assertThat(response.getDesired().getResourcesOrThrow("deep"))
        .as("and gives them back")
        .isNotEqualTo(Fn.Resource.getDefaultInstance());
  }

  @Test
  void ourFaultHasAnIdAndKeepsConditionsAsTheyAre() {
    Fn.RunFunctionRequest request =
        Asked.request()
            .setObserved(
                Fn.State.newBuilder()
                    .setComposite(
                        Asked.resource(
                            Asked.composite(
                                Map.of(
                                    "claimConditionTypes",
                                    List.of("PoolsReady"),
                                    "conditions",
                                    List.of(
                                        Map.of(
                                            "type",
                                            "Ready",
                                            "status",
                                            "True",
                                            "reason",
                                            "Available"),
                                        Map.of(
                                            "type",
                                            "PoolsReady",
                                            "status",
                                            "True",
                                            "reason",
                                            "AllReady",
                                            "message",
                                            "3 of 3"),
                                        Map.of(
                                            "type", "Theirs", "status", "False", "reason",
                                            "Broken")))))))
            .build();
    Reply reply =
        Asked.reply(
            request,
            _ -> {
              throw new IllegalStateException("holds a secret: hunter2");
            });
    Fn.RunFunctionResponse response = Asked.parse(reply);
    assertThat(reply.fault())
        .hasValueSatisfying(fault -> assertThat(fault.cause()).hasMessageContaining("hunter2"));
    assertThat(Asked.onlyResult(response).getReason()).isEqualTo("InternalFault");
    assertThat(Asked.onlyResult(response).getMessage())
        .contains("a fault of function-isobar", reply.fault().orElseThrow().id())
        .doesNotContain("hunter2");
    assertThat(response.getConditionsList())
        .containsExactly(
            Fn.Condition.newBuilder()
                .setType("PoolsReady")
                .setStatus(Fn.Status.STATUS_CONDITION_TRUE)
                .setReason("AllReady")
                .setMessage("3 of 3")
                .setTarget(Fn.Target.TARGET_COMPOSITE_AND_CLAIM)
                .build(),
            Fn.Condition.newBuilder()
                .setType("Theirs")
                .setStatus(Fn.Status.STATUS_CONDITION_FALSE)
                .setReason("Broken")
                .setMessage("")
                .setTarget(Fn.Target.TARGET_COMPOSITE)
                .build());
  }

  @Test
  void theSameFaultHasTheSameId() {
    Composition broken =
        _ -> {
          throw new IllegalStateException(String.valueOf(System.nanoTime()));
        };
    Fn.RunFunctionRequest request = Asked.request().build();
    assertThat(Asked.reply(request, broken).bytes())
        .as("or core would write the composite's status for ever")
        .isEqualTo(Asked.reply(request, broken).bytes());
  }

  @Test
  void errorsOfACompositionAreFaultsToo() {
    Fn.RunFunctionRequest request = Asked.request().build();
    assertThat(Asked.reply(request, RefusingTest::endless).fault()).isPresent();
    assertThat(
            Asked.reply(
                    request,
                    _ -> {
                      throw new OutOfMemoryError();
                    })
                .fault())
        .isPresent();
  }

  @Test
  void aStatusOnAComposedResourceAndConditionsInTheStatusAreFaults() {
    Fn.RunFunctionRequest request = Asked.request().build();
    assertThat(
            Asked.reply(
                    request,
                    _ ->
                        Asked.composed(
                            Map.of("x", Asked.wanted(Map.of("status", Map.of()), Ready.TRUE)),
                            Map.of()))
                .fault())
        .isPresent();
    assertThat(
            Asked.reply(request, _ -> Asked.composed(Map.of(), Map.of("conditions", List.of())))
                .fault())
        .isPresent();
  }

  @Test
  void anAnswerThatCoreCannotReceiveIsRefused() {
    var long_ = "x".repeat(RunFunction.ANSWER_LIMIT_BYTES);
    Reply ours =
        Asked.reply(
            Asked.request().build(), _ -> Asked.composed(Map.of(), Map.of("message", long_)));
    assertThat(Asked.onlyResult(Asked.parse(ours)).getReason()).isEqualTo("AnswerTooLarge");
    assertThat(Asked.onlyResult(Asked.parse(ours)).getMessage())
        .contains("Crossplane accepts 4194304");
    assertThat(ours.summary().name()).isEqualTo("eo-lab-x7k2p");

    Fn.RunFunctionRequest others =
        Asked.request()
            .setDesired(
                Fn.State.newBuilder().putResources("theirs", Asked.resource(Map.of("data", long_))))
            .build();
    Reply passedOn = Asked.reply(others, _ -> Asked.composed(Map.of(), Map.of()));
    assertThat(Asked.onlyResult(Asked.parse(passedOn)).getReason()).isEqualTo("AnswerTooLarge");
    assertThat(passedOn.bytes()).hasSizeLessThan(1000);
  }

  @Test
  void anAnswerOfExactlyTheLimitIsGiven() {
    int someLength = 3_000_000;
    int exact = someLength + RunFunction.ANSWER_LIMIT_BYTES - sized(someLength).bytes().length;
    assertThat(sized(exact).bytes()).hasSize(RunFunction.ANSWER_LIMIT_BYTES);
    assertThat(sized(exact).summary().refused()).isFalse();
    assertThat(sized(exact + 1).summary().reason()).isEqualTo("AnswerTooLarge");
  }

  private static Reply sized(int length) {
    return Asked.reply(
        Asked.request().build(),
        _ -> Asked.composed(Map.of(), Map.of("message", "x".repeat(length))));
  }

  private static Answer endless(Object request) {
    return endless(List.of(request));
  }

  private static byte[] cutOff(byte[] bytes) {
    return java.util.Arrays.copyOf(bytes, bytes.length - 5);
  }

  /** A request with a desired resource nested so deep, made without recursion. */
  private static byte[] nested(int depth) {
    ByteString value = Value.newBuilder().setStringValue("bottom").build().toByteString();
    for (int level = 0; level < depth; level++) {
      ByteString entry = field(1, ByteString.copyFromUtf8("f")).concat(field(2, value));
      value = field(5, field(1, entry));
    }
    ByteString struct =
        field(
            Struct.FIELDS_FIELD_NUMBER,
            field(1, ByteString.copyFromUtf8("f")).concat(field(2, value)));
    ByteString resource = field(Fn.Resource.RESOURCE_FIELD_NUMBER, struct);
    ByteString entry = field(1, ByteString.copyFromUtf8("deep")).concat(field(2, resource));
    return Fn.RunFunctionRequest.newBuilder()
        .setMeta(Fn.RequestMeta.newBuilder().setTag("deep"))
        .setObserved(Fn.State.newBuilder().setComposite(Asked.resource(Map.of("kind", "XDeep"))))
        .build()
        .toByteString()
        .concat(
            field(
                Fn.RunFunctionRequest.DESIRED_FIELD_NUMBER,
                field(Fn.State.RESOURCES_FIELD_NUMBER, entry)))
        .toByteArray();
  }

  private static ByteString field(int number, ByteString content) {
    ByteString.Output encoded = ByteString.newOutput();
    encoded.write(number << 3 | 2);
    int length = content.size();
    while (length >= 0x80) {
      encoded.write(length & 0x7f | 0x80);
      length >>>= 7;
    }
    encoded.write(length);
    return encoded.toByteString().concat(content);
  }
}
