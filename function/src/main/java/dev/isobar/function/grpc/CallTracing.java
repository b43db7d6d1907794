package dev.isobar.function.grpc;

import dev.isobar.function.grpc.metrics.Counter;
import dev.isobar.function.grpc.metrics.Histogram;
import dev.isobar.function.grpc.metrics.Metrics;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Counts gRPC calls under the names that the Go SDK of Crossplane's functions uses, so that its
 * dashboards fit.
 *
 * <p>A tracer and not an interceptor, because a request that is too large or for an unknown method
 * ends before any interceptor sees it.
 */
final class CallTracing extends ServerStreamTracer.Factory {
  /** From a twentieth of what an answer takes, to core's two minutes for a whole reconcile. */
  private static final List<Double> SECONDS =
      List.of(
          0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 120.0);

  private static final double NANOS = Duration.ofSeconds(1).toNanos();
  private static final Labels UNKNOWN = new Labels("unknown", "unknown", "unknown");

  private final Map<String, Labels> methods = new HashMap<>();
  private final LongSupplier nanos;
  private final Counter started;
  private final Counter handled;
  private final Histogram seconds;

  CallTracing(Metrics metrics, LongSupplier nanos) {
    this.nanos = nanos;
    started =
        metrics.counter(
            "grpc_server_started_total",
            "Calls started.",
            "grpc_type",
            "grpc_service",
            "grpc_method");
    handled =
        metrics.counter(
            "grpc_server_handled_total",
            "Calls ended, by status code.",
            "grpc_type",
            "grpc_service",
            "grpc_method",
            "grpc_code");
    seconds =
        metrics.histogram(
            "grpc_server_handling_seconds",
            "How long calls took.",
            SECONDS,
            "grpc_type",
            "grpc_service",
            "grpc_method");
  }

  /** Counts the methods of a service by name; those of no known service are counted together. */
  void know(ServerServiceDefinition service) {
    for (ServerMethodDefinition<?, ?> method : service.getMethods()) {
      MethodDescriptor<?, ?> descriptor = method.getMethodDescriptor();
      methods.put(
          descriptor.getFullMethodName(),
          new Labels(
              descriptor.getType().name().toLowerCase(Locale.ROOT),
              String.valueOf(descriptor.getServiceName()),
              String.valueOf(descriptor.getBareMethodName())));
    }
  }

  @Override
  public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
    Labels labels = methods.getOrDefault(method, UNKNOWN);
    started.increment(labels.type, labels.service, labels.method);
    long start = nanos.getAsLong();
    return new ServerStreamTracer() {
      @Override
      public void streamClosed(Status status) {
        handled.increment(labels.type, labels.service, labels.method, code(status));
        seconds.observe(
            (nanos.getAsLong() - start) / NANOS, labels.type, labels.service, labels.method);
      }
    };
  }

  /** As grpc-go spells it: ResourceExhausted for RESOURCE_EXHAUSTED. */
  private static String code(Status status) {
    if (status.isOk()) {
      return "OK";
    }
    var spelled = new StringBuilder();
    for (String word : status.getCode().name().split("_", -1)) {
      spelled.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return spelled.toString();
  }

  /** A method's. */
  private record Labels(String type, String service, String method) {}
}
