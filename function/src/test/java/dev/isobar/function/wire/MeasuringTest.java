package dev.isobar.function.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.isobar.function.contract.Answer;
import dev.isobar.function.wire.proto.Fn;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class MeasuringTest {
  /** What a request of these tests holds besides: entries of maps, and the list's own field. */
  private static final int BESIDES = 2;

  record Row(String why, Fn.RunFunctionRequest request, boolean fits) {
    @Override
    public String toString() {
      return why;
    }
  }

  static List<Row> requests() {
    int decoded = Measuring.MOST_DECODED - BESIDES;
    int kept = Measuring.MOST_KEPT - 1;
    return List.of(
        new Row("as much in the composite as is decoded", composite(decoded + 1), true),
        new Row("one more", composite(decoded + 2), false),
        new Row("as much in what is desired", desired(decoded), true),
        new Row("one more there", desired(decoded + 1), false),
        new Row("what exists may hold more", observed(decoded + 1), true),
        new Row("as much as it may", observed(kept), true),
        new Row("one more than it may", observed(kept + 1), false),
        new Row("what was looked up too", required(kept), true),
        new Row("one more than that may", required(kept + 1), false),
        new Row(
            "capabilities, several bytes each",
            Fn.RunFunctionRequest.newBuilder()
                .setMeta(
                    Fn.RequestMeta.newBuilder()
                        .addAllCapabilitiesValue(
                            Collections.nCopies(Measuring.MOST_DECODED + 1, 300)))
                .build(),
            false));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void countsWhatWouldBeDecoded(Row row) throws Exception {
    byte[] bytes = row.request.toByteArray();
    if (row.fits) {
      Measuring.check(bytes, 1000);
      return;
    }
    assertThatThrownBy(() -> Measuring.check(bytes, 1000)).isInstanceOf(Measuring.Exceeded.class);
  }

  @Test
  void whatHoldsTooMuchIsRefusedWithItsTag() {
    Fn.RunFunctionRequest request =
        composite(Measuring.MOST_DECODED).toBuilder()
            .setMeta(
                Fn.RequestMeta.newBuilder()
                    .addCapabilities(Fn.Capability.CAPABILITY_CONDITIONS)
                    .setTag("a-tag"))
            .build();
    Fn.RunFunctionResponse response =
        Asked.parse(
            new RunFunction(Map.of(Asked.KIND, MeasuringTest::unreached))
                .answer(request.toByteArray()));
    assertThat(response.getMeta().getTag()).isEqualTo("a-tag");
    assertThat(Asked.onlyResult(response).getReason()).isEqualTo("RequestTooLarge");
    assertThat(Asked.onlyResult(response).getMessage())
        .isEqualTo(
            "the request of %d bytes holds more than 100000 values, which no cluster needs; shorten what the composite, its resources and the earlier steps of the pipeline hold"
                .formatted(request.getSerializedSize()));
  }

  private static Answer unreached(Object request) {
    throw new AssertionError("must not be asked: " + request);
  }

  private static Fn.RunFunctionRequest composite(int values) {
    return Fn.RunFunctionRequest.newBuilder()
        .setObserved(Fn.State.newBuilder().setComposite(resource(values)))
        .build();
  }

  private static Fn.RunFunctionRequest desired(int values) {
    return Fn.RunFunctionRequest.newBuilder()
        .setDesired(Fn.State.newBuilder().putResources("x", resource(values)))
        .build();
  }

  private static Fn.RunFunctionRequest observed(int values) {
    return Fn.RunFunctionRequest.newBuilder()
        .setObserved(Fn.State.newBuilder().putResources("x", resource(values)))
        .build();
  }

  private static Fn.RunFunctionRequest required(int values) {
    return Fn.RunFunctionRequest.newBuilder()
        .putRequiredResources("x", Fn.Resources.newBuilder().addItems(resource(values)).build())
        .build();
  }

  /** An object with a list of so many. */
  private static Fn.Resource resource(int values) {
    Value item = Value.newBuilder().setBoolValue(true).build();
    return Fn.Resource.newBuilder()
        .setResource(
            Struct.newBuilder()
                .putFields(
                    "f",
                    Value.newBuilder()
                        .setListValue(
                            ListValue.newBuilder().addAllValues(Collections.nCopies(values, item)))
                        .build()))
        .build();
  }
}
