package dev.isobar.function.grpc;

import dev.isobar.function.contract.Composition;
import dev.isobar.function.grpc.log.Log;
import dev.isobar.function.grpc.metrics.Metrics;
import dev.isobar.function.grpc.tls.LiveIdentity;
import dev.isobar.function.wire.RunFunction;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A running function.
 *
 * <p>Several may run in one process. Closing one drains it: no new calls, those in flight are
 * finished, and only what takes longer than {@link ServerSettings#drain()} is cut off.
 */
public final class FunctionServer implements Closeable {
  private static final Log LOG = Log.of(FunctionServer.class);
  private static final Duration CUT_OFF = Duration.ofSeconds(1);

  private final ServerSettings settings;
  private final Metrics metrics = new Metrics();
  private final HealthStatusManager health = new HealthStatusManager();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final AtomicReference<@Nullable Throwable> death = new AtomicReference<>();
  private final Loops loops;
  private final Server server;
  private final List<Closeable> companions = Collections.synchronizedList(new ArrayList<>());
  private volatile OptionalInt metricsPort = OptionalInt.empty();

  private FunctionServer(ServerSettings settings, RunFunction function) throws IOException {
    this.settings = settings;
    Optional<LiveIdentity> identity = identity(settings.security());
    loops = Loops.start(this::die);
    NettyServerBuilder builder = Transport.builder(settings, loops, identity);
    var tracing = new CallTracing(metrics, System::nanoTime);
    for (ServerServiceDefinition service : services(function)) {
      tracing.know(service);
      builder.addService(service);
    }
    server =
        builder
            .addStreamTracerFactory(tracing)
            .addStreamTracerFactory(new Intake(Transport.intake(settings)))
            .build();
    identity.ifPresent(this::keepFresh);
  }

  /**
   * Starts serving.
   *
   * @param byKind what answers, by the kind of composite
   * @throws IOException when an address cannot be listened on, or the certificates cannot be used;
   *     nothing is left running
   */
  public static FunctionServer start(ServerSettings settings, Map<String, Composition> byKind)
      throws IOException {
    var server = new FunctionServer(settings, new RunFunction(byKind));
    try {
      server.listen();
    } catch (IOException failed) {
      server.close();
      throw failed;
    }
    return server;
  }

  /** The port that serves gRPC. */
  public int port() {
    return server.getPort();
  }

  /** The port that serves metrics and health over HTTP, if any does. */
  public OptionalInt metricsPort() {
    return metricsPort;
  }

  /**
   * Waits until the server has been closed.
   *
   * @throws IllegalStateException when it ended because a thread of it died
   */
  public void awaitTermination() throws InterruptedException {
    server.awaitTermination();
    Throwable cause = death.get();
    if (cause != null) {
      throw new IllegalStateException("the server ended by itself", cause);
    }
  }

  @Override
  public void close() {
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    LOG.info("Draining", "graceSeconds", settings.drain().toSeconds());
    health.enterTerminalState();
    server.shutdown();
    if (!terminatesWithin(settings.drain())) {
      LOG.warning("Cutting off calls that take longer than the grace");
      server.shutdownNow();
      var _ = terminatesWithin(CUT_OFF);
    }
    companions.forEach(FunctionServer::close);
    loops.end(CUT_OFF);
    LOG.info("Drained");
  }

  private void listen() throws IOException {
    try {
      server.start();
    } catch (IOException refused) {
      throw new IOException(
          "cannot listen on " + settings.address() + ": " + root(refused), refused);
    }
    health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, ServingStatus.SERVING);
    health.setStatus(RunFunctionService.V1, ServingStatus.SERVING);
    health.setStatus(RunFunctionService.V1BETA1, ServingStatus.SERVING);
    LOG.info(
        "Listening for gRPC",
        "address",
        settings.address(),
        "port",
        port(),
        "security",
        settings.security() instanceof ServerSettings.Security.Insecure ? "insecure" : "mutualTls");
    if (settings.metrics().isPresent()) {
      listenForMetrics(settings.metrics().get());
    }
  }

  private void listenForMetrics(ListenAddress address) throws IOException {
    try {
      var http = new MetricsServer(address, metrics::text, () -> !closing.get());
      companions.add(http);
      metricsPort = OptionalInt.of(http.port());
      LOG.info("Listening for metrics", "address", address, "port", http.port());
    } catch (IOException refused) {
      throw new IOException(
          "cannot listen on " + address + " for metrics: " + root(refused), refused);
    }
  }

  private List<ServerServiceDefinition> services(RunFunction function) {
    var account = new CallAccount(function, metrics, System::nanoTime);
    var gate = new Gate(account::answer);
    var services = new ArrayList<>(RunFunctionService.definitions(gate::answer));
    services.add(health.getHealthService().bindService());
    services.add(ProtoReflectionServiceV1.newInstance().bindService());
    services.add(alphaReflection().bindService());
    return services;
  }

  @SuppressWarnings("deprecation") // Tools of before 2024 ask for v1alpha only.
  private static BindableService alphaReflection() {
    return io.grpc.protobuf.services.ProtoReflectionService.newInstance();
  }

  private static Optional<LiveIdentity> identity(ServerSettings.Security security)
      throws IOException {
    return switch (security) {
      case ServerSettings.Security.Insecure() -> Optional.empty();
      case ServerSettings.Security.MutualTls(var directory) ->
          Optional.of(new LiveIdentity(directory));
    };
  }

  private void keepFresh(LiveIdentity identity) {
    metrics.gauge(
        "isobar_function_certificate_expiry_timestamp_seconds",
        "When the served certificate ends, since 1970.",
        () -> (double) identity.expiry().getEpochSecond());
    metrics.counted(
        "isobar_function_certificate_reloads_total",
        "How often changed certificates were taken over.",
        () -> (double) identity.reloads());
    metrics.counted(
        "isobar_function_certificate_reload_failures_total",
        "How often the certificates' files could not be used.",
        () -> (double) identity.failures());
    companions.add(new CertificateWatch(identity::refresh, settings.reload(), this::die));
  }

  /**
   * A server with a dead thread would go on half deaf; it ends instead, and whoever runs it starts
   * it anew.
   */
  private void die(Throwable cause) {
    if (!closing.get() && death.compareAndSet(null, cause)) {
      LOG.bug("Ending because a thread died", cause);
      server.shutdownNow();
    }
  }

  private boolean terminatesWithin(Duration time) {
    try {
      return server.awaitTermination(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void close(Closeable companion) {
    try {
      companion.close();
    } catch (IOException failed) {
      LOG.warning(
          "Closing a part of the server failed", "problem", String.valueOf(failed.getMessage()));
    }
  }

  private static String root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
