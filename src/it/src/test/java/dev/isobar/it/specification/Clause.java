package dev.isobar.it.specification;

import java.util.Optional;

/**
 * Every demand of Crossplane's specification of functions, in its order and in our words.
 *
 * <p>https://github.com/crossplane/crossplane/blob/main/contributing/specifications/functions.md
 */
enum Clause {
  SERVES_THE_RUNNER_SERVICE("MUST serve FunctionRunnerService over gRPC"),
  SERVES_THE_LATEST_VERSION("SHOULD serve the latest version of the service"),
  COPIES_THE_TAG("MUST copy the request's tag to the answer"),
  KEEPS_THE_TAG("MUST NOT change the tag"),
  IGNORES_THE_TAG("MUST NOT depend on the tag's value"),
  SETS_A_TTL("SHOULD set the time to live of every answer"),
  TTL_IS_TRUE("MUST only promise a time for which the same request would get the same answer"),
  PASSES_ON_DESIRED_STATE("MUST pass on desired state that it has no opinion on"),
  CHANGES_ON_PURPOSE("MUST change what earlier steps desire only on purpose"),
  NO_COMPOSITE_SPEC_OR_METADATA("MUST NOT desire spec or metadata of the composite, only status"),
  NO_COMPOSED_STATUS("MUST NOT desire the status of a composed resource"),
  NO_COMPOSED_NAMES("SHOULD NOT desire metadata.name of composed resources"),
  EXTERNAL_NAMES(
      "SHOULD influence external names by the crossplane.io/external-name annotation",
      "what we compose is no managed resource, so it has no external name"),
  NO_CONFLICTS("SHOULD avoid conflicts with resources that are observed or desired already"),
  FATAL_ENDS_THE_PIPELINE("MUST return a fatal result only to end the pipeline"),
  NO_RESULT_ON_EVERY_CALL("MUST NOT return warnings or normal results on every call"),
  RESULTS_TELL_TRANSITIONS("SHOULD return warnings and normal results on transitions"),
  DEBUG_FLAG("MUST support --debug, off by default"),
  INSECURE_FLAG("MUST support --insecure, off by default"),
  CERTIFICATES_FLAG("MUST support --tls-certs-dir with tls.key, tls.crt and ca.crt"),
  CERTIFICATES_VARIABLE("MUST read --tls-certs-dir from TLS_SERVER_CERTS_DIR"),
  INSECURE_WINS("MUST serve insecurely when both --insecure and --tls-certs-dir are given"),
  PORT_9443("MUST listen on TCP port 9443, secure or not"),
  SECURE_UNLESS_TOLD("MUST use transport security unless --insecure is given"),
  PACKAGED_AS_XPKG("MUST be packaged as an xpkg", "the tests of package/ read the package itself"),
  ONE_IMAGE(
      "SHOULD deliver package and program in one image with the base annotation",
      "the tests of package/ read the package itself"),
  NAMED_FUNCTION("MUST have a name that begins with function-"),
  ASSUMES_NO_DEPLOYMENT("MUST NOT assume how it is deployed"),
  ASSUMES_NO_NETWORK(
      "MUST NOT assume network access",
      "what composes uses neither java.net nor java.io; the architecture tests check it"),
  FAILS_GRACEFULLY_WITHOUT_NETWORK(
      "SHOULD answer with a fatal result when it needs network and has none", "it needs none"),
  USES_THE_LATEST_SDK("SHOULD use the latest SDK of its language", "there is none for Java");

  private final String words;
  private final Optional<String> testedElsewhere;

  Clause(String words) {
    this.words = words;
    this.testedElsewhere = Optional.empty();
  }

  Clause(String words, String why) {
    this.words = words;
    this.testedElsewhere = Optional.of(why);
  }

  /** Why no test over the wire can or need check it. */
  Optional<String> testedElsewhere() {
    return testedElsewhere;
  }

  @Override
  public String toString() {
    return words;
  }
}
