package dev.isobar.provider.kube.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.InstanceObservation;
import dev.isobar.apis.compute.InstanceObservation.Deviation;
import dev.isobar.apis.compute.InstanceObservation.MachineAddress;
import dev.isobar.apis.compute.InstanceObservation.State;
import dev.isobar.apis.compute.InstanceObservation.TypeInUse;
import dev.isobar.apis.compute.InstanceStatus;
import dev.isobar.apis.compute.InstanceStatus.RefusedOffer;
import dev.isobar.apis.compute.SecretEntry;
import dev.isobar.apis.compute.StatusCondition;
import dev.isobar.apis.decode.Encoder;
import dev.isobar.apis.tree.Tree;
import dev.isobar.provider.decide.Change;
import dev.isobar.provider.decide.Managed;
import dev.isobar.provider.decide.Notice;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.HandClock;
import dev.isobar.provider.external.Offer;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.SecretBytes;
import dev.isobar.provider.kube.api.ApiObject;
import dev.isobar.provider.kube.api.FakeKubernetes;
import dev.isobar.provider.kube.api.KubernetesKind;
import dev.isobar.provider.kube.api.Mirror;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written into an Instance, and that it is read as it was written. */
final class KubernetesStoreTest {
  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");

  private static ApiObject object(Map<String, String> annotations, Object status) {
    Map<String, Object> spec =
        Map.of(
            "forProvider",
            Map.of("machineType", Map.of("name", "small"), "image", Map.of("id", "ubuntu")),
            "ofANewerSchema",
            true);
    return new ApiObject(
        new ObjectKey("lab", "one"),
        "uid-1",
        "41",
        2,
        NOW,
        Optional.empty(),
        Map.of(),
        annotations,
        List.of("example.org/other", Managed.FINALIZER),
        Optional.empty(),
        Tree.of(Map.of("spec", spec, "status", status)));
  }

  private static Managed managed() {
    return InstanceDecoding.read(object(Map.of("crossplane.io/external-name", "m-1"), Map.of()))
        .orElseThrow()
        .managed();
  }

  @Test
  void aChangeTouchesItsOwnAnnotationsOnlyAndProvesItsBase() {
    assertThat(
            KubernetesStore.patch(
                managed(),
                Change.begin(3, new Offer("small", Optional.empty()), NOW, Optional.empty())))
        .isEqualTo(
            Map.of(
                "metadata",
                Map.of(
                    "resourceVersion",
                    "41",
                    "annotations",
                    withNull(
                        "isobar.dev/zone",
                        Map.of(
                            "crossplane.io/external-create-pending", "2026-11-25T10:00:00Z",
                            "isobar.dev/creation", "3",
                            "isobar.dev/machine-type", "small")))));
  }

  private static Map<String, String> withNull(String key, Map<String, String> rest) {
    var map = new HashMap<>(rest);
    map.put(key, null);
    return map;
  }

  @Test
  void finalizersOfOthersStay() {
    assertThat(KubernetesStore.patch(managed(), Change.removeFinalizer()))
        .isEqualTo(
            Map.of(
                "metadata",
                Map.of("resourceVersion", "41", "finalizers", List.of("example.org/other"))));
    assertThat(KubernetesStore.patch(managed(), Change.addFinalizer()))
        .as("it is there already")
        .isEqualTo(Map.of("metadata", Map.of("resourceVersion", "41")));
  }

  @Test
  void onlyAnnotationsOfOursAreKept() {
    Managed read =
        InstanceDecoding.read(
                object(
                    Map.of(
                        "crossplane.io/paused", "true",
                        "isobar.dev/creation", "3",
                        "kubectl.kubernetes.io/last-applied-configuration", "{...}"),
                    Map.of()))
            .orElseThrow()
            .managed();
    assertThat(read.annotations())
        .isEqualTo(Map.of("crossplane.io/paused", "true", "isobar.dev/creation", "3"));
  }

  /** Or else every pass would write it anew. */
  @Test
  void aStatusIsReadAsItWasWritten() {
    InstanceStatus status =
        new InstanceStatus(
            Optional.of(machine()),
            List.of(
                new RefusedOffer(
                    "big", Optional.of("az1"), "QuotaExceeded", "no", 2, "2026-11-25T10:01:00Z")),
            List.of(
                new StatusCondition(
                    "Ready",
                    "True",
                    "Available",
                    Optional.empty(),
                    "2026-11-25T10:00:00Z",
                    Optional.of(2L))),
            Optional.of(2L),
            Optional.of("token"));
    assertThat(read(status)).isEqualTo(status);
    assertThat(read(InstanceStatus.NONE)).isEqualTo(InstanceStatus.NONE);
  }

  private static InstanceStatus read(InstanceStatus written) {
    return InstanceDecoding.read(object(Map.of(), Encoder.everything(written)))
        .orElseThrow()
        .managed()
        .status();
  }

  private static InstanceObservation machine() {
    return new InstanceObservation(
        "m-1",
        State.Running,
        "ACTIVE",
        Optional.empty(),
        Optional.of("openstack:///m-1"),
        Optional.of("az1"),
        Optional.of(new TypeInUse("small", Optional.of(8), Optional.empty(), Optional.empty())),
        Optional.empty(),
        List.of(new MachineAddress("InternalIP", "10.0.0.1")),
        List.of(),
        Optional.empty(),
        Optional.of("2026-11-25T10:00:00Z"),
        false,
        List.of(new Deviation("spec.forProvider.image", "a", "b", false)));
  }

  @Test
  void whatIsRememberedIsWhatWasRead() {
    var full =
        new InstanceStatus(
            Optional.of(machine()), List.of(), List.of(), Optional.of(2L), Optional.empty());
    StoredInstance read =
        InstanceDecoding.read(
                object(
                    Map.of(
                        "crossplane.io/external-name", "m-1", "isobar.dev/zone", "x".repeat(300)),
                    Encoder.everything(full)))
            .orElseThrow();
    assertThat(PackedInstance.of(read).unpack()).isEqualTo(read);
    var deleted = new StoredInstance(read.managed(), NOW, Optional.of(NOW));
    assertThat(PackedInstance.of(deleted).unpack()).isEqualTo(deleted);
  }

  @Test
  void equalEventsHaveOneNameAndOthersHaveOthers() {
    var notice = new Notice(Notice.Kind.Warning, "CannotConnectToProvider", "no", false);
    String name = Announcements.name(Topic.of(managed()), notice);
    assertThat(name).matches("one\\.[0-9a-f]{16}");
    assertThat(Announcements.name(Topic.of(managed()), notice)).isEqualTo(name);
    assertThat(
            Announcements.name(
                Topic.of(managed()),
                new Notice(Notice.Kind.Warning, "CannotConnectToProvider", "!", false)))
        .isNotEqualTo(name);
  }

  private static Response<Optional<SecretBytes>> unread(String why) {
    return Response.failed(
        new Failure.ProviderError(
            CloudWords.ours("the API server does not show Secret lab/data: " + why)));
  }

  static Stream<Arguments> secrets() {
    return Stream.of(
        Arguments.of(
            "it is there",
            Map.of("data", Map.of("k", "cHc=")),
            0,
            Response.of(Optional.of(new SecretBytes(new byte[] {'p', 'w'})))),
        Arguments.of(
            "it has another key",
            Map.of("data", Map.of("x", "cHc=")),
            0,
            Response.of(Optional.empty())),
        Arguments.of(
            "an outage tells nothing of the Secret",
            Map.of("data", Map.of("k", "cHc=")),
            503,
            unread("refused by the test")),
        Arguments.of(
            "a right is missing",
            Map.of("data", Map.of("k", "cHc=")),
            403,
            unread("refused by the test")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("secrets")
  void aSecretThatCannotBeReadIsNotOneThatIsMissing(
      String why,
      Map<String, Object> secret,
      int refusal,
      Response<Optional<SecretBytes>> expected,
      @TempDir Path folder) {
    try (var kubernetes = new FakeKubernetes(folder)) {
      kubernetes.put(KubernetesKind.SECRET, new ObjectKey("lab", "data"), secret);
      if (refusal != 0) {
        kubernetes.refuse("GET secrets lab/data", refusal);
      }
      var clock = new HandClock(NOW);
      var store =
          new KubernetesStore(
              kubernetes.objects(),
              new Mirror<>(_ -> Optional.empty(), (_, _, _) -> {}),
              new ConnectionSecrets(kubernetes.objects(), clock),
              new Announcements(kubernetes.objects(), clock),
              () -> true);
      assertThat(store.secret("lab", new SecretEntry("data", "k"))).as(why).isEqualTo(expected);
      assertThat(store.secret("lab", new SecretEntry("none", "k")))
          .isEqualTo(Response.of(Optional.empty()));
    }
  }
}
