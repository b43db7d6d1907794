package dev.isobar.e2e.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.e2e.plane.Alone;
import dev.isobar.provider.ec2.Wish;
import dev.isobar.provider.external.Creation;
import dev.isobar.provider.external.CreationToken;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Machines;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Offer;
import dev.isobar.provider.external.Order;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.Subject;
import dev.isobar.testbed.fault.Fault;
import dev.isobar.testbed.fault.Fault.When;
import dev.isobar.testbed.fault.FaultProxy;
import java.net.URI;
import java.time.Duration;
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

/** One machine, no more and no less, whatever goes wrong on the way to EC2. */
@ResourceLock(Alone.EC2)
final class Ec2FaultsTest {
  private static final StandInEc2 CLOUD = StandInEc2.shared();
  private static final String IMAGE = CLOUD.image("faults");
  private static final String RUN = "POST / RunInstances";

  private final FaultProxy proxy = FaultProxy.of(CLOUD.server().address().toString());
  private final Machines machines = CLOUD.machines(URI.create(proxy.address()));
  private final String uid = UUID.randomUUID().toString();
  private final Subject subject =
      new Subject(uid, "lab", "one", Optional.empty(), Map.of(Subject.UID_TAG, uid));

  @AfterEach
  void end() {
    proxy.heal();
    for (ObservedMachine machine : seen()) {
      assertThat(machines.delete(subject, machine.id())).isEqualTo(new Effect.Accepted());
    }
    StandInEc2.await("all is gone", this::seen, List::isEmpty);
    proxy.close();
  }

  private List<ObservedMachine> seen() {
    return switch (machines.observe(subject)) {
      case Response.Answered<List<ObservedMachine>>(var all) -> all;
      case Response.Failed<List<ObservedMachine>>(var failure) -> throw new AssertionError(failure);
    };
  }

  private Order order() {
    Wish wish = Wish.machine();
    wish.image = IMAGE;
    wish.type = "t3.micro";
    return new Order(
        subject,
        CreationToken.of(uid, 1),
        new Offer("t3.micro", Optional.empty()),
        wish.parameters(),
        Optional.empty(),
        Optional.empty());
  }

  private static Fault.Status says(When when, int status, String code) {
    return new Fault.Status(
        when,
        status,
        Map.of(),
        "<Response><Errors><Error><Code>%s</Code><Message>made by the test</Message></Error>"
                .formatted(code)
            + "</Errors></Response>");
  }

  static Stream<Arguments> faultsOfLaunches() {
    return Stream.of(
        Arguments.of("lost before", 1, new Fault.Drop(When.BEFORE), "Created"),
        Arguments.of("reset before", 1, new Fault.Reset(When.BEFORE), "Created"),
        Arguments.of("answer lost", 1, new Fault.Drop(When.AFTER), "Created"),
        Arguments.of("answer reset", 1, new Fault.Reset(When.AFTER), "Created"),
        Arguments.of("answer cut", 1, new Fault.Truncate(0.5), "Created"),
        Arguments.of("a fault of EC2's", 1, says(When.AFTER, 500, "InternalError"), "Created"),
        Arguments.of("a balancer gives up", 1, Fault.Status.of(504).afterwards(), "Created"),
        Arguments.of("slow", 1, new Fault.Slow(400, Duration.ofMillis(20)), "Created"),
        Arguments.of("two answers lost", 2, new Fault.Drop(When.AFTER), "Unknown"),
        Arguments.of("never arrives", 2, new Fault.Drop(When.BEFORE), "Unknown"),
        Arguments.of(
            "too many", 1, says(When.BEFORE, 503, "RequestLimitExceeded"), "Refused Throttled"),
        Arguments.of(
            "no capacity",
            1,
            says(When.BEFORE, 500, "InsufficientInstanceCapacity"),
            "Refused InsufficientCapacity"),
        Arguments.of(
            "a reply without a word", 1, Fault.Status.of(401), "Refused AuthenticationFailed"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faultsOfLaunches")
  void oneMachineComesOfALaunchThatIsTriedAgain(
      String what, int times, Fault fault, String outcome) {
    proxy.times(times, RUN, fault);
    assertThat(words(machines.create(order()))).as(what).isEqualTo(outcome);
    assertThat(words(machines.create(order()))).as("%s, again", what).isEqualTo("Created");
    assertThat(seen()).as(what).hasSize(1);
  }

  private static String words(Creation creation) {
    return switch (creation) {
      case Creation.Created _ -> "Created";
      case Creation.Unknown _ -> "Unknown";
      case Creation.Refused(var failure) -> "Refused " + failure.reason();
      case Creation.Halfway(var failure) -> "Halfway " + failure.reason();
      case Creation.Abandoned(var failure) -> "Abandoned " + failure.reason();
    };
  }

  @Test
  void aLaunchThatIsCarriedOutLateMakesNoSecondMachine() {
    var gate = new CountDownLatch(1);
    proxy.once(RUN, new Fault.Hold(gate));
    assertThat(words(machines.create(order()))).isEqualTo("Created");
    gate.countDown();
    StandInEc2.await(
        "both requests are carried out",
        proxy::log,
        all -> all.stream().filter(one -> one.line().equals(RUN) && one.executed()).count() == 2);
    assertThat(seen()).hasSize(1);
  }

  static Stream<Arguments> faultsOfLooking() {
    return Stream.of(
        Arguments.of("answers lost", new Fault.Drop(When.AFTER), "CloudUnreachable"),
        Arguments.of("answers cut", new Fault.Truncate(0.5), "CloudUnreachable"),
        Arguments.of("no balancer", Fault.Status.of(503), "CloudUnreachable"),
        Arguments.of("too many", says(When.BEFORE, 503, "RequestLimitExceeded"), "Throttled"),
        Arguments.of(
            "denied", says(When.BEFORE, 403, "UnauthorizedOperation"), "AuthenticationFailed"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faultsOfLooking")
  void whatCannotBeSeenIsNeverTakenForNothing(String what, Fault fault, String reason) {
    assertThat(words(machines.create(order()))).isEqualTo("Created");
    proxy.times(3, "POST / DescribeInstances", fault);
    String seen =
        switch (machines.observe(subject)) {
          case Response.Failed<List<ObservedMachine>>(var failure) -> failure.reason();
          case Response.Answered<List<ObservedMachine>>(var all) -> all.size() + " seen";
        };
    assertThat(seen).as(what).isEqualTo(reason);
    proxy.heal();
    proxy.once("POST / DescribeInstances", new Fault.Reset(When.AFTER));
    assertThat(seen()).as("one fault is got over").hasSize(1);
  }

  @Test
  void aDeletionWhoseAnswerIsLostIsDoneTwiceWithoutHarm() {
    assertThat(words(machines.create(order()))).isEqualTo("Created");
    proxy.once("POST / TerminateInstances", new Fault.Drop(When.AFTER));
    assertThat(machines.delete(subject, seen().getFirst().id())).isEqualTo(new Effect.Accepted());
    StandInEc2.await("it is gone", this::seen, List::isEmpty);
  }
}
