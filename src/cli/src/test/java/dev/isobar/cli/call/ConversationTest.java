package dev.isobar.cli.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.CodedOutputStream;
import dev.isobar.cli.StandInFunction;
import dev.isobar.function.contract.Requirement;
import dev.isobar.function.wire.proto.Fn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ConversationTest {
  private static final Question QUESTION =
      new Question(
          Yaml.map("{kind: XPlatformCluster, metadata: {name: a}}"),
          new TreeMap<>(Map.of("cluster", Yaml.map("{kind: Cluster}"))),
          Optional.of(Yaml.map("{kind: Settings}")));

  private final List<Requirement> asked = new ArrayList<>();

  private List<Map<String, Object>> find(Requirement requirement) {
    asked.add(requirement);
    return requirement.name().equals("gone")
        ? List.of()
        : List.of(Yaml.map("{kind: Cloud, metadata: {name: wekeo}}"));
  }

  private Outcome ask(StandInFunction function) {
    try (FunctionChannel channel = FunctionChannel.to(function.address())) {
      return new Conversation(channel, this::find).ask(QUESTION);
    }
  }

  private static Fn.RunFunctionResponse.Builder requiring(
      Fn.RunFunctionResponse.Builder answer, String... names) {
    Fn.Requirements.Builder requirements = Fn.Requirements.newBuilder();
    for (String name : names) {
      requirements.putResources(
          name,
          Fn.ResourceSelector.newBuilder()
              .setApiVersion("compute.isobar.dev/v1alpha1")
              .setKind("Cloud")
              .setMatchName(name)
              .build());
    }
    return answer.setRequirements(requirements);
  }

  @Test
  void asksOnceWhenNothingIsRequired() throws IOException {
    try (var function = StandInFunction.start((_, answer) -> answer)) {
      assertThat(ask(function)).isInstanceOf(Outcome.Desired.class);
      assertThat(function.requests()).hasSize(1);
    }
  }

  @Test
  void asksAgainWithWhatIsRequired() throws IOException {
    try (var function = StandInFunction.start((_, answer) -> requiring(answer, "wekeo", "gone"))) {
      assertThat(ask(function)).isInstanceOf(Outcome.Desired.class);
      assertThat(function.requests()).hasSize(2);
      Fn.RunFunctionRequest second = function.requests().get(1);
      assertThat(second.getRequiredResourcesMap().get("wekeo").getItemsList())
          .extracting(Yaml::map)
          .containsExactly(Yaml.map("{kind: Cloud, metadata: {name: wekeo}}"));
      assertThat(second.getRequiredResourcesMap().get("gone"))
          .as("looked up and not found")
          .isEqualTo(Fn.Resources.getDefaultInstance());
      assertThat(second.getMeta())
          .as("the tag is that of the first call")
          .isEqualTo(function.requests().get(0).getMeta());
      assertThat(asked).extracting(Requirement::namespace).containsOnly(Optional.empty());
    }
  }

  @Test
  void handsTheContextBack() throws IOException {
    try (var function =
        StandInFunction.start(
            (_, answer) -> requiring(answer.setContext(Yaml.struct("{seen: true}")), "wekeo"))) {
      assertThat(ask(function)).isInstanceOf(Outcome.Desired.class);
      assertThat(function.requests())
          .extracting(Fn.RunFunctionRequest::getContext)
          .containsExactly(Yaml.struct("{}"), Yaml.struct("{seen: true}"));
    }
  }

  @Test
  void givesUpWhenRequirementsNeverSettle() throws IOException {
    try (var function =
        StandInFunction.start((request, answer) ->
            requiring(answer, "a" + request.getRequiredResourcesMap().keySet()))) {
      assertThat(ask(function)).isInstanceOf(Outcome.Broken.class);
      assertThat(function.requests()).hasSize(6);
    }
  }

  @Test
  void endsAtAFatalResult() throws IOException {
    try (var function =
        StandInFunction.start(
            StandInFunction.refusing("InvalidConfiguration", "spec.cloud: is missing"))) {
      assertThat(ask(function)).isEqualTo(new Outcome.Refused("spec.cloud: is missing"));
    }
    try (var function =
        StandInFunction.start(StandInFunction.refusing("InternalFault", "fault 12"))) {
      assertThat(ask(function)).isEqualTo(new Outcome.Broken("fault 12"));
    }
  }

  @Test
  void sendsWhatCoreSends() throws Exception {
    try (var function = StandInFunction.start((_, answer) -> answer)) {
      assertThat(ask(function)).isInstanceOf(Outcome.Desired.class);
      Fn.RunFunctionRequest request = function.requests().getFirst();
      assertThat(Yaml.map(request.getObserved().getComposite())).isEqualTo(QUESTION.composite());
      assertThat(Yaml.map(request.getObserved().getResourcesOrThrow("cluster")))
          .isEqualTo(Yaml.map("{kind: Cluster}"));
      assertThat(request.getInput()).isEqualTo(Yaml.struct("{kind: Settings}"));
      assertThat(request.hasContext()).as("an empty context").isTrue();
      assertThat(request.getMeta().getCapabilitiesCount()).isEqualTo(5);
      assertThat(request.getMeta().getTag())
          .isEqualTo(tag(request.toBuilder().clearMeta().build()));
    }
  }

  @Test
  void fallsBackToBeta() throws IOException {
    try (var function = StandInFunction.start("v1beta1", (_, answer) -> answer)) {
      assertThat(ask(function)).isInstanceOf(Outcome.Desired.class);
    }
  }

  @Test
  void saysWhatIsUnreachable() throws IOException {
    var gone = StandInFunction.start((_, answer) -> answer);
    gone.close();
    assertThatThrownBy(() -> ask(gone))
        .isInstanceOf(FunctionUnreachable.class)
        .hasMessageStartingWith("cannot call the function at " + gone.address() + ": UNAVAILABLE")
        .hasMessageEndingWith("is it running there, with --insecure?");
    try (var other = StandInFunction.start("v2", (_, answer) -> answer)) {
      assertThatThrownBy(() -> ask(other)).hasMessageEndingWith("is it a composition function?");
    }
  }

  private static String tag(Fn.RunFunctionRequest request) throws Exception {
    var bytes = new ByteArrayOutputStream();
    CodedOutputStream output = CodedOutputStream.newInstance(bytes);
    output.useDeterministicSerialization();
    request.writeTo(output);
    output.flush();
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
  }
}
