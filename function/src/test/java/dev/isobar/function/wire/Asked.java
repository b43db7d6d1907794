package dev.isobar.function.wire;

import com.google.protobuf.CodedInputStream;
import dev.isobar.function.contract.Answer;
import dev.isobar.function.contract.Composition;
import dev.isobar.function.contract.Condition;
import dev.isobar.function.contract.Ready;
import dev.isobar.function.contract.Request;
import dev.isobar.function.contract.Resource;
import dev.isobar.function.wire.proto.Fn;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/** Requests and answers for the tests of this room. */
final class Asked {
  static final String KIND = "XPlatformCluster";

  private Asked() {}

  /** A request for a composite of {@link #KIND}. */
  static Fn.RunFunctionRequest.Builder request() {
    return Fn.RunFunctionRequest.newBuilder()
        .setMeta(Fn.RequestMeta.newBuilder().setTag("a-tag"))
        .setObserved(Fn.State.newBuilder().setComposite(resource(composite(Map.of()))));
  }

  static Map<String, Object> composite(Map<String, ?> status) {
    return Map.of(
        "apiVersion",
        "platform.isobar.dev/v1alpha1",
        "kind",
        KIND,
        "metadata",
        Map.of("name", "eo-lab-x7k2p"),
        "status",
        status);
  }

  static Fn.Resource resource(Map<String, ?> object) {
    return Fn.Resource.newBuilder().setResource(StructRendering.render(object)).build();
  }

  static Answer.Composed composed(Map<String, Resource> resources, Map<String, Object> status) {
    return new Answer.Composed(
        new TreeMap<>(resources),
        new TreeMap<>(status),
        Ready.UNSPECIFIED,
        List.of(),
        List.of(),
        List.of(),
        Duration.ofMinutes(1));
  }

  static Resource wanted(Map<String, Object> object, Ready ready) {
    return new Resource(new TreeMap<>(object), ready);
  }

  static Condition condition() {
    return new Condition("CloudResolved", Condition.Status.FALSE, "CloudNotFound", "There is none");
  }

  /** What a composition with one answer makes of a request. */
  static Fn.RunFunctionResponse answer(Fn.RunFunctionRequest request, Answer answer) {
    return answer(request, _ -> answer);
  }

  static Fn.RunFunctionResponse answer(Fn.RunFunctionRequest request, Composition composition) {
    return parse(reply(request, composition));
  }

  static Reply reply(Fn.RunFunctionRequest request, Composition composition) {
    return new RunFunction(Map.of(KIND, composition)).answer(request.toByteArray());
  }

  static Fn.RunFunctionResponse parse(Reply reply) {
    try {
      CodedInputStream input = CodedInputStream.newInstance(reply.bytes());
      input.setRecursionLimit(2000); // Core's Go allows 10,000.
      return Fn.RunFunctionResponse.parseFrom(input);
    } catch (IOException wrong) {
      throw new AssertionError("the answer cannot be parsed", wrong);
    }
  }

  /** What a composition is given. */
  static Request given(Fn.RunFunctionRequest request) {
    var given = new AtomicReference<Request>();
    var _ =
        answer(
            request,
            asked -> {
              given.set(asked);
              return new Answer.Unresolved(List.of());
            });
    return given.get();
  }

  static Fn.Result onlyResult(Fn.RunFunctionResponse response) {
    if (response.getResultsCount() != 1) {
      throw new AssertionError("not one result: " + response.getResultsList());
    }
    return response.getResults(0);
  }
}
