package dev.isobar.provider.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.InstanceObservation.State;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.openstack.compute.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SightTest {
  @ParameterizedTest
  @CsvSource({
    "BUILD, spawning, Pending, it is being made",
    "ACTIVE, '', Running, it is on",
    "ACTIVE, image_snapshot, Running, what is done to it does not stop it",
    "ACTIVE, powering-off, Stopping, it is on the way",
    "ACTIVE, deleting, Terminating, it is on the way for good",
    "REBOOT, rebooting, Running, it comes back by itself",
    "SHUTOFF, '', Stopped, it is off",
    "SHUTOFF, powering-on, Stopped, it is still off",
    "PAUSED, '', Stopped, it does nothing",
    "SUSPENDED, '', Stopped, it does nothing",
    "SHELVED_OFFLOADED, '', Stopped, it is on no host",
    "RESCUE, '', Running, somebody repairs it",
    "REBUILD, rebuilding, Pending, it is being made anew",
    "ERROR, '', Error, the cloud gave up on it",
    "ERROR, deleting, Terminating, and it goes",
    "NEW_WORD, '', Pending, a word nobody knew when this was written"
  })
  void statusAndTaskMakeTheState(String status, String task, State state, String why) {
    assertThat(Sight.state(Servers.in(status, task))).as(why).isEqualTo(state);
  }

  @Test
  void aServerInErrorIsPendingUntilNovaSaysWhyOrAMinuteIsOver() {
    Server silent = Servers.in("ERROR", "");
    ObservedMachine soon = Sight.of(silent, "north", Opened.NOW.plusSeconds(59));
    assertThat(soon.state()).isEqualTo(State.Pending);
    assertThat(soon.fault()).isEmpty();
    ObservedMachine later = Sight.of(silent, "north", Opened.NOW.plusSeconds(60));
    assertThat(later.state()).isEqualTo(State.Error);
    assertThat(later.fault().orElseThrow().words().text())
        .isEqualTo("the server is in status ERROR, and Nova does not say why");
  }

  @ParameterizedTest
  @CsvSource({
    "UP, false, its service answers",
    "MAINTENANCE, false, an operator wants no new ones there",
    "DOWN, true, nobody knows whether it works",
    "UNKNOWN, true, nor here"
  })
  void aHostThatIsDownIsTold(String host, boolean told, String why) {
    ObservedMachine machine = Sight.of(Servers.on(host), "north", Opened.NOW);
    assertThat(machine.state()).isEqualTo(State.Running);
    assertThat(machine.facts().fault().isPresent()).as(why).isEqualTo(told);
  }

  @Test
  void aServerInRescueDoesNotItsWork() {
    assertThat(Sight.of(Servers.in("RESCUE", ""), "north", Opened.NOW).facts().fault())
        .contains(
            "it runs a rescue image; whoever repairs it ends that with openstack server unrescue");
  }

  @ParameterizedTest
  @CsvSource({
    "No valid host was found. , InsufficientCapacity, no host has room",
    "No valid host was found. There are not enough hosts available., InsufficientCapacity, filters",
    "Exceeded maximum number of retries. Exhausted all hosts available for retrying build failures"
        + " for instance x., InsufficientCapacity, every host failed",
    "Build of instance x aborted: Failed to allocate the network(s), ProviderError, a host's fault",
    "Build of instance x aborted: VolumeLimitExceeded: Maximum number of volumes allowed (10)"
        + " exceeded for quota 'volumes'., QuotaExceeded, Cinder's quota",
    "Build of instance x aborted: Volume type y could not be found., InvalidConfiguration, a name",
    "Build of instance x aborted: Image y is unacceptable: wrong, InvalidConfiguration, an image",
    "'', ProviderError, Nova keeps silent"
  })
  void faultsTellWhoMustAct(String message, String reason, String why) {
    assertThat(Faults.of(message).reason()).as(why).isEqualTo(reason);
  }
}
