package dev.isobar.it.specification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.isobar.function.wire.proto.Fn;
import io.grpc.CallOptions;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The largest requests from several callers at once, in the memory that the image has, where
 * running out of it ends the process.
 */
final class OverloadTest {
  private static final int LIMIT_BYTES = 4 * 1024 * 1024;
  private static final int CALLERS = 8;

  /** For many megabytes, on a machine that may have other things to do. */
  private static final int PATIENCE_MINUTES = 5;

  /** What surrounds the values in a request takes less. */
  private static final int MARGIN = 1000;

  private static final FunctionProcess FUNCTION =
      FunctionProcess.start("--insecure", "--address=127.0.0.1:0", "--metrics-address=");

  @AfterAll
  static void close() {
    FUNCTION.close();
  }

  record Greedy(String reason, ByteString request, String answered) {
    @Override
    public String toString() {
      return reason;
    }
  }

  static List<Greedy> greedy() {
    ByteString empties = repeated(ListValue.VALUES_FIELD_NUMBER, LIMIT_BYTES - MARGIN);
    ByteString list = RobustnessTest.field(Value.LIST_VALUE_FIELD_NUMBER, empties);
    ByteString text = Scene.text("x".repeat(LIMIT_BYTES - MARGIN)).toByteString();
    return List.of(
        new Greedy("two million empty values in the composite", composite(list), "RequestTooLarge"),
        new Greedy(
            "and in what an earlier step wants",
            state(Fn.RunFunctionRequest.DESIRED_FIELD_NUMBER, named(resource(list))),
            "RequestTooLarge"),
        new Greedy(
            "and in an object that exists",
            state(Fn.RunFunctionRequest.OBSERVED_FIELD_NUMBER, named(resource(list))),
            "RequestTooLarge"),
        new Greedy(
            "two million objects that were looked up",
            RobustnessTest.field(
                Fn.RunFunctionRequest.REQUIRED_RESOURCES_FIELD_NUMBER, named(empties)),
            "RequestTooLarge"),
        new Greedy(
            "four million capabilities",
            RobustnessTest.field(
                Fn.RunFunctionRequest.META_FIELD_NUMBER,
                RobustnessTest.field(
                    Fn.RequestMeta.CAPABILITIES_FIELD_NUMBER,
                    ByteString.copyFrom(new byte[LIMIT_BYTES - MARGIN]))),
            "RequestTooLarge"),
        new Greedy(
            "two million fields that nobody knows",
            repeated(15, LIMIT_BYTES - MARGIN),
            "RequestTooLarge"),
        new Greedy(
            "as many values as are just decoded",
            composite(
                RobustnessTest.field(
                    Value.LIST_VALUE_FIELD_NUMBER,
                    repeated(ListValue.VALUES_FIELD_NUMBER, 2 * 99_000))),
            "InvalidConfiguration"),
        new Greedy("a single long text in the composite", composite(text), "InvalidConfiguration"),
        new Greedy(
            "a long text that is passed on",
            state(Fn.RunFunctionRequest.DESIRED_FIELD_NUMBER, named(resource(text))),
            "MissingComposite"));
  }

  @ParameterizedTest
  @MethodSource("greedy")
  void theLargestRequestsAreAnswered(Greedy row) throws InterruptedException {
    assumeTrue(Scene.isOurs(), "the specification does not demand it");
    assertThat(row.request.size()).isLessThanOrEqualTo(LIMIT_BYTES);
    assertThat(reasons(row.request.toByteArray()))
        .as("reasons of the answers, of all calls at once")
        .isEqualTo(Collections.nCopies(CALLERS, row.answered));
  }

  @Test
  void moreThanFitsIsToldToComeAgainAndEndsNothing() throws InterruptedException {
    assumeTrue(Scene.isOurs(), "the specification does not demand it");
    byte[] request = greedy().getLast().request.toByteArray();
    var calls = new ArrayList<Callable<String>>();
    for (int call = 0; call < 4 * CALLERS; call++) {
      calls.add(() -> {
        try (Caller caller = Caller.plain("127.0.0.1", FUNCTION.port())) {
          return reason(caller, request);
        }
      });
    }
    var counted = new TreeMap<String, Integer>();
    all(calls, calls.size()).forEach(reason -> counted.merge(reason, 1, Integer::sum));
    assertThat(counted).as("answers by reason").containsKey("MissingComposite");
    counted.remove("MissingComposite");
    counted.remove("UNAVAILABLE");
    assertThat(counted).as("other endings").isEmpty();
    try (Caller caller = Caller.plain("127.0.0.1", FUNCTION.port())) {
      assertThat(reason(caller, new byte[0])).isEqualTo("MissingComposite");
    }
  }

  /** Over one connection, as core has one. */
  private static List<String> reasons(byte[] request) throws InterruptedException {
    try (Caller caller = Caller.plain("127.0.0.1", FUNCTION.port())) {
      return all(Collections.nCopies(CALLERS, () -> reason(caller, request)), CALLERS);
    }
  }

  private static List<String> all(List<Callable<String>> calls, int atOnce)
      throws InterruptedException {
    try (ExecutorService threads = Executors.newFixedThreadPool(atOnce)) {
      var reasons = new ArrayList<String>();
      for (Future<String> call : threads.invokeAll(calls)) {
        reasons.add(call.get());
      }
      return reasons;
    } catch (ExecutionException failed) {
      throw new IllegalStateException(String.join("\n", FUNCTION.lines()), failed);
    }
  }

  /** The reason of the answer's result, or the status when there is no answer. */
  private static String reason(Caller caller, byte[] request) {
    try {
      CallOptions patient =
          CallOptions.DEFAULT.withDeadlineAfter(PATIENCE_MINUTES, TimeUnit.MINUTES);
      return Caller.parse(caller.call(Caller.V1, request, patient)).getResults(0).getReason();
    } catch (StatusRuntimeException failed) {
      return failed.getStatus().getCode() == Status.Code.UNAVAILABLE
          ? "UNAVAILABLE"
          : failed.getStatus().toString();
    }
  }

  /** The same empty field again and again. */
  private static ByteString repeated(int field, int length) {
    var bytes = new byte[length / 2 * 2];
    for (int index = 0; index < bytes.length; index += 2) {
      bytes[index] = (byte) (field << 3 | 2);
    }
    return ByteString.copyFrom(bytes);
  }

  private static ByteString composite(ByteString value) {
    ByteString kind =
        Struct.newBuilder()
            .putFields("kind", Scene.text("XPlatformCluster"))
            .build()
            .toByteString();
    return state(
        Fn.RunFunctionRequest.OBSERVED_FIELD_NUMBER,
        Fn.State.COMPOSITE_FIELD_NUMBER,
        RobustnessTest.field(Fn.Resource.RESOURCE_FIELD_NUMBER, kind.concat(fields(value))));
  }

  private static ByteString resource(ByteString value) {
    return RobustnessTest.field(Fn.Resource.RESOURCE_FIELD_NUMBER, fields(value));
  }

  private static ByteString fields(ByteString value) {
    return RobustnessTest.field(Struct.FIELDS_FIELD_NUMBER, named(value));
  }

  /** An entry of a map. */
  private static ByteString named(ByteString content) {
    return RobustnessTest.field(1, ByteString.copyFromUtf8("x"))
        .concat(RobustnessTest.field(2, content));
  }

  private static ByteString state(int field, ByteString entry) {
    return state(field, Fn.State.RESOURCES_FIELD_NUMBER, entry);
  }

  private static ByteString state(int field, int inside, ByteString content) {
    return RobustnessTest.field(field, RobustnessTest.field(inside, content));
  }
}
