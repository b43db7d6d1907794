package dev.isobar.e2e.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.InstanceObservation.State;
import dev.isobar.e2e.plane.Alone;
import dev.isobar.provider.external.Creation;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Response;
import dev.isobar.testbed.fault.Fault;
import dev.isobar.testbed.fault.Fault.When;
import dev.isobar.testbed.fault.FaultProxy;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One machine, no more and no less, whatever goes wrong on the way to a real Nova and Neutron. */
@ResourceLock(value = Alone.OPENSTACK, mode = ResourceAccessMode.READ)
@OnOpenStack
@org.junit.jupiter.api.Order(3)
final class OpenStackFaultsTest extends FaultyLab {
  static Stream<Arguments> faultsOfTheCreation() {
    return Stream.of(
        Arguments.of("lost before", new Fault.Drop(When.BEFORE), "Unknown"),
        Arguments.of("reset before", new Fault.Reset(When.BEFORE), "Unknown"),
        Arguments.of("answer lost", new Fault.Drop(When.AFTER), "Unknown"),
        Arguments.of("answer reset", new Fault.Reset(When.AFTER), "Unknown"),
        Arguments.of("answer cut", new Fault.Truncate(0.5), "Unknown"),
        Arguments.of("a balancer gives up", Fault.Status.of(504).afterwards(), "Unknown"),
        Arguments.of("a balancer without servers", Fault.Status.of(503), "Unknown"),
        Arguments.of("too many requests", Fault.Status.of(429).with("Retry-After", "1"), "Halfway"),
        Arguments.of("an old token", Fault.Status.of(401), "Created"),
        Arguments.of("a slow answer", new Fault.Slow(40, Duration.ofMillis(20)), "Created"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faultsOfTheCreation")
  void oneMachineComesOfACreationThatIsTriedAgain(String what, Fault fault, String outcome) {
    nova.once(SERVERS, fault);
    Creation first = machines.create(order());
    assertThat(first.getClass().getSimpleName()).as("%s: %s", what, first).isEqualTo(outcome);
    String id = untilCreated();
    Lab.await(
        "the machine runs",
        this::seen,
        all -> all.stream().allMatch(machine -> machine.state() == State.Running));
    assertThat(seen()).as(what).extracting(ObservedMachine::id).containsExactly(id);
  }

  static Stream<Arguments> faultsOfPorts() {
    return Stream.of(
        Arguments.of("lost before", new Fault.Drop(When.BEFORE)),
        Arguments.of("answer lost", new Fault.Drop(When.AFTER)),
        Arguments.of("answer cut", new Fault.Truncate(0.7)),
        Arguments.of("a balancer gives up", Fault.Status.of(502).afterwards()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faultsOfPorts")
  void aPortThatWasMadeUnnoticedIsUsed(String what, Fault fault) {
    neutron.once(PORTS, fault);
    assertThat(machines.create(order()))
        .as("%s: no server was asked for", what)
        .isInstanceOfSatisfying(
            Creation.Abandoned.class,
            given -> assertThat(given.failure()).isInstanceOf(Failure.CloudUnreachable.class));
    String id = untilCreated();
    Lab.await("the machine runs", () -> seen().getFirst().state(), State.Running::equals);
    assertThat(seen()).extracting(ObservedMachine::id).containsExactly(id);
    assertThat(machines.release(subject()))
        .as("one port, and the machine has it")
        .isInstanceOfSatisfying(
            Response.Answered.class, answer -> assertThat((List<?>) answer.value()).hasSize(1));
  }

  static Stream<Arguments> faultsOfLooking() {
    return Stream.of(
        Arguments.of("answer lost", new Fault.Drop(When.AFTER), Failure.CloudUnreachable.class),
        Arguments.of("answer cut", new Fault.Truncate(0.5), Failure.CloudUnreachable.class),
        Arguments.of("a balancer gives up", Fault.Status.of(504), Failure.CloudUnreachable.class),
        Arguments.of("Nova fails", Fault.Status.of(500), Failure.ProviderError.class),
        Arguments.of("too many requests", Fault.Status.of(429), Failure.Throttled.class));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faultsOfLooking")
  void whatCannotBeSeenIsNeverTakenForNothing(
      String what, Fault fault, Class<? extends Failure> failure) {
    // Nova's answer to who searches, and to who makes sure that nothing is down.
    for (String request : List.of("GET .*/servers/detail.*", "GET .*/servers")) {
      nova.times(20, request, fault); // the JDK asks again by itself when a connection ends
      assertThat(machines.observe(subject()))
          .as("%s to %s", what, request)
          .isInstanceOfSatisfying(
              Response.Failed.class, failed -> assertThat(failed.failure()).isInstanceOf(failure));
      nova.heal();
    }
    assertThat(machines.observe(subject())).isEqualTo(Response.of(List.of()));
  }

  @Test
  void aTokenThatIsNoLongerAcceptedIsReplacedOnce() {
    assertThat(machines.list()).isInstanceOf(Response.Answered.class);
    nova.once("GET .*", Fault.Status.of(401));
    assertThat(machines.list()).isInstanceOf(Response.Answered.class);
    assertThat(keystone.log())
        .extracting(FaultProxy.Passed::line)
        .containsExactly("POST /v3/auth/tokens", "POST /v3/auth/tokens");
    nova.times(2, "GET .*", Fault.Status.of(401));
    assertThat(machines.list())
        .isInstanceOfSatisfying(
            Response.Failed.class,
            failed ->
                assertThat(failed.failure()).isInstanceOf(Failure.AuthenticationFailed.class));
  }

  @Test
  void aDeletionWhoseAnswerIsLostIsRepeated() {
    String id = untilCreated();
    nova.once("DELETE .*", new Fault.Drop(When.AFTER));
    assertThat(machines.delete(subject(), id)).isInstanceOf(Effect.Failed.class);
    assertThat(machines.delete(subject(), id)).isEqualTo(new Effect.Accepted());
    Lab.await("no machine is left", this::seen, List::isEmpty);
    neutron.once("DELETE .*/ports/.*", new Fault.Reset(When.AFTER));
    assertThat(machines.release(subject())).isInstanceOf(Response.Failed.class);
    assertThat(machines.release(subject())).isEqualTo(Response.of(List.of()));
  }
}
