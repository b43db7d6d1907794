package dev.isobar.function.grpc;

import dev.isobar.function.grpc.log.Log;
import dev.isobar.function.grpc.metrics.Counter;
import dev.isobar.function.grpc.metrics.Histogram;
import dev.isobar.function.grpc.metrics.Metrics;
import dev.isobar.function.wire.CallSummary;
import dev.isobar.function.wire.Fault;
import dev.isobar.function.wire.Reply;
import dev.isobar.function.wire.RunFunction;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Answers, and tells about it: metrics always, a line with {@code --debug}, a stack when it was our
 * bug.
 */
final class CallAccount {
  private static final Log LOG = Log.of(CallAccount.class);

  /** Where no kind is told. */
  private static final String UNKNOWN = "unknown";

  private static final double MILLIS = Duration.ofMillis(1).toNanos();
  private static final List<Double> RESOURCES =
      List.of(0.0, 1.0, 5.0, 10.0, 20.0, 40.0, 80.0, 160.0, 320.0);
  private static final List<Double> BYTES =
      List.of(1024.0, 4096.0, 16_384.0, 65_536.0, 262_144.0, 1_048_576.0, 4_194_304.0);

  private final RunFunction function;
  private final LongSupplier nanos;
  private final Counter results;
  private final Counter refusals;
  private final Histogram composed;
  private final Histogram requestBytes;
  private final Histogram answerBytes;

  CallAccount(RunFunction function, Metrics metrics, LongSupplier nanos) {
    this.function = function;
    this.nanos = nanos;
    results =
        metrics.counter(
            "isobar_function_results_total", "Results told, by severity.", "kind", "severity");
    refusals =
        metrics.counter(
            "isobar_function_refusals_total", "Fatal results, by reason.", "kind", "reason");
    composed =
        metrics.histogram(
            "isobar_function_composed_resources",
            "Composed resources per answer.",
            RESOURCES,
            "kind");
    requestBytes =
        metrics.histogram("isobar_function_request_bytes", "Size of requests.", BYTES, "kind");
    answerBytes =
        metrics.histogram("isobar_function_answer_bytes", "Size of answers.", BYTES, "kind");
    // An alert asks for their rise, and what appears with the first one does not rise.
    Stream.concat(function.kinds().stream(), Stream.of(UNKNOWN))
        .forEach(kind -> refusals.add(0, kind, RunFunction.FAULT));
  }

  Reply answer(byte[] request) {
    long start = nanos.getAsLong();
    Reply reply = function.answer(request);
    count(request.length, reply.summary());
    reply.fault().ifPresent(fault -> report(fault, reply.summary()));
    if (LOG.debugs()) {
      describe(reply.summary(), (nanos.getAsLong() - start) / MILLIS);
    }
    return reply;
  }

  private void count(int bytes, CallSummary call) {
    String kind = call.kind().isEmpty() ? UNKNOWN : call.kind();
    requestBytes.observe(bytes, kind);
    answerBytes.observe(call.bytes(), kind);
    composed.observe(call.composed(), kind);
    results.add(call.normals(), kind, "normal");
    results.add(call.warnings(), kind, "warning");
    results.add(call.refused() ? 1 : 0, kind, "fatal");
    if (call.refused()) {
      refusals.increment(kind, call.reason());
    }
  }

  private static void report(Fault fault, CallSummary call) {
    LOG.bug(
        "Answering with a fault of our own",
        fault.cause(),
        "fault",
        fault.id(),
        "kind",
        call.kind(),
        "namespace",
        call.namespace(),
        "name",
        call.name(),
        "tag",
        call.tag());
  }

  private static void describe(CallSummary call, double millis) {
    LOG.debug(
        "Answered",
        "kind",
        call.kind(),
        "namespace",
        call.namespace(),
        "name",
        call.name(),
        "tag",
        call.tag(),
        "durationMillis",
        millis,
        "composed",
        call.composed(),
        "bytes",
        call.bytes(),
        "fatal",
        call.reason(),
        "warnings",
        call.warnings(),
        "normals",
        call.normals());
  }
}
