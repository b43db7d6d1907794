package dev.isobar.e2e.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.e2e.plane.Alone;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.provider.external.FakeCloud;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.plane.ControlPlane;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Providers that are killed, ended and started again, alone and in pairs. */
@ResourceLock(Alone.PROVIDER)
@OnControlPlane
final class ReplicasTest {
  private static final String[] ELECTED = {
    "--poll=3s", "--leader-election", "--leader-election-lease=6s"
  };

  private final ControlPlane plane = Planes.machines();
  private final Kubernetes kubernetes = plane.kubernetes();
  private final Await await = Await.PATIENT;
  private final CloudHost cloud = new CloudHost();

  @AfterEach
  void end() {
    plane.processes().running().stream()
        .filter(process -> process.name().startsWith("provider-replica"))
        .forEach(process -> process.kill());
    cloud.close();
  }

  private void awaitReadyAndDelete(Reference instance) {
    var _ = await.until(kubernetes, instance, "is Ready", Conditions.is("Ready", "True"));
    kubernetes.delete(instance);
    await.untilGone(kubernetes, instance);
  }

  private void awaitCall(Predicate<String> call) {
    var _ =
        await.until(
            "the cloud is asked",
            () -> cloud.<Boolean>with(fake -> fake.calls().stream().anyMatch(call)),
            asked -> asked);
  }

  @Test
  void whenTheLeaderIsKilledTheOtherGoesOn() {
    ProviderProcess first = ProviderProcess.start(plane, "provider-replica-a", cloud, ELECTED);
    first.awaitLeading(await);
    ProviderProcess second = ProviderProcess.start(plane, "provider-replica-b", cloud, ELECTED);
    InstanceScene scene = InstanceScene.set(kubernetes, "killed");
    Reference instance = scene.instance("one", scene.config("cloud", "right"));
    awaitCall(call -> call.startsWith("create"));
    assertThat(second.leads()).isFalse();
    first.process().kill();
    second.awaitLeading(await);
    awaitReadyAndDelete(instance);
    assertThat(cloud.<Integer>with(FakeCloud::madeInAll)).isEqualTo(1);
    assertThat(cloud.<Integer>with(fake -> fake.live().size())).isZero();
  }

  @Test
  void whenTheLeaderIsEndedItHandsOver() {
    ProviderProcess first = ProviderProcess.start(plane, "provider-replica-c", cloud, ELECTED);
    first.awaitLeading(await);
    ProviderProcess second = ProviderProcess.start(plane, "provider-replica-d", cloud, ELECTED);
    first.process().stop();
    first.process().awaitSuccess(Duration.ofSeconds(1));
    second.awaitLeading(await);
  }

  @Test
  void killedAfterItAskedForAMachineItFindsThatOneAgain() {
    String[] alone = {"--poll=3s"};
    ProviderProcess first = ProviderProcess.start(plane, "provider-replica-e", cloud, alone);
    InstanceScene scene = InstanceScene.set(kubernetes, "restarted");
    Reference config = scene.config("cloud", "right");
    cloud.with(fake -> {
      fake.loseReplyOnce("create");
      return fake;
    });
    Reference instance = scene.instance("one", config);
    awaitCall(call -> call.startsWith("create"));
    first.process().kill();
    var _ = ProviderProcess.start(plane, "provider-replica-f", cloud, alone);
    awaitReadyAndDelete(instance);
    assertThat(cloud.<Integer>with(FakeCloud::madeInAll)).isEqualTo(1);
  }
}
