package dev.isobar.e2e.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.CloudObject;
import dev.isobar.apis.compute.InstanceObservation.Deviation;
import dev.isobar.apis.compute.InstanceObservation.State;
import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.NetworkInterface;
import dev.isobar.apis.compute.NetworkInterface.Acceleration;
import dev.isobar.apis.compute.NetworkInterface.PublicAddress;
import dev.isobar.e2e.plane.Alone;
import dev.isobar.provider.external.Belonging;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Creation;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.Wishes;
import dev.isobar.testbed.fault.Fault;
import dev.isobar.testbed.fault.Fault.When;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What Nova and Neutron carry out long after the provider has given it up. */
@ResourceLock(value = Alone.OPENSTACK, mode = ResourceAccessMode.READ)
@OnOpenStack
@org.junit.jupiter.api.Order(3)
final class OpenStackLateTest extends FaultyLab {
  @Test
  void aRequestThatIsCarriedOutAfterTheSecondOneMakesNoSecondMachine() {
    var gate = new CountDownLatch(1);
    nova.once(SERVERS, new Fault.Hold(gate));
    assertThat(machines.create(order())).isInstanceOf(Creation.Unknown.class);
    assertThat(seen()).as("the request is still under way").isEmpty();
    String id = untilCreated();
    Lab.await("the machine runs", () -> seen().getFirst().state(), State.Running::equals);
    gate.countDown();
    Lab.await(
        "Nova has answered both requests",
        nova::log,
        all ->
            all.stream().filter(one -> one.line().matches(SERVERS) && one.executed()).count() == 2);
    assertThat(seen())
        .as("the late request finds its port in use")
        .extracting(ObservedMachine::id)
        .containsExactly(id);
  }

  /** Whether Nova refuses the late one or accepts both and fails one is up to the moment. */
  @Test
  void ofTwoRequestsInTheSameSecondsOneMachineStaysAndHasItsPort() {
    var gate = new CountDownLatch(1);
    nova.once(SERVERS, new Fault.Hold(gate));
    assertThat(machines.create(order())).isInstanceOf(Creation.Unknown.class);
    nova.once(SERVERS, new Fault.Meanwhile(When.BEFORE, gate::countDown));
    var _ = untilCreated();
    Lab.await(
        "both requests have come to their ends",
        this::seen,
        all ->
            nova.log().stream().filter(one -> one.line().matches(SERVERS) && one.executed()).count()
                    == 2
                && all.stream().anyMatch(one -> one.state() == State.Running)
                && all.stream()
                    .allMatch(one -> one.state() == State.Running || one.state() == State.Error));
    String stays =
        seen().stream()
            .filter(one -> one.state() == State.Running)
            .map(ObservedMachine::id)
            .findFirst()
            .orElseThrow();
    for (ObservedMachine other : seen()) {
      if (!other.id().equals(stays)) {
        assertThat(machines.delete(subject(), other.id())).isEqualTo(new Effect.Accepted());
      }
    }
    Lab.await("one is left", this::seen, all -> all.size() == 1);
    Lab.await("all is well", this::mendedAndTidied, new Effect.Accepted()::equals);
    assertThat(ports()).extracting(Belonging::machine).containsExactly(Optional.of(stays));
  }

  /** What Nova may do when it fails the second of two such requests. */
  @Test
  void aPortThatNovaTookFromTheMachineIsGivenBack() {
    String id = untilCreated();
    Lab.await("the machine runs", () -> seen().getFirst().state(), State.Running::equals);
    List<Belonging> before = ports();
    assertThat(before).extracting(Belonging::machine).containsExactly(Optional.of(id));
    try (var operator = new Operator(Lab.cloud())) {
      operator.unbinds(before.getFirst().id());
    }
    assertThat(ports()).extracting(Belonging::machine).containsExactly(Optional.empty());
    assertThat(machines.tidy(subject()))
        .as("it is not taken for one too many")
        .isInstanceOf(Effect.Failed.class);
    Lab.await("all is well", this::mendedAndTidied, new Effect.Accepted()::equals);
    assertThat(ports()).isEqualTo(before);
    assertThat(seen()).extracting(ObservedMachine::id).containsExactly(id);
  }

  /** What the provider does with each look once nothing can come late any more. */
  private Effect mendedAndTidied() {
    InstanceParameters wanted = order().wanted();
    ObservedMachine machine = seen().getFirst();
    return switch (machines.compare(subject(), wanted, machine)) {
      case Response.Answered<List<Deviation>>(var all) when all.isEmpty() ->
          machines.tidy(subject());
      case Response.Answered<List<Deviation>>(var all) ->
          machines.update(subject(), wanted, machine, all) instanceof Effect.Failed failed
              ? stoppedIfSaid(machine, failed)
              : new Effect.Failed(new Failure.Busy(CloudWords.ours("mended: " + all)));
      case Response.Failed<List<Deviation>>(var failure) -> throw new AssertionError(failure);
    };
  }

  /**
   * Nova looks once a minute what it has lost; if it did so just now, a person is asked to help.
   */
  private static Effect stoppedIfSaid(ObservedMachine machine, Effect.Failed failed) {
    if (machine.state() == State.Running && String.valueOf(failed).contains("stop it")) {
      try (var operator = new Operator(Lab.cloud())) {
        operator.stops(machine.id());
      }
    }
    return failed;
  }

  static Stream<Arguments> whatComesLate() {
    return Stream.of(
        Arguments.of(PORTS, List.of("port")),
        Arguments.of("POST .*/floatingips", List.of("port", "public address")));
  }

  /** The provider waits with the release until nothing can come any more. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("whatComesLate")
  void whatIsMadeAfterItWasGivenUpIsReleased(String request, List<String> kinds) {
    var gate = new CountDownLatch(1);
    neutron.once(request, new Fault.Hold(gate));
    assertThat(machines.create(order(reachable())))
        .as("no server was asked for, but something may still come")
        .isInstanceOf(Creation.Abandoned.class);
    assertThat(seen()).isEmpty();
    gate.countDown();
    Lab.await("it has come", this::belongings, kinds::equals);
    Lab.await("nothing remains", () -> machines.release(subject()), Response.of(List.of())::equals);
    assertThat(belongings()).isEmpty();
  }

  /** The next creation has made its own meanwhile. */
  @Test
  void whatComesAfterAnotherHasTakenItsPlaceIsTidiedAway() {
    var gate = new CountDownLatch(1);
    neutron.once("POST .*/floatingips", new Fault.Hold(gate));
    assertThat(machines.create(order(reachable()))).isInstanceOf(Creation.Abandoned.class);
    assertThat(machines.create(order(reachable(), 2))).isInstanceOf(Creation.Created.class);
    Lab.await("the machine runs", () -> seen().getFirst().state(), State.Running::equals);
    List<String> own = List.of("port", "public address");
    assertThat(belongings()).isEqualTo(own);
    gate.countDown();
    Lab.await(
        "Neutron has answered both requests",
        neutron::log,
        all ->
            all.stream()
                    .filter(one -> one.line().matches("POST .*/floatingips") && one.executed())
                    .count()
                == 2);
    assertThat(belongings())
        .as("Neutron refuses the late address: the port it shall lead to is gone")
        .isEqualTo(own);
    neutron.once(PORTS, new Fault.Drop(When.AFTER));
    assertThat(machines.create(order(reachable(), 3))).isInstanceOf(Creation.Abandoned.class);
    assertThat(belongings()).isEqualTo(List.of("port", "port", "public address"));
    ObservedMachine machine = seen().getFirst();
    assertThat(machines.tidy(subject())).isEqualTo(new Effect.Accepted());
    assertThat(belongings()).isEqualTo(own);
    assertThat(seen()).containsExactly(machine);
  }

  private static InstanceParameters reachable() {
    var outside = new CloudObject(Optional.of("outside"), Optional.empty());
    return Wishes.at(
        Wishes.machine("m1.tiny", Lab.cloud().id("image")),
        new NetworkInterface(
            "primary",
            Optional.empty(),
            Optional.of(new CloudObject(Optional.of("lab"), Optional.empty())),
            Optional.empty(),
            List.of(),
            Optional.of(new PublicAddress(Optional.of(outside))),
            Acceleration.None));
  }

  /** Kinds of what there is for the Instance besides machines. */
  private List<String> belongings() {
    return belonging().stream().map(Belonging::kind).sorted().toList();
  }

  private List<Belonging> ports() {
    return belonging().stream().filter(one -> one.kind().equals("port")).toList();
  }

  private List<Belonging> belonging() {
    return switch (machines.belongings()) {
      case Response.Answered<List<Belonging>>(var all) ->
          all.stream().filter(one -> one.uid().equals(uid)).toList();
      case Response.Failed<List<Belonging>>(var failure) -> throw new AssertionError(failure);
    };
  }
}
