package dev.isobar.e2e.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.e2e.plane.Alone;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.provider.external.Creation;
import dev.isobar.provider.external.CreationToken;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.FakeCloud;
import dev.isobar.provider.external.Offer;
import dev.isobar.provider.external.Order;
import dev.isobar.provider.external.Subject;
import dev.isobar.provider.external.Wishes;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.plane.ControlPlane;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What a ProviderConfig tells of machines without an Instance. */
@OnControlPlane
@ResourceLock(Alone.PROVIDER)
final class OrphanAuditTest {
  private static final Kind DEFINITION = Kind.CUSTOM_RESOURCE_DEFINITION;

  private final ControlPlane plane = Planes.machines();
  private final Kubernetes kubernetes = plane.kubernetes();
  private final Await await = Await.PATIENT;
  private final CloudHost cloud = new CloudHost();

  @AfterEach
  void end() {
    cloud.close();
  }

  private String machine(String uid, String installation) {
    var subject =
        new Subject(
            uid,
            "lab",
            "gone",
            Optional.empty(),
            Map.of(Subject.UID_TAG, uid, Subject.INSTALLATION_TAG, installation));
    var order =
        new Order(
            subject,
            CreationToken.of(uid, 1),
            new Offer("small", Optional.empty()),
            Wishes.machine("small", "ubuntu"),
            Optional.empty(),
            Optional.empty());
    return switch (cloud.with(fake -> fake.create(order))) {
      case Creation.Created(var id) -> id;
      case Creation.Refused(var failure) -> throw new AssertionError(failure);
      case Creation.Halfway(var failure) -> throw new AssertionError(failure);
      case Creation.Abandoned(var failure) -> throw new AssertionError(failure);
      case Creation.Unknown(var failure) -> throw new AssertionError(failure);
    };
  }

  @Test
  void itNamesMachinesWithoutAnInstanceAndTouchesNone() {
    String ours =
        kubernetes
            .get(DEFINITION.named("instances.compute.isobar.dev"))
            .at("metadata", "uid")
            .text()
            .orElseThrow();
    String orphan = machine("uid-gone", ours);
    String theirs = machine("uid-theirs", "another-cluster");
    InstanceScene scene = InstanceScene.set(kubernetes, "orphans");
    Reference config = scene.config("cloud", "right");
    Reference instance = scene.instance("one", config);
    ProviderProcess provider = ProviderProcess.start(plane, "provider-orphans", cloud, "--poll=3s");
    Tree told =
        await.until(
            kubernetes,
            config,
            "tells of the orphan",
            Conditions.is("Orphaned", "True", "OrphanedMachines"));
    String words =
        "1 machine is marked as made for an Instance that does not exist: "
            + orphan
            + " of lab/gone; nothing deletes it, see isobar orphans";
    assertThat(InstanceScene.condition(told, "Orphaned"))
        .isEqualTo("True/OrphanedMachines: " + words);
    var _ =
        await.until(
            "an event tells it",
            () -> scene.events(config),
            events -> events.equals(List.of("Warning OrphanedMachines: " + words)));
    assertThat(provider.metrics())
        .contains(
            "isobar_orphaned_machines{provider=\"OpenStack\",region=\"RegionOne\","
                + "config=\"ProviderConfig orphans/cloud\"} 1");
    var _ = await.until(kubernetes, instance, "is Ready", Conditions.is("Ready", "True"));
    provider.process().stop();
    assertThat(provider.forbidden()).isEmpty();
    assertThat(cloud.<List<String>>with(FakeCloud::live)).contains(orphan, theirs).hasSize(3);

    assertThat(cloud.<Effect>with(fake -> fake.delete(subject("uid-gone"), orphan)))
        .isEqualTo(new Effect.Accepted());
    ProviderProcess next = ProviderProcess.start(plane, "provider-orphans", cloud, "--poll=3s");
    var _ =
        await.until(
            kubernetes,
            config,
            "tells that there is none",
            Conditions.is("Orphaned", "False", "NoOrphans"));
    kubernetes.delete(instance);
    await.untilGone(kubernetes, instance);
    next.process().stop();
  }

  private static Subject subject(String uid) {
    return new Subject(uid, "lab", "gone", Optional.empty(), Map.of());
  }
}
