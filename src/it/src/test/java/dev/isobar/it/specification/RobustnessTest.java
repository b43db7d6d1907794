package dev.isobar.it.specification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.isobar.function.wire.proto.Fn;
import io.grpc.CallOptions;
import io.grpc.StatusRuntimeException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What nobody should send; after each the function must still answer. */
final class RobustnessTest {
  private static final Scene SCENE = Scene.anyFunction();

  @AfterAll
  static void close() {
    SCENE.close();
  }

  @AfterEach
  void stillAnswers() {
    Fn.RunFunctionRequest request =
        Fn.RunFunctionRequest.newBuilder()
            .setMeta(Fn.RequestMeta.newBuilder().setTag("alive"))
            .build();
    assertThat(SCENE.caller().call(request).getMeta().getTag()).isEqualTo("alive");
  }

  record Hostile(String reason, byte[] request) {
    @Override
    public String toString() {
      return reason;
    }
  }

  static List<Hostile> hostile() {
    var noise = new byte[100_000];
    new Random(2022).nextBytes(noise);
    return List.of(
        new Hostile("nothing", new byte[0]),
        new Hostile("text", "{\"meta\": {}}".getBytes(StandardCharsets.UTF_8)),
        new Hostile("noise", noise),
        new Hostile("zeroes", new byte[1000]),
        new Hostile(
            "a field that claims to be two gigabytes long",
            new byte[] {0x12, -1, -1, -1, -1, 0x07, 1}),
        new Hostile(
            "a field of negative length",
            new byte[] {0x12, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0x01}),
        new Hostile(
            "groups in groups", "\u000b".repeat(1_000_000).getBytes(StandardCharsets.ISO_8859_1)),
        new Hostile("objects in objects", nested(20_000)));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void hostileBytesGetAnAnswerAndNotAnError(Hostile row) {
    assumeTrue(Scene.isOurs(), "the specification does not demand it");
    Fn.RunFunctionResponse response = Caller.parse(SCENE.caller().call(Caller.V1, row.request));
    assertThat(response.getResultsList()).hasSize(1);
    assertThat(response.getResults(0).getSeverity()).isEqualTo(Fn.Severity.SEVERITY_FATAL);
  }

  @Test
  void anObjectOfEveryDepthThatKubernetesKnowsIsPassedOn() {
    byte[] request = nested(250);
    Fn.RunFunctionResponse response = Caller.parse(SCENE.caller().call(Caller.V1, request));
    assertThat(response.getDesired().containsResources("deep")).isTrue();
  }

  @Test
  void tenMegabytesAreRefusedByTheTransport() {
    assertThat(codeOf(() -> SCENE.caller().call(Caller.V1, tenMegabytes())))
        .isEqualTo("RESOURCE_EXHAUSTED");
  }

  @Test
  void tenMegabytesInAFewKilobytesAreRefusedToo() {
    assertThat(
            codeOf(() ->
                SCENE
                    .caller()
                    .call(Caller.V1, tenMegabytes(), CallOptions.DEFAULT.withCompression("gzip"))))
        .isNotEqualTo("OK");
  }

  @Test
  void tenMegabytesAreReadWhenTheFlagAllowsThem() {
    assumeTrue(Scene.isOurs(), "only our own process may be started");
    try (var function =
            FunctionProcess.start(
                "--insecure",
                "--max-recv-message-size=16",
                FunctionProcess.LOOPBACK[0],
                FunctionProcess.LOOPBACK[1]);
        Caller caller = Caller.plain("127.0.0.1", function.port())) {
      Fn.RunFunctionResponse response = Caller.parse(caller.call(Caller.V1, tenMegabytes()));
      assertThat(response.getResults(0).getReason())
          .as("passing on ten megabytes is more than core accepts")
          .isEqualTo("AnswerTooLarge");
    }
  }

  @Test
  void anUnknownMethodIsUnimplemented() {
    assertThat(
            codeOf(() ->
                SCENE
                    .caller()
                    .call("apiextensions.fn.proto.v2.FunctionRunnerService", new byte[0])))
        .as("core falls back to an older version on this code only")
        .isEqualTo("UNIMPLEMENTED");
  }

  /** How a call ended. */
  static String codeOf(Runnable call) {
    try {
      call.run();
      return "OK";
    } catch (StatusRuntimeException failed) {
      return failed.getStatus().getCode().name();
    }
  }

  static byte[] tenMegabytes() {
    return Fn.RunFunctionRequest.newBuilder()
        .setDesired(
            Fn.State.newBuilder()
                .putResources(
                    "large",
                    Fn.Resource.newBuilder()
                        .setResource(
                            Struct.newBuilder()
                                .putFields("data", Scene.text("x".repeat(10_000_000))))
                        .build()))
        .build()
        .toByteArray();
  }

  /** A request with a desired resource nested so deep, made without recursion. */
  private static byte[] nested(int depth) {
    ByteString name = field(1, ByteString.copyFromUtf8("f"));
    ByteString value = Scene.text("bottom").toByteString();
    for (int level = 0; level < depth; level++) {
      value =
          field(
              Value.STRUCT_VALUE_FIELD_NUMBER,
              field(Struct.FIELDS_FIELD_NUMBER, name.concat(field(2, value))));
    }
    ByteString resource =
        field(
            Fn.Resource.RESOURCE_FIELD_NUMBER,
            field(Struct.FIELDS_FIELD_NUMBER, name.concat(field(2, value))));
    ByteString entry = field(1, ByteString.copyFromUtf8("deep")).concat(field(2, resource));
    return field(
            Fn.RunFunctionRequest.DESIRED_FIELD_NUMBER,
            field(Fn.State.RESOURCES_FIELD_NUMBER, entry))
        .toByteArray();
  }

  static ByteString field(int number, ByteString content) {
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
