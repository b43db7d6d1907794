package dev.isobar.provider.kube.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.Architecture;
import dev.isobar.apis.compute.CloudStatus;
import dev.isobar.apis.compute.CloudStatus.Counts;
import dev.isobar.apis.compute.CloudStatus.Quota;
import dev.isobar.apis.compute.Image;
import dev.isobar.apis.compute.MachineType;
import dev.isobar.apis.compute.MachineType.GpuFacts;
import dev.isobar.apis.compute.MachineType.Vendor;
import dev.isobar.apis.compute.StatusCondition;
import dev.isobar.apis.decode.Encoder;
import dev.isobar.apis.schema.Size;
import dev.isobar.apis.tree.Tree;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.kube.api.ApiObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Clouds as the API server gives them. */
final class StoredCloudTest {
  private static final Map<String, Object> SPEC =
      Map.of(
          "provider",
          "EC2",
          "region",
          "eu-central-1",
          "clusterApi",
          Map.of("identityRef", Map.of("kind", "AWSClusterRoleIdentity", "name", "lab")),
          "ofANewerSchema",
          true);

  private static ApiObject object(
      long generation, Map<String, String> annotations, Map<String, ?> spec, Object status) {
    return new ApiObject(
        new ObjectKey("", "lab"),
        "uid-1",
        "41",
        generation,
        Instant.EPOCH,
        Optional.empty(),
        Map.of(),
        annotations,
        List.of(),
        Optional.empty(),
        Tree.of(Map.of("spec", spec, "status", status)));
  }

  private static StoredCloud read(long generation, Map<String, String> annotations) {
    return StoredCloud.read(object(generation, annotations, SPEC, Map.of())).orElseThrow();
  }

  private static CloudStatus full() {
    GpuFacts share =
        new GpuFacts(
            Vendor.NVIDIA, "L4-24GB", 1, Optional.of(new Size("2861Mi")), Optional.of("1/8"));
    return new CloudStatus(
        List.of(
            new StatusCondition(
                "Ready",
                "True",
                "Incomplete",
                Optional.of("quota of networks: no"),
                "2026-11-25T10:00:00Z",
                Optional.of(2L))),
        List.of(
            new MachineType(
                "g6f.large",
                Optional.of(2),
                Optional.of(new Size("8Gi")),
                Optional.empty(),
                Optional.of(Architecture.amd64),
                Optional.of(share),
                Optional.empty(),
                List.of("eu-central-1a"))),
        List.of(
            new Image(
                "1.35.2",
                Optional.empty(),
                Optional.of("ami-1"),
                Optional.of("golden"),
                Architecture.arm64,
                Image.Purpose.gpu)),
        List.of("eu-central-1a"),
        List.of(new Quota("floatingIPs", -1, 3)),
        Optional.of("2026-11-25T10:00:00Z"),
        Optional.of(new Counts(1, 1, 1)));
  }

  /** Or else every look would write it anew. */
  @Test
  void aStatusIsReadAsItWasWritten() {
    for (CloudStatus status : List.of(full(), CloudStatus.NONE)) {
      assertThat(
              StoredCloud.read(object(1, Map.of(), SPEC, Encoder.everything(status)))
                  .orElseThrow()
                  .status())
          .isEqualTo(status);
    }
  }

  @Test
  void aStatusOfNoSenseIsAsNone() {
    ApiObject broken = object(1, Map.of(), SPEC, Map.of("machineTypes", "many"));
    assertThat(StoredCloud.read(broken).orElseThrow().status()).isEqualTo(CloudStatus.NONE);
  }

  @Test
  void aCloudWithoutItsSpecIsNotWorkedOn() {
    assertThat(StoredCloud.read(object(1, Map.of(), Map.of(), Map.of()))).isEmpty();
  }

  @Test
  void wishesAreToldFromOurOwnWrites() {
    StoredCloud before = read(1, Map.of());
    ApiObject written = object(1, Map.of(), SPEC, Encoder.everything(full()));
    assertThat(StoredCloud.read(written).orElseThrow().wantsOtherThan(before))
        .as("another status")
        .isFalse();
    assertThat(read(2, Map.of()).wantsOtherThan(before)).as("another spec").isTrue();
    assertThat(read(1, Map.of("crossplane.io/paused", "true")).wantsOtherThan(before))
        .as("paused")
        .isTrue();
    assertThat(
            read(1, Map.of("crossplane.io/reconcile-requested-at", "now")).wantsOtherThan(before))
        .as("a look is asked for")
        .isTrue();
    assertThat(read(1, Map.of("example.org/note", "x")).wantsOtherThan(before))
        .as("somebody else's annotation")
        .isFalse();
  }
}
