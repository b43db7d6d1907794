package dev.isobar.function.wire;

import dev.isobar.apis.decode.Mistake;
import java.util.Collection;
import java.util.List;

/**
 * Why a request is answered with a fatal result, which ends the pipeline and leaves the cluster as
 * it is.
 *
 * @param message what is wrong, with which object, and who must do what; the same cause gives the
 *     same text, and none holds more of the request than names and sizes
 */
record Refusal(Reason reason, String message) {
  /** The closed list of reasons, as they appear in the result. */
  enum Reason {
    INVALID_CONFIGURATION("InvalidConfiguration"),
    UNREADABLE_REQUEST("UnreadableRequest"),
    REQUEST_TOO_LARGE("RequestTooLarge"),
    ANSWER_TOO_LARGE("AnswerTooLarge"),
    MISSING_COMPOSITE("MissingComposite"),
    UNKNOWN_COMPOSITE("UnknownComposite"),
    UNSUPPORTED_CROSSPLANE("UnsupportedCrossplane"),
    INTERNAL_FAULT("InternalFault");

    private final String word;

    Reason(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  static Refusal of(List<Mistake> mistakes) {
    return new Refusal(Reason.INVALID_CONFIGURATION, Mistake.sentences(mistakes));
  }

  static Refusal unreadable(int bytes) {
    return new Refusal(
        Reason.UNREADABLE_REQUEST,
        "cannot read the request of %d bytes: it is no RunFunctionRequest, is cut off, or nests too deep; shorten or flatten what the composite and its resources hold"
            .formatted(bytes));
  }

  static Refusal tooLarge(int bytes) {
    return new Refusal(
        Reason.REQUEST_TOO_LARGE,
        "cannot hold the request of %d bytes in memory; the platform team must raise the memory limit of function-isobar"
            .formatted(bytes));
  }

  static Refusal tooManyValues(int bytes, Measuring.Exceeded exceeded) {
    return new Refusal(
        Reason.REQUEST_TOO_LARGE,
        "the request of %d bytes holds %s, which no cluster needs; shorten what the composite, its resources and the earlier steps of the pipeline hold"
            .formatted(bytes, exceeded.getMessage()));
  }

  static Refusal answerTooLarge(int bytes, int limitBytes) {
    return new Refusal(
        Reason.ANSWER_TOO_LARGE,
        "the answer takes %d bytes and Crossplane accepts %d; ask for less in one composite, for example for fewer pools or shorter values"
            .formatted(bytes, limitBytes));
  }

  static Refusal missingComposite() {
    return new Refusal(
        Reason.MISSING_COMPOSITE,
        "the request holds no observed composite; use function-isobar in the pipeline of a"
            + " Composition only");
  }

  static Refusal unknownComposite(String kind, Collection<String> known) {
    return new Refusal(
        Reason.UNKNOWN_COMPOSITE,
        "cannot compose a composite of kind \"%s\", only of %s; the platform team must correct compositeTypeRef of the Composition"
            .formatted(kind, known.isEmpty() ? "none" : String.join(", ", known)));
  }

  static Refusal unsupportedCrossplane() {
    return new Refusal(
        Reason.UNSUPPORTED_CROSSPLANE,
        "function-isobar needs Crossplane core 2.4 or newer, and this one cannot hand in required"
            + " resources; the platform team must upgrade it");
  }

  static Refusal internalFault(Fault fault) {
    return new Refusal(
        Reason.INTERNAL_FAULT,
        "this is a fault of function-isobar and nothing was changed; report it with the id %s, under which its log has the details"
            .formatted(fault.id()));
  }
}
