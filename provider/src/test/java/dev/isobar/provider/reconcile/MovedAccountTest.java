package dev.isobar.provider.reconcile;

import static dev.isobar.provider.reconcile.World.KEY;
import static dev.isobar.provider.reconcile.World.UID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.provider.decide.Annotations;
import dev.isobar.provider.external.CallPoints;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.FakeCloud;
import dev.isobar.provider.external.Subject;
import dev.isobar.provider.external.Wishes;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Credentials come to lead elsewhere, or two clusters lead to the same machine. */
final class MovedAccountTest {
  private static final String OURS = "installation-of-ours";
  private static final String THEIRS = "installation-of-theirs";

  private final World world = new World(false);
  private final FakeCloud away = new FakeCloud(world.clock, false, "Fake/away/2");

  private void apply() {
    world.api.apply(KEY, UID, World.spec(Wishes.machine("small", "ubuntu")));
  }

  private World.Process there() {
    return world.new Process(CallPoints.QUIET, away);
  }

  private void workAsThoughBySomebodyElse(String installation, Duration time) {
    world.new Process(CallPoints.QUIET, world.cloud, Map.of(Subject.INSTALLATION_TAG, installation))
        .work(time);
  }

  /** As when the content of a Secret is another project's. */
  @Test
  void anotherAccountGetsNoMachineAndTheFirstOneKeepsIts() {
    apply();
    world.process().work(Duration.ofMinutes(2));
    there().work(Duration.ofMinutes(20));
    assertThat(world.conditions().get("Synced"))
        .isEqualTo(
            "False/InvalidConfiguration: machine m-1 is in account Fake/here/1, and"
                + " ClusterProviderConfig/default leads to Fake/away/2; give it back its former"
                + " credentials, or remove annotation isobar.dev/account to give the"
                + " machine up");
    world.api.delete(KEY);
    there().work(Duration.ofMinutes(20));
    assertThat(world.object()).as("its finalizer stays").isPresent();
    assertThat(away.calls()).allMatch(call -> call.matches("observe|list"));
    assertThat(world.cloud.live()).containsExactly("m-1");
    world.process().work(Duration.ofMinutes(3));
    assertThat(world.object()).isEmpty();
    assertThat(world.cloud.live()).isEmpty();
    assertThat(world.cloud.portsLeft()).isEmpty();
  }

  /** As when a quota is used up, and somebody turns to another project. */
  @Test
  void whatARefusedCreationLeftBehindIsNotForgotten() {
    world.cloud.refuse("small", new Failure.QuotaExceeded(CloudWords.ours("full")));
    world.cloud.refuseHalfway();
    apply();
    world.process().work(Duration.ofMinutes(2));
    there().work(Duration.ofMinutes(20));
    assertThat(world.conditions().get("Synced"))
        .isEqualTo(
            "False/InvalidConfiguration: a port, address or key pair of a refused creation may be"
                + " in account Fake/here/1, and ClusterProviderConfig/default leads to Fake/away/2;"
                + " give it back its former credentials, or remove annotation isobar.dev/account to"
                + " give it up");
    assertThat(away.madeInAll()).isZero();
    world.api.delete(KEY);
    there().work(Duration.ofMinutes(20));
    assertThat(world.object()).as("its finalizer stays").isPresent();
    world.process().work(Duration.ofMinutes(1));
    assertThat(world.object()).as("nothing more can come, so nothing is waited for").isEmpty();
    assertThat(world.cloud.portsLeft()).isEmpty();
  }

  /** Ports outlive the server that they were made for. */
  @Test
  void norIsWhatAMachineLeavesThatNeverRan() {
    world.cloud.breakDown("small", new Failure.InsufficientCapacity(CloudWords.ours("no host")));
    apply();
    world.process().work(Duration.ofSeconds(50));
    assertThat(world.cloud.live()).isEmpty();
    assertThat(world.cloud.portsLeft()).isNotEmpty();
    there().work(Duration.ofMinutes(20));
    assertThat(away.madeInAll()).isZero();
    assertThat(world.conditions().get("Synced"))
        .startsWith(
            "False/InvalidConfiguration: a port, address or key pair of a refused creation");
    world.api.delete(KEY);
    world.process().work(Duration.ofMinutes(1));
    assertThat(world.object()).isEmpty();
    assertThat(world.cloud.portsLeft()).isEmpty();
  }

  /** As after an upgrade from a version that did not remember accounts, or after an import. */
  @Test
  void whatRemembersNoAccountDoesSoOnceItsMachineIsSeen() {
    apply();
    world.process().work(Duration.ofMinutes(2));
    world.api.annotate(KEY, Annotations.ACCOUNT, "");
    world.api.annotate(KEY, Annotations.CONFIG, "");
    world.process().work(Duration.ofMinutes(2));
    assertThat(world.object().orElseThrow().annotations())
        .containsEntry(Annotations.ACCOUNT, "Fake/here/1")
        .containsEntry(Annotations.CONFIG, "ClusterProviderConfig/default");
    there().work(Duration.ofMinutes(20));
    assertThat(away.live()).isEmpty();
  }

  /** As when the pod's identity becomes that of another role, and a listing of the first serves. */
  @Test
  void whatWasListedInOneAccountIsNotRememberedInAnother() {
    var turning = new TurningCloud(world.cloud);
    World.Process provider = world.new Process(CallPoints.QUIET, turning);
    apply();
    provider.work(Duration.ofMinutes(3));
    provider.store.sync();
    Duration _ = provider.pass();
    turning.turnTo(away);
    stays(provider);
  }

  @Test
  void norWhatAnAnswerShowsThatWasUnderWay() {
    var turning = new TurningCloud(world.cloud);
    World.Process provider = world.new Process(CallPoints.QUIET, turning);
    apply();
    provider.work(Duration.ofMinutes(3));
    world.api.annotate(KEY, Annotations.RECONCILE_REQUESTED_AT, "now");
    turning.turnAfterALookTo(away);
    stays(provider);
  }

  private void stays(World.Process provider) {
    provider.store.sync();
    Duration _ = provider.pass();
    assertThat(world.conditions())
        .isEqualTo(
            Map.of(
                "Ready",
                "True/Available",
                "Synced",
                "False/Busy: observe failed: the credentials came to lead to another account while"
                    + " machines were looked at (next try within a minute)"));
    provider.work(Duration.ofMinutes(20));
    assertThat(world.object().orElseThrow().annotations())
        .containsEntry(Annotations.ACCOUNT, "Fake/here/1");
    assertThat(world.conditions().get("Synced")).startsWith("False/InvalidConfiguration");
    assertThat(away.madeInAll()).isZero();
    assertThat(world.cloud.live()).containsExactly("m-1");
  }

  @Test
  void whoGivesItsMachineUpGetsAnother() {
    apply();
    world.process().work(Duration.ofMinutes(2));
    world.api.annotate(KEY, Annotations.ACCOUNT, "");
    there().work(Duration.ofMinutes(5));
    assertThat(away.live()).containsExactly("m-1");
    assertThat(world.object().orElseThrow().annotations())
        .containsEntry(Annotations.ACCOUNT, "Fake/away/2");
  }

  /** As after the restoration of a backup in another cluster, while the first one still runs. */
  @Test
  void aMachineThatAnotherClusterKeepsIsNotTakenWithoutAWord() {
    apply();
    workAsThoughBySomebodyElse(THEIRS, Duration.ofMinutes(2));
    world.api.apply(KEY, "restored-uid", World.spec(Wishes.machine("small", "ubuntu")));
    world.api.annotate(KEY, Annotations.EXTERNAL_NAME, "m-1");
    workAsThoughBySomebodyElse(OURS, Duration.ofMinutes(5));
    assertThat(world.conditions().get("Synced"))
        .isEqualTo(
            "False/InvalidConfiguration: observe failed: machine m-1 is kept by another cluster"
                + " (installation installation-of-theirs) for Instance lab/one; set"
                + " managementPolicies to [Observe] to look at it, or, if that cluster keeps it no"
                + " more, annotation isobar.dev/take-over to that installation (next try within"
                + " a minute)");
    assertThat(world.cloud.calls()).noneMatch(call -> call.matches("update|delete"));
    world.api.annotate(KEY, Annotations.TAKE_OVER, THEIRS);
    workAsThoughBySomebodyElse(OURS, Duration.ofMinutes(5));
    assertThat(world.conditions()).containsEntry("Synced", "True/ReconcileSuccess");
    assertThat(world.cloud.madeInAll()).isEqualTo(1);
    world.api.delete(KEY);
    workAsThoughBySomebodyElse(OURS, Duration.ofMinutes(3));
    assertThat(world.object()).isEmpty();
    assertThat(world.cloud.live()).isEmpty();
  }

  @Test
  void whoIsDeletedLeavesAMachineToTheClusterThatKeepsIt() {
    apply();
    workAsThoughBySomebodyElse(THEIRS, Duration.ofMinutes(2));
    world.api.apply(KEY, "restored-uid", World.spec(Wishes.machine("small", "ubuntu")));
    world.api.annotate(KEY, Annotations.EXTERNAL_NAME, "m-1");
    workAsThoughBySomebodyElse(OURS, Duration.ofMinutes(2));
    world.api.delete(KEY);
    workAsThoughBySomebodyElse(OURS, Duration.ofMinutes(5));
    assertThat(world.object()).isEmpty();
    assertThat(world.cloud.live()).containsExactly("m-1");
  }
}
