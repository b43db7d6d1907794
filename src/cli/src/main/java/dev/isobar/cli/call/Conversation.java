package dev.isobar.cli.call;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Struct;
import dev.isobar.function.contract.Requirement;
import dev.isobar.function.wire.proto.Fn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Asks the function until it has what it needs, as core does.
 *
 * <p>Core calls again with the required resources until the requirements no longer change. Between
 * calls only the context and the required resources change, and only the last answer counts. A
 * fatal result ends it at once.
 *
 * @see <a
 *     href="https://github.com/crossplane/crossplane/blob/main/internal/xfn/required_resources.go">core</a>
 */
public final class Conversation {
  /** How often core asks again. */
  private static final int REPEATS = 5;

  private static final List<Fn.Capability> CAPABILITIES =
      List.of(
          Fn.Capability.CAPABILITY_CAPABILITIES,
          Fn.Capability.CAPABILITY_REQUIRED_RESOURCES,
          Fn.Capability.CAPABILITY_CREDENTIALS,
          Fn.Capability.CAPABILITY_CONDITIONS,
          Fn.Capability.CAPABILITY_REQUIRED_SCHEMAS);

  private final FunctionChannel function;
  private final Lookup lookup;

  /** Conversations with a function, about the objects of a cluster. */
  public Conversation(FunctionChannel function, Lookup lookup) {
    this.function = function;
    this.lookup = lookup;
  }

  /**
   * Asks.
   *
   * @throws FunctionUnreachable when no answer comes
   */
  public Outcome ask(Question question) {
    Fn.RunFunctionRequest request = request(question);
    Fn.Requirements before = Fn.Requirements.getDefaultInstance();
    for (int call = 0; call <= REPEATS; call++) {
      Fn.RunFunctionResponse response = function.call(request);
      Optional<Outcome> fatal = Answers.fatal(response);
      if (fatal.isPresent()) {
        return fatal.get();
      }
      if (response.getRequirements().equals(before)) {
        return Answers.desired(response);
      }
      before = response.getRequirements();
      request = next(request, response);
    }
    return new Outcome.Broken(
        "the function asks for something else in each of "
            + (REPEATS + 1)
            + " calls; core would give up here too");
  }

  private static Fn.RunFunctionRequest request(Question question) {
    Fn.State.Builder observed = Fn.State.newBuilder().setComposite(resource(question.composite()));
    question.observed().forEach((name, object) -> observed.putResources(name, resource(object)));
    Fn.RunFunctionRequest.Builder request =
        Fn.RunFunctionRequest.newBuilder()
            .setObserved(observed)
            .setDesired(Fn.State.getDefaultInstance())
            .setContext(Struct.getDefaultInstance());
    question.input().ifPresent(input -> request.setInput(Structs.struct(input)));
    return request
        .setMeta(
            Fn.RequestMeta.newBuilder()
                .setTag(tag(request.build()))
                .addAllCapabilities(CAPABILITIES))
        .build();
  }

  private Fn.RunFunctionRequest next(
      Fn.RunFunctionRequest request, Fn.RunFunctionResponse response) {
    Fn.RunFunctionRequest.Builder next =
        request.toBuilder().clearRequiredResources().clearRequiredSchemas();
    new TreeMap<>(response.getRequirements().getResourcesMap())
        .forEach((name, selector) -> next.putRequiredResources(name, found(name, selector)));
    // What core says of a kind that the cluster does not know.
    response
        .getRequirements()
        .getSchemasMap()
        .forEach((name, _) -> next.putRequiredSchemas(name, Fn.Schema.getDefaultInstance()));
    return (response.hasContext() ? next.setContext(response.getContext()) : next.clearContext())
        .build();
  }

  private Fn.Resources found(String name, Fn.ResourceSelector selector) {
    Fn.Resources.Builder found = Fn.Resources.newBuilder();
    lookup.find(requirement(name, selector)).forEach(object -> found.addItems(resource(object)));
    return found.build();
  }

  private static Requirement requirement(String name, Fn.ResourceSelector selector) {
    Requirement.Selection selection =
        switch (selector.getMatchCase()) {
          case MATCH_NAME -> new Requirement.Selection.ByName(selector.getMatchName());
          case MATCH_LABELS ->
              new Requirement.Selection.ByLabels(
                  new TreeMap<>(selector.getMatchLabels().getLabelsMap()));
          case MATCH_NOT_SET -> new Requirement.Selection.ByLabels(new TreeMap<>());
        };
    Optional<String> namespace =
        selector.hasNamespace() ? Optional.of(selector.getNamespace()) : Optional.empty();
    return new Requirement(
        name,
        selector.getApiVersion(),
        selector.getKind(),
        selection,
        namespace.filter(some -> !some.isEmpty()));
  }

  private static Fn.Resource resource(java.util.Map<?, ?> object) {
    return Fn.Resource.newBuilder().setResource(Structs.struct(object)).build();
  }

  /** As in core: over the request without what is told about the request. */
  private static String tag(Fn.RunFunctionRequest request) {
    byte[] bytes = new byte[request.getSerializedSize()];
    CodedOutputStream output = CodedOutputStream.newInstance(bytes);
    output.useDeterministicSerialization();
    try {
      request.writeTo(output);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (IOException impossible) {
      throw new UncheckedIOException("cannot write to an array of the right size", impossible);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
