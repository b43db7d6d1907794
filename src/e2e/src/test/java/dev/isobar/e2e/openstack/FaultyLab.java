package dev.isobar.e2e.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.provider.external.Creation;
import dev.isobar.provider.external.CreationToken;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Machines;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Offer;
import dev.isobar.provider.external.Order;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.Subject;
import dev.isobar.provider.external.Wishes;
import dev.isobar.provider.openstack.OpenStackAccess;
import dev.isobar.testbed.fault.FaultProxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;

/**
 * A machine in a project behind proxies. Suites of it may run beside each other: each looks at what
 * bears its own UID, and at nothing else.
 */
abstract class FaultyLab {
  static final String SERVERS = "POST .*/servers";
  static final String PORTS = "POST .*/ports";

  /** One request is held back that long; a busy machine takes many seconds for any other. */
  private static final Duration PATIENCE = Duration.ofSeconds(45);

  final FaultProxy keystone = FaultProxy.of(Lab.cloud().address("keystone"));
  final FaultProxy nova = FaultProxy.of(Lab.cloud().address("nova"));
  final FaultProxy neutron = FaultProxy.of(Lab.cloud().address("neutron"));
  final Machines machines = open();
  final String uid = UUID.randomUUID().toString();

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
  final void end() {
    Stream.of(keystone, nova, neutron).forEach(FaultProxy::heal);
    for (ObservedMachine machine : seen()) {
      assertThat(machines.delete(subject(), machine.id())).isEqualTo(new Effect.Accepted());
    }
    Lab.await("no machine is left", this::seen, List::isEmpty);
    Lab.await("nothing remains", () -> machines.release(subject()), Response.of(List.of())::equals);
    Stream.of(keystone, nova, neutron).forEach(FaultProxy::close);
  }

  Subject subject() {
    return new Subject(uid, "lab", "faults-" + uid, Optional.empty(), Map.of(Subject.UID_TAG, uid));
  }

  Order order() {
    return order(Wishes.machine("m1.tiny", Lab.cloud().id("image")));
  }

  Order order(InstanceParameters wanted) {
    return order(wanted, 1);
  }

  Order order(InstanceParameters wanted, long creation) {
    return new Order(
        subject(),
        CreationToken.of(uid, creation),
        new Offer("m1.tiny", Optional.empty()),
        wanted,
        Optional.empty(),
        Optional.empty());
  }

  List<ObservedMachine> seen() {
    return switch (machines.observe(subject())) {
      case Response.Answered<List<ObservedMachine>>(var all) -> all;
      case Response.Failed<List<ObservedMachine>>(var failure) -> throw new AssertionError(failure);
    };
  }

  /** What the provider does when it does not know: the same creation, with the same token. */
  String untilCreated() {
    Lab.await(
        "the cloud takes requests",
        () -> machines.observe(subject()),
        Response.Answered.class::isInstance);
    Creation again = machines.create(order());
    assertThat(again).isInstanceOf(Creation.Created.class);
    return ((Creation.Created) again).id();
  }
}
