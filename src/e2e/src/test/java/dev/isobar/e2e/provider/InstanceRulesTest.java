package dev.isobar.e2e.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.apis.tree.Tree;
import dev.isobar.e2e.plane.Alone;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.kubernetes.Refusal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a real API server lets be changed in an Instance; no provider is needed for that. */
@ResourceLock(Alone.PROVIDER)
@OnControlPlane
@TestInstance(Lifecycle.PER_CLASS)
final class InstanceRulesTest {
  private static final String ONCE = "cannot be added once machineType is given";
  private static final String INTERFACES =
      "networkInterfaces cannot be added, removed, renamed or reordered";
  private static final String PLACES =
      "network, subnet and address of an interface cannot be added or removed";
  private static final Map<String, Object> FIRST = face("first");
  private static final Map<String, Object> SECOND = face("second");
  private static final Map<String, Object> MACHINE =
      Map.of("machineType", Map.of("name", "small"), "image", Map.of("id", "ubuntu"));

  private final Kubernetes kubernetes = Planes.machines().kubernetes();
  private Reference instance;

  /** An interface with everything that the API server would fill in. */
  private static Map<String, Object> face(String name, String... groups) {
    return Map.of(
        "name",
        name,
        "network",
        Map.of("name", "lab"),
        "acceleration",
        "None",
        "otherSubnets",
        List.of(),
        "securityGroups",
        Stream.of(groups).map(group -> Map.of("name", group)).toList());
  }

  private static Map<String, Object> with(String field, Object value) {
    Map<String, Object> more = new TreeMap<>(FIRST);
    more.put(field, value);
    return more;
  }

  private static Map<String, Object> without(String field) {
    Map<String, Object> less = new TreeMap<>(FIRST);
    less.remove(field);
    return less;
  }

  @BeforeAll
  void start() {
    kubernetes.makeNamespace("rules", Map.of());
    instance =
        instance(
            "one",
            List.of("*"),
            Map.of(
                "machineType",
                Map.of("name", "small"),
                "image",
                Map.of("id", "ubuntu"),
                "networkInterfaces",
                List.of(FIRST, SECOND)));
  }

  @AfterAll
  void end() {
    kubernetes.delete(instance);
  }

  private Reference instance(String name, List<String> policies, Map<String, Object> machine) {
    return Reference.of(
        kubernetes.apply(
            Map.of(
                "apiVersion",
                InstanceScene.INSTANCE.apiVersion(),
                "kind",
                InstanceScene.INSTANCE.name(),
                "metadata",
                Map.of("name", name, "namespace", "rules"),
                "spec",
                Map.of(
                    "managementPolicies",
                    policies,
                    "providerConfigRef",
                    Map.of("kind", "ProviderConfig", "name", "none"),
                    "forProvider",
                    machine))));
  }

  private Tree change(Reference object, Map<String, Object> machine) {
    return kubernetes.patch(object, Map.of("spec", Map.of("forProvider", machine)));
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(
            "disks",
            List.of(Map.of("name", "scratch", "size", "10Gi")),
            ONCE,
            "the empty list was given once, too"),
        Arguments.of("rootDisk", Map.of("size", "10Gi"), ONCE, "the image's own was taken"),
        Arguments.of("zones", List.of("b"), ONCE, "the cloud has chosen one"),
        Arguments.of("sshKey", Map.of("name", "k"), ONCE, "read at the first start"),
        Arguments.of("placement", Map.of("group", Map.of("name", "g")), ONCE, "no cloud moves it"),
        Arguments.of("fabric", Map.of(), ONCE, "interfaces come with the machine"),
        Arguments.of(
            "userData",
            Map.of("secretRef", Map.of("name", "a", "key", "b")),
            ONCE,
            "read at the first start"),
        Arguments.of(
            "metadataService",
            Map.of("configDrive", true),
            "cannot be changed",
            "no cloud adds a drive to a machine that is there"),
        Arguments.of(
            "networkInterfaces", List.of(FIRST, SECOND, face("third")), INTERFACES, "one more"),
        Arguments.of("networkInterfaces", List.of(FIRST), INTERFACES, "one less"),
        Arguments.of("networkInterfaces", List.of(), INTERFACES, "none"),
        Arguments.of(
            "networkInterfaces",
            List.of(FIRST, face("other")),
            INTERFACES,
            "another name is another interface"),
        Arguments.of(
            "networkInterfaces", List.of(SECOND, FIRST), INTERFACES, "the first is the primary"),
        Arguments.of(
            "networkInterfaces",
            List.of(with("subnet", Map.of("name", "lab")), SECOND),
            PLACES,
            "the cloud has chosen a subnet"),
        Arguments.of(
            "networkInterfaces",
            List.of(with("address", "10.0.0.9"), SECOND),
            PLACES,
            "the cloud has chosen an address"),
        Arguments.of(
            "networkInterfaces",
            List.of(without("network"), SECOND),
            PLACES,
            "it is in that network"),
        Arguments.of(
            "networkInterfaces",
            List.of(with("otherSubnets", List.of("subnet-0a1b")), SECOND),
            "otherSubnets cannot be changed",
            "the cloud has chosen a zone"));
  }

  @ParameterizedTest(name = "{0}: {3}")
  @MethodSource("refusals")
  void whatIsGivenOnceCannotComeLater(String field, Object value, String words, String why) {
    assertThatThrownBy(() -> change(instance, Map.of(field, value)))
        .as(why)
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(words);
  }

  static Stream<Arguments> changes() {
    return Stream.of(
        Arguments.of("tags", Map.of("team", "eo")),
        Arguments.of("powerState", "Stopped"),
        Arguments.of("deletionProtection", true),
        Arguments.of("networkInterfaces", List.of(FIRST, face("second", "web"))));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void whatCanBeChangedIsAccepted(String field, Object value) {
    Tree changed = change(instance, Map.of(field, value));
    assertThat(changed.at("spec", "forProvider", field).plain()).isEqualTo(value);
  }

  @Test
  void whoOnlyLookedMaySayLaterWhatTheMachineShallBe() {
    Reference guest = instance("guest", List.of("Observe"), Map.of());
    var _ =
        kubernetes.patch(
            guest,
            Map.of("spec", Map.of("managementPolicies", List.of("*"), "forProvider", MACHINE)));
    assertThat(kubernetes.get(guest).at("spec", "forProvider", "machineType", "name").text())
        .contains("small");
    kubernetes.delete(guest);
  }
}
