package dev.isobar.provider.reconcile;

import static dev.isobar.provider.reconcile.World.KEY;
import static dev.isobar.provider.reconcile.World.UID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.InstanceParameters.PowerState;
import dev.isobar.apis.compute.InstanceSpec.RecreatePolicy;
import dev.isobar.apis.compute.SecretEntry;
import dev.isobar.apis.compute.StatusCondition;
import dev.isobar.provider.decide.Annotations;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Subject;
import dev.isobar.provider.external.Wishes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is done, and told, when only a part of what there is can be seen or stored. */
final class HalfSeenTest {
  private static final ObjectKey COPY = new ObjectKey("lab", "copy");

  private final World world = new World(false);
  private final World.Process provider = world.process();

  private void apply(Map<String, String> tags) {
    world.api.apply(
        KEY,
        UID,
        World.spec(
            Wishes.machine(List.of("small"), "ubuntu", List.of(), tags, PowerState.Running)));
  }

  private void settle(Map<String, String> tags) {
    apply(tags);
    provider.work(Duration.ofMinutes(3));
    assertThat(world.conditions()).containsEntry("Ready", "True/Available");
  }

  /** One whose manifest was copied with its annotations. */
  private void copy() {
    world.api.apply(COPY, "copy-uid", World.spec(Wishes.machine("small", "ubuntu")));
    world.api.annotate(COPY, Annotations.EXTERNAL_NAME, "m-1");
  }

  private StatusCondition syncedOfCopy() {
    return world.api.get(COPY).orElseThrow().status().conditions().stream()
        .filter(one -> one.type().equals("Synced"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whoHasNotReadAllInstancesTakesNobodysMachine() {
    settle(Map.of());
    copy();
    int before = world.cloud.calls().size();
    provider.store.sync();
    provider.store.forgetAllBut(COPY);
    assertThat(provider.pass(COPY)).isEqualTo(Duration.ofSeconds(1));
    assertThat(syncedOfCopy().reason()).isEqualTo("Starting");
    assertThat(world.cloud.calls().subList(before, world.cloud.calls().size()))
        .containsOnly("observe");
    provider.store.sync();
    Duration _ = provider.pass(COPY);
    assertThat(syncedOfCopy().reason()).as("once all are read").isEqualTo("InvalidConfiguration");
  }

  @Test
  void norDeletesIt() {
    settle(Map.of());
    world.api.apply(COPY, "copy-uid", World.spec(Wishes.machine("small", "ubuntu")));
    for (int pass = 0; pass < 12; pass++) {
      provider.store.sync();
      world.clock.advance(provider.pass(COPY));
    }
    assertThat(world.cloud.live()).as("it has a machine of its own").hasSize(2);
    world.api.annotate(COPY, Annotations.EXTERNAL_NAME, "m-1");
    world.api.delete(COPY);
    for (int pass = 0; pass < 5; pass++) {
      provider.store.sync();
      provider.store.forgetAllBut(COPY);
      world.clock.advance(provider.pass(COPY));
    }
    assertThat(world.cloud.live()).contains("m-1");
    assertThat(syncedOfCopy().reason()).isEqualTo("Starting");
  }

  /** Whoever may only look needs to know nothing of others. */
  @Test
  void whoOnlyLooksDoesSoAtOnce() {
    settle(Map.of());
    world.api.apply(
        COPY,
        "copy-uid",
        World.spec(Wishes.machine("small", "ubuntu"), RecreatePolicy.Always, List.of("Observe")));
    world.api.annotate(COPY, Annotations.EXTERNAL_NAME, "m-1");
    provider.store.sync();
    for (int pass = 0; pass < 3; pass++) {
      provider.store.forgetAllBut(COPY);
      world.clock.advance(provider.pass(COPY));
      provider.store.sync();
    }
    assertThat(syncedOfCopy().reason()).isEqualTo("ReconcileSuccess");
  }

  @Test
  void aMachineThatSomebodyElseMarkedIsReadyForNobodyButHim() {
    settle(Map.of());
    var thief = new ObjectKey("lab", "thief");
    world.api.apply(thief, "thief-uid", World.spec(Wishes.machine("small", "ubuntu")));
    world.cloud.remarkOutside(
        "m-1", new Subject("thief-uid", "lab", "thief", Optional.empty(), Map.of()));
    provider.work(Duration.ofMinutes(2));
    String problem =
        "machine m-1 is that of Instance lab/thief; correct annotation crossplane.io/external-name,"
            + " or set managementPolicies to [Observe] to look at it; if its mark is wrong, whoever"
            + " changed it sets tag isobar-uid to 5f1d7a0e-uid again, and unsets any other of that"
            + " name";
    assertThat(world.conditions())
        .isEqualTo(
            Map.of(
                "Ready",
                "False/Unavailable: " + problem,
                "Synced",
                "False/InvalidConfiguration: observe failed: "
                    + problem
                    + " (next try within a minute)"));
  }

  @Test
  void aMachineThatIsGoneIsToldAlthoughNothingCanBeStored() {
    settle(Map.of());
    world.cloud.deleteOutside("m-1");
    world.api.refuseToChange("the webhook of somebody refuses");
    provider.work(Duration.ofMinutes(2));
    assertThat(world.conditions())
        .isEqualTo(
            Map.of(
                "Ready",
                "False/Unavailable: machine m-1 is not shown any more, and nobody saw it go",
                "Synced",
                "False/ReconcileError: cannot store what is done next in this Instance, and does"
                    + " nothing without: the webhook of somebody refuses (next try within a"
                    + " minute)"));
    assertThat(world.object().orElseThrow().status().atProvider())
        .as("nothing else remembers that it was there")
        .isPresent();
  }

  /** It is hidden too long to be waited for, and the cloud has no other to give. */
  @Test
  void aMachineThatNoOtherOneReplacedIsStillMissingWhenItsInstanceIsDeleted() {
    settle(Map.of());
    world.cloud.refuse("small", new Failure.InsufficientCapacity(CloudWords.ours("no host")));
    world.cloud.hideFor(Duration.ofMinutes(4));
    provider.work(Duration.ofMinutes(2));
    assertThat(world.conditions())
        .containsEntry("Synced", "False/InsufficientCapacity: create failed: no host");
    world.api.delete(KEY);
    provider.work(Duration.ofSeconds(1));
    assertThat(world.object()).as("it is looked for").isPresent();
    provider.work(Duration.ofMinutes(4));
    assertThat(world.object()).isEmpty();
    assertThat(world.cloud.live()).isEmpty();
  }

  @Test
  void aMachineThatOneLookDoesNotShowIsNotReplaced() {
    settle(Map.of());
    world.cloud.hideFor(Duration.ofSeconds(20));
    world.api.annotate(KEY, Annotations.RECONCILE_REQUESTED_AT, "now");
    provider.work(Duration.ofSeconds(15));
    assertThat(world.conditions())
        .containsEntry(
            "Ready",
            "False/Unavailable: machine m-1 is not shown any more, and nobody saw it go; it is"
                + " looked for once more");
    provider.work(Duration.ofMinutes(5));
    assertThat(world.conditions())
        .isEqualTo(Map.of("Ready", "True/Available", "Synced", "True/ReconcileSuccess"));
    assertThat(world.object().orElseThrow().annotations())
        .doesNotContainKey(Annotations.MISSING_SINCE);
    assertThat(world.cloud.madeInAll()).isEqualTo(1);
  }

  /** It is looked for five minutes, and written of twice: that it is missing, and what is told. */
  @Test
  void aMachineThatIsGoneWithoutAWordHoldsADeletionUpForAWhile() {
    settle(Map.of());
    world.cloud.deleteOutside("m-1");
    world.api.delete(KEY);
    int before = world.api.statusWrites();
    provider.work(Duration.ofMinutes(4));
    assertThat(world.object()).isPresent();
    assertThat(world.api.statusWrites()).isEqualTo(before + 1);
    provider.work(Duration.ofMinutes(2));
    assertThat(world.object()).isEmpty();
  }

  @Test
  void whatDiffersIsMendedAlthoughTheSecretIsRefused() {
    world.api.refuseToPublish("Secret lab/one-address belongs to somebody else; name another");
    apply(Map.of("team", "eo"));
    provider.work(Duration.ofMinutes(2));
    world.cloud.retagOutside("m-1", Map.of("team", "none"));
    provider.work(Duration.ofMinutes(3));
    assertThat(world.cloud.calls()).contains("update");
    assertThat(world.conditions())
        .isEqualTo(
            Map.of(
                "Ready",
                "True/Available",
                "Synced",
                "False/ReconcileError: Secret lab/one-address belongs to somebody else; name"
                    + " another"));
  }

  /** One comes 100 s after it was asked for, when another one has been asked for. */
  @Test
  void aLateMachineGoesAsSoonAsItCanHowRarelyAnybodyLooks() {
    apply(Map.of());
    world.api.annotate(KEY, Annotations.POLL_INTERVAL, "24h");
    world.cloud.delayCreateOnce(Duration.ofSeconds(280));
    provider.work(Duration.ofMinutes(8));
    assertThat(world.cloud.madeInAll()).isEqualTo(2);
    assertThat(world.cloud.live()).hasSize(1);
  }

  /** The word Secret looks like one where it follows the path of a field. */
  @Test
  void aSecretThatIsMissingIsCalledASecret() {
    world.api.apply(
        KEY,
        UID,
        World.spec(
            Wishes.withKey(Wishes.machine("small", "ubuntu"), new SecretEntry("keys", "mine"))));
    provider.work(Duration.ofMinutes(1));
    assertThat(world.conditions())
        .containsEntry(
            "Synced",
            "False/InvalidConfiguration: create failed: Secret lab/keys, which"
                + " spec.forProvider.sshKey.publicKeySecretRef names, has no key mine; create it"
                + " (next try within a minute)");
  }

  @Test
  void aMachineThatCannotBeDeletedHoldsUpNoOther() {
    settle(Map.of());
    world.cloud.twin("m-1");
    world.api.delete(KEY);
    world.cloud.failOnce("delete", new Failure.Busy(CloudWords.ours("it is being backed up")));
    provider.store.sync();
    Duration _ = provider.pass();
    assertThat(world.cloud.live()).as("the first one stays for now").containsExactly("m-1");
    assertThat(world.conditions())
        .containsEntry("Ready", "False/Deleting: its machine shall go")
        .containsEntry(
            "Synced",
            "False/Busy: delete failed: it is being backed up (next try within a minute)");
  }
}
