package dev.isobar.e2e.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.e2e.plane.Alone;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.testbed.install.Publication;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.plane.ControlPlane;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A kind that comes later is worked on from then on, without a restart. */
@ResourceLock(Alone.EMPTY)
@OnControlPlane
final class SafeStartTest {
  private static final Reference DEFINITION =
      Kind.CUSTOM_RESOURCE_DEFINITION.named("instances.compute.isobar.dev");

  private final ControlPlane plane = Planes.empty();
  private final Kubernetes kubernetes = plane.kubernetes();
  private final Await await = Await.PATIENT;

  @Test
  void aKindThatComesLaterIsWorkedOn() {
    kubernetes.delete(DEFINITION);
    await.untilGone(kubernetes, DEFINITION);
    try (CloudHost cloud = new CloudHost()) {
      ProviderProcess provider = ProviderProcess.start(plane, "provider-gate", cloud, "--poll=3s");
      var _ =
          await.until(
              "it sees the other kinds",
              () -> log(provider),
              log -> log.contains("\"kind\":\"ProviderConfigUsage\""));
      assertThat(log(provider)).doesNotContain("\"kind\":\"Instance\"");
      Publication.read(plane.project().root().resolve("apis/instances/crd.yaml"))
          .installKinds(kubernetes);
      InstanceScene scene = InstanceScene.set(kubernetes, "later-kind");
      Reference config = scene.config("cloud", "right");
      Reference instance = scene.instance("one", config);
      var _ = await.until(kubernetes, instance, "is Ready", Conditions.is("Ready", "True"));
      go(instance, config);
      provider.process().stop();
    }
  }

  /** Neither Instances nor ClusterCleanups wait for Clouds. */
  @Test
  void cloudsMayComeLaterThanTheOthers() {
    Reference definition = Kind.CUSTOM_RESOURCE_DEFINITION.named("clouds.compute.isobar.dev");
    try (CloudHost cloud = new CloudHost()) {
      kubernetes.delete(definition);
      await.untilGone(kubernetes, definition);
      ProviderProcess provider = ProviderProcess.start(plane, "provider-cloudless", cloud);
      InstanceScene scene = InstanceScene.set(kubernetes, "cloudless");
      Reference config = scene.clusterConfig("cloudless", "right", Map.of());
      Reference instance = scene.instance("one", config);
      var _ = await.until(kubernetes, instance, "is Ready", Conditions.is("Ready", "True"));
      var _ =
          await.until(
              "it sees ClusterCleanups",
              () -> log(provider),
              log -> log.contains("\"kind\":\"ClusterCleanup\""));
      Publication.read(plane.project().root().resolve("apis/clouds/crd.yaml"))
          .installKinds(kubernetes);
      Reference found = DiscoveryTest.cloud(kubernetes, "found", Map.of(), "cloudless");
      var _ = await.until(kubernetes, found, "is Ready", Conditions.is("Ready", "True"));
      assertThat(provider.forbidden()).isEmpty();
      go(found, instance, config);
      provider.stop();
    }
  }

  private void go(Reference... all) {
    for (Reference one : all) {
      kubernetes.delete(one);
      await.untilGone(kubernetes, one);
    }
  }

  private static String log(ProviderProcess provider) {
    try {
      return Files.readString(provider.process().log());
    } catch (IOException unreadable) {
      throw new AssertionError("cannot read the provider's log", unreadable);
    }
  }
}
