package dev.isobar.it.specification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.isobar.function.wire.proto.Fn;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Running it: health, reflection, metrics, and an end that loses nothing. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class OperationTest {
  private static FunctionProcess function;
  private static Caller caller;

  @BeforeAll
  static void start() {
    assumeTrue(Scene.isOurs(), "the specification does not demand it");
    function = serving();
    caller = Caller.plain("127.0.0.1", function.port());
  }

  @AfterAll
  static void end() {
    if (function != null) {
      caller.close();
      function.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", Caller.V1, Caller.V1BETA1})
  void healthSaysServing(String service) {
    HealthCheckResponse health =
        HealthGrpc.newBlockingStub(caller.channel())
            .withDeadlineAfter(30, TimeUnit.SECONDS)
            .check(HealthCheckRequest.newBuilder().setService(service).build());
    assertThat(health.getStatus()).isEqualTo(HealthCheckResponse.ServingStatus.SERVING);
  }

  @Test
  void reflectionListsTheServices() throws Exception {
    ServerReflectionResponse response =
        reflect(ServerReflectionRequest.newBuilder().setListServices("").build());
    assertThat(response.getListServicesResponse().getServiceList())
        .extracting(ServiceResponse::getName)
        .contains(
            Caller.V1,
            Caller.V1BETA1,
            "grpc.health.v1.Health",
            "grpc.reflection.v1.ServerReflection",
            "grpc.reflection.v1alpha.ServerReflection");
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v1beta1"})
  void reflectionDescribesBothVersions(String version) throws Exception {
    String prefix = "apiextensions.fn.proto." + version;
    ServerReflectionResponse response =
        reflect(
            ServerReflectionRequest.newBuilder()
                .setFileContainingSymbol(prefix + ".FunctionRunnerService")
                .build());
    FileDescriptorProto file =
        response.getFileDescriptorResponse().getFileDescriptorProtoList().stream()
            .map(OperationTest::descriptor)
            .filter(candidate -> candidate.getPackage().equals(prefix))
            .findFirst()
            .orElseThrow();
    assertThat(file.getService(0).getMethod(0).getInputType())
        .isEqualTo("." + prefix + ".RunFunctionRequest");
    assertThat(file.getMessageTypeList()).hasSameSizeAs(Fn.getDescriptor().getMessageTypes());
    if (version.equals("v1beta1")) {
      assertThat(file.toString()).doesNotContain("apiextensions.fn.proto.v1.");
    }
  }

  @Test
  void metricsCountCalls() throws Exception {
    var _ = caller.call(Fn.RunFunctionRequest.getDefaultInstance());
    assertThat(http("/metrics").headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
    assertThat(http("/metrics").body())
        .contains(
            "grpc_server_started_total{grpc_type=\"unary\",grpc_service=\""
                + Caller.V1
                + "\",grpc_method=\"RunFunction\"} ")
        .contains("isobar_function_results_total{kind=\"unknown\",severity=\"fatal\"} ")
        .contains("jvm_memory_used_bytes{area=\"heap\"} ", "process_cpu_seconds_total ");
  }

  @Test
  void probesAnswerOverHttp() {
    assertThat(http("/healthz").statusCode()).isEqualTo(200);
    assertThat(http("/readyz").statusCode()).isEqualTo(200);
    assertThat(http("/secrets").statusCode()).isEqualTo(404);
    assertThat(
            Http.post(URI.create("http://127.0.0.1:" + function.metricsPort() + "/metrics"))
                .statusCode())
        .isEqualTo(405);
  }

  @Test
  void anEmptyMetricsAddressServesNone() {
    try (var quiet =
        FunctionProcess.start("--insecure", FunctionProcess.LOOPBACK[0], "--metrics-address=")) {
      assertThat(quiet.port()).isPositive();
      quiet.terminate();
      assertThat(quiet.exitCode()).isZero();
      assertThat(quiet.lines()).noneMatch(line -> line.contains("Listening for metrics"));
    }
  }

  @Test
  void aCallInFlightIsFinishedWhenTheProcessIsToldToEnd() throws Exception {
    try (FunctionProcess ending = serving();
        Caller core = Caller.plain("127.0.0.1", ending.port())) {
      var answered = new Answered();
      ClientCall<byte[], byte[]> call = core.begin();
      call.start(answered, new Metadata());
      call.sendMessage(
          Fn.RunFunctionRequest.newBuilder()
              .setMeta(Fn.RequestMeta.newBuilder().setTag("late"))
              .build()
              .toByteArray());
      call.request(1);
      untilStarted(ending);

      ending.terminate();
      assertThat(ending.line("\"message\":\"Draining\"")).contains("\"graceSeconds\":10");
      untilRefused(ending.port());
      call.halfClose();
      assertThat(answered.status.get(30, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.OK);
      assertThat(Caller.parse(answered.message.get()).getMeta().getTag()).isEqualTo("late");
      assertThat(ending.exitCode()).isZero();
      assertThat(ending.lines().getLast()).contains("\"message\":\"Drained\"");
    }
  }

  /** Until nobody listens any more; whoever was queued to be accepted is reset at that moment. */
  private static void untilRefused(int port) throws IOException {
    while (true) {
      try {
        new Socket("127.0.0.1", port).close();
      } catch (ConnectException refused) {
        return;
      } catch (SocketException reset) {
        continue;
      }
    }
  }

  /** Until the function has seen the call, which only it can tell. */
  private static void untilStarted(FunctionProcess function) {
    URI metrics = URI.create("http://127.0.0.1:" + function.metricsPort() + "/metrics");
    while (!Http.get(metrics).body().contains("grpc_method=\"RunFunction\"} 1\n")) {
      Thread.onSpinWait();
    }
  }

  private static FunctionProcess serving() {
    return FunctionProcess.start(
        "--insecure", FunctionProcess.LOOPBACK[0], FunctionProcess.LOOPBACK[1]);
  }

  private static java.net.http.HttpResponse<String> http(String path) {
    return Http.get(URI.create("http://127.0.0.1:" + function.metricsPort() + path));
  }

  private static ServerReflectionResponse reflect(ServerReflectionRequest request)
      throws Exception {
    var answer = new CompletableFuture<ServerReflectionResponse>();
    StreamObserver<ServerReflectionRequest> requests =
        ServerReflectionGrpc.newStub(caller.channel())
            .serverReflectionInfo(
                new StreamObserver<>() {
                  @Override
                  public void onNext(ServerReflectionResponse response) {
                    var _ = answer.complete(response);
                  }

                  @Override
                  public void onError(Throwable cause) {
                    var _ = answer.completeExceptionally(cause);
                  }

                  @Override
                  public void onCompleted() {}
                });
    requests.onNext(request);
    requests.onCompleted();
    return answer.get(30, TimeUnit.SECONDS);
  }

  private static FileDescriptorProto descriptor(com.google.protobuf.ByteString bytes) {
    try {
      return FileDescriptorProto.parseFrom(bytes);
    } catch (InvalidProtocolBufferException wrong) {
      throw new AssertionError(wrong);
    }
  }

  /** Notes how a call ends. */
  private static final class Answered extends ClientCall.Listener<byte[]> {
    private final CompletableFuture<byte[]> message = new CompletableFuture<>();
    private final CompletableFuture<Status> status = new CompletableFuture<>();

    @Override
    public void onMessage(byte[] answer) {
      var _ = message.complete(answer);
    }

    @Override
    public void onClose(Status ended, Metadata trailers) {
      var _ = status.complete(ended);
    }
  }
}
