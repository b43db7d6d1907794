package dev.isobar.provider.reconcile;

import static dev.isobar.provider.reconcile.World.KEY;
import static dev.isobar.provider.reconcile.World.UID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.InstanceObservation.Deviation;
import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.InstanceParameters.PowerState;
import dev.isobar.apis.compute.InstanceSpec.RecreatePolicy;
import dev.isobar.apis.compute.InstanceStatus;
import dev.isobar.provider.decide.Annotations;
import dev.isobar.provider.decide.Managed;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Creation;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Subject;
import dev.isobar.provider.external.Wishes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whole lives of an Instance, as its users see them. */
final class InstanceLifeTest {
  private final World world = new World(false);

  private InstanceParameters wanted(Map<String, String> tags, PowerState power) {
    return Wishes.machine(List.of("small"), "ubuntu", List.of(), tags, power);
  }

  private void apply() {
    world.api.apply(KEY, UID, World.spec(wanted(Map.of(), PowerState.Running)));
  }

  private InstanceStatus status() {
    return world.object().orElseThrow().status();
  }

  @Test
  void fromPendingToDeleted() {
    apply();
    World.Process provider = world.process();
    provider.work(Duration.ofSeconds(1));
    assertThat(world.conditions())
        .isEqualTo(
            Map.of(
                "Ready", "False/Creating: the cloud is making machine m-1",
                "Synced", "True/ReconcileSuccess"));
    provider.work(Duration.ofSeconds(60));
    assertThat(world.conditions())
        .isEqualTo(Map.of("Ready", "True/Available", "Synced", "True/ReconcileSuccess"));
    assertThat(world.object().flatMap(Managed::externalName)).contains("m-1");
    assertThat(world.api.published()).contains("one-address {endpoint=10.0.0.1}");
    assertThat(status().observedGeneration()).contains(1L);
    world.api.delete(KEY);
    provider.work(Duration.ofSeconds(1));
    assertThat(world.conditions()).containsEntry("Ready", "False/Deleting: its machine is going");
    provider.work(Duration.ofMinutes(2));
    assertThat(world.object()).isEmpty();
    assertThat(world.cloud.live()).isEmpty();
    assertThat(world.cloud.portsLeft()).isEmpty();
    assertThat(world.api.events())
        .containsExactly(
            "Normal CreatedExternalResource: asked the cloud for machine m-1",
            "Normal DeletedExternalResource: asked the cloud to delete m-1");
  }

  /** An answer out of a listing of a while ago would be no look. */
  @Test
  void whoAsksForALookGetsOne() {
    apply();
    World.Process provider = world.process();
    provider.work(Duration.ofMinutes(3));
    provider.store.sync();
    Duration _ = provider.pass();
    world.cloud.deleteOutside("m-1");
    int before = world.cloud.calls().size();
    world.api.annotate(KEY, Annotations.RECONCILE_REQUESTED_AT, "now");
    provider.store.sync();
    Duration _ = provider.pass();
    assertThat(world.cloud.calls().subList(before, world.cloud.calls().size())).contains("observe");
    assertThat(status().lastHandledReconcileAt()).contains("now");
    assertThat(world.conditions()).doesNotContainEntry("Ready", "True/Available");
  }

  @Test
  void whoWantsMoreLooksThanOthersIsLookedAtByItself() {
    apply();
    World.Process provider = world.process();
    provider.work(Duration.ofMinutes(3));
    world.api.annotate(KEY, Annotations.POLL_INTERVAL, "5s");
    provider.work(Duration.ofSeconds(10));
    world.cloud.deleteOutside("m-1");
    provider.work(Duration.ofSeconds(6));
    assertThat(world.conditions()).doesNotContainEntry("Ready", "True/Available");
  }

  /** A copy of a manifest has the external name too; so has whoever mistypes it. */
  @Test
  void aMachineOfAnotherInstanceIsNeitherChangedNorDeleted() {
    apply();
    World.Process provider = world.process();
    provider.work(Duration.ofMinutes(1));
    var other = new ObjectKey("lab", "other");
    world.api.apply(other, "other-uid", World.spec(wanted(Map.of("a", "b"), PowerState.Running)));
    work(provider, other, 12);
    assertThat(world.cloud.live()).containsExactly("m-1", "m-2");
    world.api.annotate(other, Annotations.EXTERNAL_NAME, "m-1");
    work(provider, other, 3);
    assertThat(world.api.get(other).orElseThrow().status().conditions())
        .filteredOn(one -> one.type().equals("Synced"))
        .singleElement()
        .satisfies(synced -> {
          assertThat(synced.reason()).isEqualTo("InvalidConfiguration");
          assertThat(synced.message())
              .contains(
                  "observe failed: machine m-1 is that of Instance lab/one; correct annotation"
                      + " crossplane.io/external-name, or set managementPolicies to [Observe] to"
                      + " look at it; if its mark is wrong, whoever changed it sets tag"
                      + " isobar-uid to other-uid again, and unsets any other of that name (next"
                      + " try within a minute)");
        });
    world.api.delete(other);
    work(provider, other, 20);
    assertThat(world.api.get(other)).isEmpty();
    assertThat(world.cloud.live()).containsExactly("m-1");
    assertThat(world.cloud.calls()).noneMatch(call -> call.matches("update.*"));
    provider.work(Duration.ofMinutes(3));
    assertThat(world.conditions())
        .isEqualTo(Map.of("Ready", "True/Available", "Synced", "True/ReconcileSuccess"));
  }

  /** The tags that tell a name are for people, and people change them. */
  @Test
  void itIsNotEvenWhereItsTagsNameNobody() {
    apply();
    World.Process provider = world.process();
    provider.work(Duration.ofMinutes(1));
    world.cloud.remarkOutside("m-1", new Subject(UID, "", "", Optional.empty(), Map.of()));
    var copy = new ObjectKey("lab", "copy");
    world.api.apply(copy, "copy-uid", World.spec(wanted(Map.of(), PowerState.Running)));
    world.api.annotate(copy, Annotations.EXTERNAL_NAME, "m-1");
    work(provider, copy, 3);
    world.api.delete(copy);
    work(provider, copy, 20);
    assertThat(world.api.get(copy)).isEmpty();
    assertThat(world.cloud.live()).containsExactly("m-1");
    assertThat(world.cloud.calls()).doesNotContain("update", "delete");
  }

  /** Whoever edits the annotation means the other machine, not the end of this one. */
  @Test
  void anotherNameCostsNoMachine() {
    world.api.apply(
        KEY,
        UID,
        World.spec(
            wanted(Map.of(), PowerState.Running),
            RecreatePolicy.Always,
            List.of("Observe", "Create", "Update")));
    World.Process provider = world.process();
    provider.work(Duration.ofMinutes(2));
    Creation _ = world.cloud.create(World.order("m-2-uid", "taken"));
    world.api.annotate(KEY, Annotations.EXTERNAL_NAME, "m-2");
    provider.work(Duration.ofHours(2));
    String problem =
        "annotation crossplane.io/external-name names machine m-2, but machine m-1 is this"
            + " Instance's own; correct the annotation, or delete machine m-1 with the cloud's own"
            + " tools";
    assertThat(world.conditions())
        .isEqualTo(
            Map.of(
                "Ready",
                "False/Unavailable: " + problem,
                "Synced",
                "False/InvalidConfiguration: observe failed: "
                    + problem
                    + " (next try within a minute)"));
    assertThat(world.cloud.live()).containsExactly("m-1", "m-2");
    assertThat(world.cloud.calls()).doesNotContain("update", "delete");
    world.api.annotate(KEY, Annotations.EXTERNAL_NAME, "m-1");
    provider.work(Duration.ofMinutes(2));
    assertThat(world.conditions())
        .isEqualTo(Map.of("Ready", "True/Available", "Synced", "True/ReconcileSuccess"));
  }

  private void work(World.Process provider, ObjectKey key, int passes) {
    for (int pass = 0; pass < passes; pass++) {
      provider.store.sync();
      world.clock.advance(provider.pass(key));
    }
    provider.store.sync();
  }

  @Test
  void aSettledInstanceIsNeverWrittenAndIsSeenByListingOnly() {
    apply();
    World.Process provider = world.process();
    provider.work(Duration.ofMinutes(5));
    int writes = world.api.statusWrites();
    int calls = world.cloud.calls().size();
    provider.work(Duration.ofMinutes(30));
    assertThat(world.api.statusWrites()).isEqualTo(writes);
    assertThat(world.cloud.calls().subList(calls, world.cloud.calls().size()))
        .containsOnly("list", "compare");
  }

  @Test
  void aTroubleIsToldOnceHoweverLongItLasts() {
    world.cloud.refuse(
        "small", new Failure.InvalidConfiguration(CloudWords.ours("no image ubuntu")));
    apply();
    world.process().work(Duration.ofMinutes(20));
    assertThat(world.api.events())
        .containsExactly("Warning CannotCreateExternalResource: create failed: no image ubuntu");
    assertThat(world.conditions())
        .containsEntry(
            "Synced",
            "False/InvalidConfiguration: create failed: no image ubuntu (next try within a"
                + " minute)");
  }

  @Test
  void withoutCapacityEveryOfferRestsFromOneMinuteToTen() {
    world.cloud.refuse("small", new Failure.InsufficientCapacity(CloudWords.ours("no host")));
    apply();
    world.process().work(Duration.ofMinutes(60));
    // after 0, 1, 3, 7, 15, 25, 35, 45 and 55 minutes, give or take 5 %
    assertThat(world.cloud.calls()).filteredOn(call -> call.startsWith("create")).hasSize(9);
    assertThat(status().refusedOffers())
        .singleElement()
        .satisfies(offer -> {
          assertThat(offer.times()).isEqualTo(9);
          assertThat(offer.reason()).isEqualTo("InsufficientCapacity");
          assertThat(offer.message()).isEqualTo("no host");
        });
    assertThat(world.conditions())
        .isEqualTo(
            Map.of(
                "Ready", "False/Creating: no offer is free; see status.refusedOffers",
                "Synced", "False/InsufficientCapacity: create failed: no host"));
  }

  @Test
  void anOfferThatIsNotThereHoldsUpNoOther() {
    world.cloud.refuse(
        "old", new Failure.InvalidConfiguration(CloudWords.ours("no machine type old"), true));
    InstanceParameters both =
        Wishes.machine(List.of("old", "small"), "ubuntu", List.of(), Map.of(), PowerState.Running);
    world.api.apply(KEY, UID, World.spec(both));
    world.process().work(Duration.ofMinutes(2));
    assertThat(world.conditions()).containsEntry("Ready", "True/Available");
    assertThat(world.cloud.typeOf("m-1")).isEqualTo("small");
  }

  @Test
  void whatOtherHandsChangeIsMended() {
    world.api.apply(KEY, UID, World.spec(wanted(Map.of("team", "eo"), PowerState.Running)));
    World.Process provider = world.process();
    provider.work(Duration.ofMinutes(2));
    world.cloud.retagOutside("m-1", Map.of("team", "none"));
    provider.work(Duration.ofMinutes(3));
    assertThat(world.api.events())
        .contains("Normal UpdatedExternalResource: asked the cloud to mend spec.forProvider.tags");
    assertThat(status().atProvider().orElseThrow().deviations()).isEmpty();
  }

  @Test
  void whatCannotBeMendedIsReported() {
    apply();
    World.Process provider = world.process();
    provider.work(Duration.ofMinutes(2));
    world.api.edit(KEY, before -> Wishes.machine("small", "debian"));
    provider.work(Duration.ofMinutes(2));
    assertThat(world.conditions())
        .containsEntry(
            "Synced",
            "True/ReconcileSuccess: spec.forProvider.image differ from the machine, which cannot be"
                + " changed; make a new Instance");
    assertThat(status().atProvider().orElseThrow().deviations())
        .extracting(Deviation::field)
        .containsExactly("spec.forProvider.image");
    assertThat(world.cloud.calls()).doesNotContain("update");
  }

  @Test
  void aMachineIsStoppedOnDemand() {
    apply();
    World.Process provider = world.process();
    provider.work(Duration.ofMinutes(2));
    world.api.edit(KEY, before -> wanted(Map.of(), PowerState.Stopped));
    provider.work(Duration.ofMinutes(2));
    assertThat(world.conditions()).containsEntry("Ready", "True/Available");
    assertThat(status().atProvider().orElseThrow().rawState()).isEqualTo("STOPPED");
  }

  @Test
  void aLostMachineOfAKubernetesNodeStaysLost() {
    world.api.apply(
        KEY,
        UID,
        World.spec(wanted(Map.of(), PowerState.Running), RecreatePolicy.Never, List.of("*")));
    World.Process provider = world.process();
    provider.work(Duration.ofMinutes(2));
    world.cloud.deleteOutside("m-1");
    provider.work(Duration.ofMinutes(5));
    String lost =
        "False/Lost: machine m-1 is gone and spec.recreatePolicy is Never; delete this Instance, or"
            + " whatever owns it";
    assertThat(world.conditions()).isEqualTo(Map.of("Ready", lost, "Synced", lost));
    assertThat(world.cloud.madeInAll()).isEqualTo(1);
  }

  @Test
  void anExistingMachineIsOnlyLookedAt() {
    apply();
    world.process().work(Duration.ofMinutes(2));
    World other = world;
    other.api.delete(KEY);
    // The same machine under another object, which may only observe it.
    var importing = new ObjectKey("lab", "one");
    other.api.apply(
        importing,
        "another-uid",
        World.spec(
            wanted(Map.of(), PowerState.Running), RecreatePolicy.Always, List.of("Observe")));
    other.api.annotate(importing, Annotations.EXTERNAL_NAME, "m-1");
    int calls = other.cloud.calls().size();
    other.process().work(Duration.ofMinutes(5));
    assertThat(other.conditions()).containsEntry("Ready", "True/Available");
    assertThat(other.cloud.calls().subList(calls, other.cloud.calls().size()))
        .containsOnly("observe", "list");
    other.api.delete(importing);
    other.process().work(Duration.ofMinutes(2));
    assertThat(other.object()).isEmpty();
    assertThat(other.cloud.live()).containsExactly("m-1");
  }

  @Test
  void aRequestForALookIsAnsweredOnce() {
    apply();
    World.Process provider = world.process();
    provider.work(Duration.ofMinutes(2));
    world.api.annotate(KEY, Annotations.RECONCILE_REQUESTED_AT, "now-1");
    provider.work(Duration.ofMinutes(3));
    assertThat(status().lastHandledReconcileAt()).contains("now-1");
    assertThat(world.api.events())
        .filteredOn(event -> event.contains("ReconcileRequestHandled"))
        .hasSize(1);
  }

  @Test
  void aRequestForALookWaitsWhileAllIsPaused() {
    apply();
    World.Process provider = world.process();
    provider.work(Duration.ofMinutes(2));
    world.api.annotate(KEY, Annotations.PAUSED, "true");
    world.api.annotate(KEY, Annotations.RECONCILE_REQUESTED_AT, "now-1");
    provider.work(Duration.ofMinutes(3));
    assertThat(status().lastHandledReconcileAt()).isEmpty();
    assertThat(world.api.events()).noneMatch(event -> event.contains("ReconcileRequestHandled"));
    world.api.annotate(KEY, Annotations.PAUSED, "false");
    provider.work(Duration.ofMinutes(1));
    assertThat(status().lastHandledReconcileAt()).contains("now-1");
  }

  @Test
  void aSecretSomebodyElseOwnsIsReported() {
    world.api.refuseToPublish("Secret lab/one-address belongs to somebody else; name another");
    apply();
    world.process().work(Duration.ofMinutes(2));
    assertThat(world.conditions())
        .containsEntry(
            "Synced",
            "False/ReconcileError: Secret lab/one-address belongs to somebody else; name another");
  }
}
