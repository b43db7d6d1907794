package dev.isobar.e2e.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.e2e.plane.Alone;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.e2e.provider.ProviderProcess;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.plane.ControlPlane;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * All of EC2's types in a Cloud, on a real API server: it takes them, and they are not too many.
 */
@ResourceLock(Alone.PROVIDER)
@ResourceLock(Alone.EC2)
@OnControlPlane
@TestInstance(Lifecycle.PER_CLASS)
final class Ec2CloudTest {
  private static final StandInEc2 EC2 = StandInEc2.shared();
  private static final Kind CONFIG =
      new Kind("compute.isobar.dev/v1alpha1", "ClusterProviderConfig");
  private static final Reference CLOUD = Kind.CLOUD.named("aws");

  private final ControlPlane plane = Planes.machines();
  private final Kubernetes kubernetes = plane.kubernetes();
  private final Await await = Await.PATIENT;
  private String image = "";
  private ProviderProcess provider;

  @BeforeAll
  void start() {
    image = EC2.image("capa-ami-ubuntu-24.04-v1.35.2-1760000000");
    kubernetes.makeNamespace("aws", Map.of());
    apply(
        Kind.SECRET,
        Map.of("name", "keys", "namespace", "aws"),
        "stringData",
        Map.of(
            "credentials",
            "[default]\naws_access_key_id = testing\naws_secret_access_key = testing-secret\n"));
    String address = EC2.server().address().toString();
    apply(
        CONFIG,
        Map.of("name", "aws"),
        "spec",
        Map.of(
            "provider",
            "EC2",
            "region",
            StandInEc2.REGION,
            "credentials",
            Map.of("secretRef", Map.of("namespace", "aws", "name", "keys", "key", "credentials")),
            "endpoints",
            Map.of("overrides", Map.of("ec2", address, "sts", address))));
    apply(
        Kind.CLOUD,
        Map.of("name", "aws"),
        "spec",
        Map.of(
            "provider",
            "EC2",
            "region",
            StandInEc2.REGION,
            "providerConfigRef",
            Map.of("name", "aws"),
            "clusterApi",
            Map.of("identityRef", Map.of("kind", "AWSClusterRoleIdentity", "name", "aws"))));
    provider = ProviderProcess.start(plane, "provider-ec2-cloud", "--discovery-interval=2s");
  }

  @AfterAll
  void end() {
    provider.stop();
    assertThat(provider.forbidden()).isEmpty();
  }

  private void apply(
      Kind kind, Map<String, String> metadata, String part, Map<String, Object> content) {
    var _ =
        kubernetes.apply(
            Map.of(
                "apiVersion",
                kind.apiVersion(),
                "kind",
                kind.name(),
                "metadata",
                metadata,
                part,
                content));
  }

  @Test
  void theApiServerTakesAllOfThemAndASecondLookWritesNothing() {
    Tree cloud =
        await.until(kubernetes, CLOUD, "is Ready", Conditions.is("Ready", "True", "Available"));
    Map<String, Tree> types = new TreeMap<>();
    cloud
        .at("status", "machineTypes")
        .items()
        .forEach(type -> types.put(type.at("name").text().orElse(""), type));
    int bytes =
        kubernetes
            .raw("/apis/compute.isobar.dev/v1alpha1/clouds/aws")
            .getBytes(StandardCharsets.UTF_8)
            .length;
    System.err.printf("isobar: %d machine types in a Cloud of %d bytes%n", types.size(), bytes);
    System.err.println(plane.kubectl("get", "clouds", "-o", "wide"));
    assertThat(types).hasSizeBetween(300, 1200);
    assertThat(bytes).isLessThan(500_000);
    assertThat(types.get("g6f.large").at("gpu").plain())
        .isEqualTo(
            Map.of(
                "vendor",
                "NVIDIA",
                "model",
                "L4-24GB",
                "count",
                1L,
                "memory",
                "2861Mi",
                "partition",
                "1/8"));
    assertThat(cloud.at("status", "images").items().stream().map(one -> one.at("id").text()))
        .containsExactly(Optional.of(image));
    assertThat(cloud.at("status", "zones").plain())
        .isEqualTo(
            List.of(
                "us-east-1a",
                "us-east-1b",
                "us-east-1c",
                "us-east-1d",
                "us-east-1e",
                "us-east-1f"));
    int asked = provider.asked("images");
    var _ =
        await.until(
            "the cloud is asked again and again",
            () -> provider.asked("images"),
            now -> now > asked + 3);
    assertThat(kubernetes.get(CLOUD).at("metadata", "resourceVersion").text())
        .isEqualTo(cloud.at("metadata", "resourceVersion").text());
  }
}
