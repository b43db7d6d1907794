package dev.isobar.e2e.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.CloudObject;
import dev.isobar.apis.compute.InstanceObservation.State;
import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.NetworkInterface;
import dev.isobar.apis.compute.NetworkInterface.Acceleration;
import dev.isobar.apis.compute.NetworkInterface.PublicAddress;
import dev.isobar.e2e.plane.Alone;
import dev.isobar.provider.external.Belonging;
import dev.isobar.provider.external.Creation;
import dev.isobar.provider.external.CreationToken;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Machines;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Offer;
import dev.isobar.provider.external.Order;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.Subject;
import dev.isobar.provider.external.Wishes;
import dev.isobar.provider.openstack.OpenStackAccess;
import dev.isobar.testbed.fault.Fault;
import dev.isobar.testbed.fault.Fault.When;
import dev.isobar.testbed.fault.FaultProxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One machine, no more and no less, whatever goes wrong on the way to a real Nova and Neutron. */
@ResourceLock(Alone.OPENSTACK)
@OnOpenStack
@org.junit.jupiter.api.Order(3)
final class OpenStackFaultsTest {
  private static final String SERVERS = "POST .*/servers";
  private static final String PORTS = "POST .*/ports";

  /** One request is held back that long; a busy machine takes many seconds for any other. */
  private static final Duration PATIENCE = Duration.ofSeconds(45);

  private final FaultProxy keystone = FaultProxy.of(Lab.cloud().address("keystone"));
  private final FaultProxy nova = FaultProxy.of(Lab.cloud().address("nova"));
  private final FaultProxy neutron = FaultProxy.of(Lab.cloud().address("neutron"));
  private final Machines machines = open();
  private final String uid = UUID.randomUUID().toString();

  private Machines open() {
    return Lab.machines(
        Lab.cloud().cloudsYaml(),
        Map.of(
            "identity", keystone.address() + "/v3",
            "compute", nova.address() + "/v2.1",
            "network", neutron.address()),
        new OpenStackAccess(InstantSource.system(), PATIENCE));
  }

  @AfterEach
  void end() {
    Stream.of(keystone, nova, neutron).forEach(FaultProxy::heal);
    for (ObservedMachine machine : seen()) {
      assertThat(machines.delete(subject(), machine.id())).isEqualTo(new Effect.Accepted());
    }
    Lab.await("no machine is left", this::seen, List::isEmpty);
    Lab.await("nothing remains", () -> machines.release(subject()), Response.of(List.of())::equals);
    Stream.of(keystone, nova, neutron).forEach(FaultProxy::close);
  }

  private Subject subject() {
    return new Subject(uid, "lab", "faults-" + uid, Optional.empty(), Map.of(Subject.UID_TAG, uid));
  }

  private Order order() {
    return order(Wishes.machine("m1.tiny", Lab.cloud().id("image")));
  }

  private Order order(InstanceParameters wanted) {
    return order(wanted, 1);
  }

  private Order order(InstanceParameters wanted, long creation) {
    return new Order(
        subject(),
        CreationToken.of(uid, creation),
        new Offer("m1.tiny", Optional.empty()),
        wanted,
        Optional.empty(),
        Optional.empty());
  }

  private List<ObservedMachine> seen() {
    return switch (machines.observe(subject())) {
      case Response.Answered<List<ObservedMachine>>(var all) -> all;
      case Response.Failed<List<ObservedMachine>>(var failure) -> throw new AssertionError(failure);
    };
  }

  static Stream<Arguments> faultsOfTheCreation() {
    return Stream.of(
        Arguments.of("lost before", new Fault.Drop(When.BEFORE), "Unknown"),
        Arguments.of("reset before", new Fault.Reset(When.BEFORE), "Unknown"),
        Arguments.of("answer lost", new Fault.Drop(When.AFTER), "Unknown"),
        Arguments.of("answer reset", new Fault.Reset(When.AFTER), "Unknown"),
        Arguments.of("answer cut", new Fault.Truncate(0.5), "Unknown"),
        Arguments.of("a balancer gives up", Fault.Status.of(504).afterwards(), "Unknown"),
        Arguments.of("a balancer without servers", Fault.Status.of(503), "Unknown"),
        Arguments.of("too many requests", Fault.Status.of(429).with("Retry-After", "1"), "Refused"),
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

  /** What the provider does when it does not know: the same creation, with the same token. */
  private String untilCreated() {
    Lab.await(
        "the cloud takes requests",
        () -> machines.observe(subject()),
        Response.Answered.class::isInstance);
    Creation again = machines.create(order());
    assertThat(again).isInstanceOf(Creation.Created.class);
    return ((Creation.Created) again).id();
  }

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
    return switch (machines.belongings()) {
      case Response.Answered<List<Belonging>>(var all) ->
          all.stream().filter(one -> one.uid().equals(uid)).map(Belonging::kind).sorted().toList();
      case Response.Failed<List<Belonging>>(var failure) -> throw new AssertionError(failure);
    };
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
