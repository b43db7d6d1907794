package dev.isobar.function.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.isobar.function.contract.Answer;
import dev.isobar.function.contract.Composition;
import dev.isobar.function.contract.Ready;
import dev.isobar.function.wire.proto.Fn;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What only shows when a composition does something; the flags and the contract are tested from
 * outside, in src/it.
 */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class FunctionServerTest {
  private static final String V1 = "apiextensions.fn.proto.v1.FunctionRunnerService/RunFunction";
  private static final String V1BETA1 =
      "apiextensions.fn.proto.v1beta1.FunctionRunnerService/RunFunction";

  /** Not the common pool, which has one thread on two cores. */
  private static final Executor ASIDE = Executors.newVirtualThreadPerTaskExecutor();

  private static final Answer NOTHING =
      new Answer.Composed(
          new TreeMap<>(),
          new TreeMap<>(),
          Ready.TRUE,
          List.of(),
          List.of(),
          List.of(),
          Duration.ofMinutes(1));

  @ParameterizedTest
  @ValueSource(strings = {V1, V1BETA1})
  void servesSeveralInOneProcess(String method) throws IOException {
    try (FunctionServer one =
            FunctionServer.start(ServerSettings.loopback(), Map.of("One", _ -> NOTHING));
        FunctionServer other = FunctionServer.start(ServerSettings.loopback(), Map.of())) {
      assertThat(ask(one, method, "One").getResultsList()).isEmpty();
      assertThat(ask(other, method, "One").getResults(0).getMessage()).contains("only of none");
    }
  }

  @Test
  void finishesCallsInFlightWhenItIsClosed() throws Exception {
    var asked = new CountDownLatch(1);
    var mayAnswer = new CountDownLatch(1);
    Composition slow =
        _ -> {
          asked.countDown();
          awaited(mayAnswer);
          return NOTHING;
        };
    FunctionServer server =
        FunctionServer.start(withMetrics(Duration.ofSeconds(20)), Map.of("Slow", slow));
    var answered = CompletableFuture.supplyAsync(() -> ask(server, V1, "Slow"), ASIDE);
    awaited(asked);
    var closed = CompletableFuture.runAsync(server::close, ASIDE);
    waitUntil(() -> get(server, "/readyz").statusCode() == 503);
    assertThat(get(server, "/healthz").statusCode()).isEqualTo(200);
    assertThat(closed).as("waits for the call").isNotDone();
    assertThatThrownBy(() -> ask(server, V1, "Slow"))
        .as("takes no new one")
        .isInstanceOf(StatusRuntimeException.class);
    mayAnswer.countDown();
    assertThat(answered.get().getResultsList()).isEmpty();
    closed.get();
    server.awaitTermination();
  }

  @Test
  void cutsOffWhatOutlastsTheGrace() throws Exception {
    var asked = new CountDownLatch(1);
    var mayAnswer = new CountDownLatch(1);
    Composition endless =
        _ -> {
          asked.countDown();
          awaited(mayAnswer);
          return NOTHING;
        };
    FunctionServer server =
        FunctionServer.start(withMetrics(Duration.ofMillis(1)), Map.of("Endless", endless));
    var answered = CompletableFuture.supplyAsync(() -> ask(server, V1, "Endless"), ASIDE);
    awaited(asked);
    server.close();
    mayAnswer.countDown();
    assertThat(answered).failsWithin(Duration.ofSeconds(10));
  }

  @Test
  void countsWhatItAnswers() throws IOException {
    Composition broken =
        _ -> {
          throw new IllegalStateException("as it is meant to");
        };
    ServerSettings settings = withMetrics(Duration.ZERO);
    try (FunctionServer server =
        FunctionServer.start(settings, Map.of("Good", _ -> NOTHING, "Broken", broken))) {
      var _ = ask(server, V1, "Good");
      var _ = ask(server, V1BETA1, "Broken");
      var _ = ask(server, V1BETA1, "MadeUp");
      waitUntil(() -> get(server, "/metrics").body().contains(handled("v1beta1", "OK") + " 2\n"));
      assertThat(get(server, "/metrics").body())
          .contains(handled("v1", "OK") + " 1\n")
          .contains("isobar_function_results_total{kind=\"Broken\",severity=\"fatal\"} 1\n")
          .contains("isobar_function_results_total{kind=\"Good\",severity=\"fatal\"} 0\n")
          .contains("isobar_function_refusals_total{kind=\"Broken\",reason=\"InternalFault\"} 1\n")
          .contains("isobar_function_refusals_total{kind=\"Good\",reason=\"InternalFault\"} 0\n")
          .contains(
              "isobar_function_refusals_total{kind=\"unknown\",reason=\"UnknownComposite\"} 1\n")
          .contains("isobar_function_composed_resources_count{kind=\"Good\"} 1\n");
    }
  }

  @Test
  void saysWhichAddressIsTakenAndLeavesNothingRunning() throws IOException {
    try (var taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      var address = new ListenAddress("127.0.0.1", taken.getLocalPort());
      assertThatThrownBy(() ->
              FunctionServer.start(settings(address, Optional.empty(), Duration.ZERO), Map.of()))
          .isInstanceOf(IOException.class)
          .hasMessage("cannot listen on " + address + ": Address already in use");
      ListenAddress free = freePort();
      assertThatThrownBy(() ->
              FunctionServer.start(settings(free, Optional.of(address), Duration.ZERO), Map.of()))
          .hasMessage("cannot listen on " + address + " for metrics: Address already in use");
      new ServerSocket(free.port(), 1, java.net.InetAddress.getLoopbackAddress()).close();
    }
  }

  @Test
  void aDeadThreadIsTold() {
    var deaths = new java.util.concurrent.LinkedBlockingQueue<Throwable>();
    Loops loops = Loops.start(deaths::add);
    EventExecutor loop = loops.serving().iterator().next();
    var _ = loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    waitUntil(() -> !deaths.isEmpty());
    assertThat(deaths.element()).hasMessageContaining("a thread that serves gRPC has ended");
    loops.end(Duration.ZERO);
  }

  @Test
  void aDeadCertificateThreadIsToldToo() {
    var death = new AtomicReference<Throwable>();
    var watch =
        new CertificateWatch(
            () -> {
              throw new IllegalStateException("dead");
            },
            Duration.ofMillis(1),
            death::set);
    waitUntil(() -> death.get() != null);
    assertThat(death.get()).hasMessage("dead");
    watch.close();
  }

  private static String handled(String version, String code) {
    return "grpc_server_handled_total{grpc_type=\"unary\",grpc_service=\"apiextensions.fn.proto.%s.FunctionRunnerService\",grpc_method=\"RunFunction\",grpc_code=\"%s\"}"
        .formatted(version, code);
  }

  private static ServerSettings withMetrics(Duration drain) {
    return settings(ListenAddress.loopback(), Optional.of(ListenAddress.loopback()), drain);
  }

  private static ServerSettings settings(
      ListenAddress address, Optional<ListenAddress> metrics, Duration drain) {
    return new ServerSettings(
        address,
        new ServerSettings.Security.Insecure(),
        ServerSettings.DEFAULT_REQUEST_LIMIT_BYTES,
        metrics,
        drain,
        ServerSettings.DEFAULT_RELOAD);
  }

  private static ListenAddress freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      return new ListenAddress("127.0.0.1", socket.getLocalPort());
    }
  }

  private static Fn.RunFunctionResponse ask(FunctionServer server, String method, String kind) {
    Value named = Value.newBuilder().setStringValue(kind).build();
    byte[] request =
        Fn.RunFunctionRequest.newBuilder()
            .setObserved(
                Fn.State.newBuilder()
                    .setComposite(
                        Fn.Resource.newBuilder()
                            .setResource(Struct.newBuilder().putFields("kind", named))))
            .build()
            .toByteArray();
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
    try {
      return Fn.RunFunctionResponse.parseFrom(
          ClientCalls.blockingUnaryCall(channel, descriptor(method), CallOptions.DEFAULT, request));
    } catch (InvalidProtocolBufferException wrong) {
      throw Status.INTERNAL.withCause(wrong).asRuntimeException();
    } finally {
      channel.shutdownNow();
    }
  }

  private static MethodDescriptor<byte[], byte[]> descriptor(String method) {
    return MethodDescriptor.<byte[], byte[]>newBuilder()
        .setType(MethodDescriptor.MethodType.UNARY)
        .setFullMethodName(method)
        .setRequestMarshaller(BytesMarshaller.INSTANCE)
        .setResponseMarshaller(BytesMarshaller.INSTANCE)
        .build();
  }

  private static HttpResponse<String> get(FunctionServer server, String path) {
    try (var client = HttpClient.newHttpClient()) {
      var uri = URI.create("http://127.0.0.1:" + server.metricsPort().orElseThrow() + path);
      return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static void awaited(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** Asks again and again; the time-out of the class is the deadline. */
  private static void waitUntil(java.util.function.BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }
}
