package dev.isobar.function.wire;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.contract.Answer;
import dev.isobar.function.contract.Composition;
import dev.isobar.function.contract.Request;
import dev.isobar.function.wire.RequestReading.Received;
import dev.isobar.function.wire.proto.Fn;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Answers RunFunction, bytes for bytes; the composite's kind chooses the composition.
 *
 * <p>Called from many threads at once. It never throws: whatever is wrong, with the request, the
 * composite or ourselves, is told by a fatal result, because a gRPC error would lose all events and
 * conditions of the pipeline. The same request gives the same bytes.
 */
public final class RunFunction {
  /** What core's gRPC client accepts; it is grpc-go's default, and core has no setting for it. */
  static final int ANSWER_LIMIT_BYTES = 4 * 1024 * 1024;

  /** The reason of the fatal result that tells a fault of ours. */
  public static final String FAULT = Refusal.Reason.INTERNAL_FAULT.word();

  private final SortedMap<String, Composition> byKind;

  /** Answers for these compositions, by the kind of composite that they expand. */
  public RunFunction(Map<String, Composition> byKind) {
    this.byKind = new TreeMap<>(byKind);
  }

  /** The kinds of composite that it expands. */
  public Set<String> kinds() {
    return Set.copyOf(byKind.keySet());
  }

  /** Answers one request. */
  public Reply answer(byte[] bytes) {
    try {
      return answer(RequestReading.receive(bytes));
    } catch (IOException | EncodedTree.Malformed | StackOverflowError malformed) {
      return refuse(RequestReading.salvage(bytes), Refusal.unreadable(bytes.length));
    } catch (Measuring.Exceeded exceeded) {
      return refuse(RequestReading.salvage(bytes), Refusal.tooManyValues(bytes.length, exceeded));
    } catch (OutOfMemoryError exhausted) {
      return refuse(RequestReading.salvage(bytes), Refusal.tooLarge(bytes.length));
    }
  }

  /**
   * Errors are caught too: what one composite provokes must not take the function away from all
   * others.
   */
  private Reply answer(Received received) {
    try {
      Optional<Refusal> unsuitable = unsuitable(received);
      return unsuitable.isPresent() ? refuse(received, unsuitable.get()) : compose(received);
    } catch (EncodedTree.Malformed malformed) {
      throw malformed;
    } catch (RuntimeException | Error bug) {
      Fault fault = Fault.of(bug);
      return reply(
          received,
          Rendered.of(refused(received, Refusal.internalFault(fault))),
          Optional.of(fault));
    }
  }

  private Optional<Refusal> unsuitable(Received received) {
    if (lacksRequiredResources(received.request().getMeta())) {
      return Optional.of(Refusal.unsupportedCrossplane());
    }
    if (!received.composite().exists()) {
      return Optional.of(Refusal.missingComposite());
    }
    String kind = kind(received.composite());
    return byKind.containsKey(kind)
        ? Optional.empty()
        : Optional.of(Refusal.unknownComposite(kind, byKind.keySet()));
  }

  /**
   * A core that tells no capabilities is too old to know the word; it answers requirements all the
   * same.
   */
  private static boolean lacksRequiredResources(Fn.RequestMeta meta) {
    return meta.getCapabilitiesCount() > 0
        && !meta.getCapabilitiesList().contains(Fn.Capability.CAPABILITY_REQUIRED_RESOURCES);
  }

  private Reply compose(Received received) {
    Request question = RequestReading.read(received);
    Answer answer =
        Objects.requireNonNull(byKind.get(kind(question.composite()))).compose(question);
    return reply(received, AnswerRendering.render(received.request(), answer), Optional.empty());
  }

  private Reply refuse(Received received, Refusal refusal) {
    return reply(received, Rendered.of(refused(received, refusal)), Optional.empty());
  }

  private static Fn.RunFunctionResponse refused(Received received, Refusal refusal) {
    return AnswerRendering.render(
        received.request(), refusal, KeptConditions.of(received.composite()));
  }

  private Reply reply(Received received, Rendered rendered, Optional<Fault> fault) {
    int size = rendered.size();
    Rendered fitting =
        size <= ANSWER_LIMIT_BYTES
            ? rendered
            : Rendered.of(
                refused(brief(received), Refusal.answerTooLarge(size, ANSWER_LIMIT_BYTES)));
    byte[] bytes = fitting.bytes();
    return new Reply(bytes, summary(received, fitting, bytes.length), fault);
  }

  /**
   * A request without what earlier steps want, which would go back in the answer and may be what
   * makes it too large. Nothing is lost: a fatal result ends the pipeline.
   */
  private static Received brief(Received received) {
    return new Received(
        Fn.RunFunctionRequest.newBuilder().setMeta(received.request().getMeta()).build(),
        received.composite(),
        received.observed(),
        received.required());
  }

  private CallSummary summary(Received received, Rendered rendered, int size) {
    Fn.RunFunctionResponse response = rendered.response();
    Tree composite = received.composite();
    String kind = kind(composite);
    return new CallSummary(
        byKind.containsKey(kind) ? kind : "",
        composite.at("metadata", "namespace").text().orElse(""),
        composite.at("metadata", "name").text().orElse(""),
        received.request().getMeta().getTag(),
        rendered.composed(),
        count(response, Fn.Severity.SEVERITY_WARNING),
        count(response, Fn.Severity.SEVERITY_NORMAL),
        response.getResultsList().stream()
            .filter(result -> result.getSeverity() == Fn.Severity.SEVERITY_FATAL)
            .map(Fn.Result::getReason)
            .findFirst()
            .orElse(""),
        size);
  }

  private static int count(Fn.RunFunctionResponse response, Fn.Severity severity) {
    return (int)
        response.getResultsList().stream()
            .filter(result -> result.getSeverity() == severity)
            .count();
  }

  private static String kind(Tree composite) {
    return composite.at("kind").text().orElse("");
  }
}
