package dev.isobar.e2e.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.CloudObject;
import dev.isobar.apis.compute.InstanceObservation.Deviation;
import dev.isobar.apis.compute.InstanceObservation.State;
import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.NetworkInterface;
import dev.isobar.apis.compute.NetworkInterface.Acceleration;
import dev.isobar.apis.compute.NetworkInterface.PublicAddress;
import dev.isobar.provider.ec2.Wish;
import dev.isobar.provider.external.Creation;
import dev.isobar.provider.external.CreationToken;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Machines;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Offer;
import dev.isobar.provider.external.Order;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.SecretBytes;
import dev.isobar.provider.external.Subject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Tag;

/** A machine of one Instance, and what it refers to. */
abstract class Ec2Scene {
  static final StandInEc2 CLOUD = StandInEc2.shared();
  static final Machines MACHINES = CLOUD.machines();
  static final String ZONE = "us-east-1a";
  private static final Tag NAME = Tag.builder().key("Name").value("gpu").build();

  /** An image; before it the rest was prepared as well. */
  static final String IMAGE = prepared();

  final String uid = UUID.randomUUID().toString();
  final Subject subject =
      new Subject(uid, "lab", "one", Optional.empty(), Map.of(Subject.UID_TAG, uid));

  private static String prepared() {
    var ec2 = CLOUD.operator();
    String vpc = ec2.createVpc(request -> request.cidrBlock("10.7.0.0/16")).vpc().vpcId();
    for (String zone : List.of(ZONE, "us-east-1b")) {
      String subnet =
          ec2.createSubnet(request ->
                  request
                      .vpcId(vpc)
                      .cidrBlock(zone.equals(ZONE) ? "10.7.0.0/20" : "10.7.16.0/20")
                      .availabilityZone(zone))
              .subnet()
              .subnetId();
      ec2.createTags(request -> request.resources(subnet).tags(NAME));
    }
    for (String name : List.of("nodes", "storage")) {
      ec2.createSecurityGroup(request -> request.groupName(name).description(name).vpcId(vpc));
    }
    ec2.createPlacementGroup(request -> request.groupName("ring").strategy("cluster"));
    return CLOUD.image("machines");
  }

  @AfterEach
  void behaveAgain() {
    CLOUD.server().behave("{\"invisible\": 0, \"capacity\": {}, \"vcpus\": 0, \"dies\": {}}");
    for (ObservedMachine machine : seen()) {
      assertThat(MACHINES.delete(subject, machine.id())).isEqualTo(new Effect.Accepted());
    }
    StandInEc2.await("all is gone", this::seen, List::isEmpty);
    assertThat(MACHINES.release(subject)).isEqualTo(Response.of(List.of()));
  }

  Order order(Consumer<Wish> saying, Optional<String> publicKey) {
    Wish wish = Wish.machine();
    wish.image = IMAGE;
    wish.type = "t3.micro";
    wish.zone = Optional.of(ZONE);
    saying.accept(wish);
    return new Order(
        subject,
        CreationToken.of(uid, 1),
        new Offer(wish.type, wish.zone),
        wish.parameters(),
        wish.userData,
        publicKey.map(text -> new SecretBytes(text.getBytes(StandardCharsets.UTF_8))));
  }

  Order order(Consumer<Wish> saying) {
    return order(saying, Optional.empty());
  }

  static String made(Order order) {
    return switch (MACHINES.create(order)) {
      case Creation.Created(var id) -> id;
      case Creation.Refused(var failure) -> throw new AssertionError(failure);
      case Creation.Halfway(var failure) -> throw new AssertionError(failure);
      case Creation.Abandoned(var failure) -> throw new AssertionError(failure);
      case Creation.Unknown(var failure) -> throw new AssertionError(failure);
    };
  }

  List<ObservedMachine> seen() {
    return answered(MACHINES.observe(subject));
  }

  static <T> T answered(Response<T> answer) {
    return switch (answer) {
      case Response.Answered<T>(var value) -> value;
      case Response.Failed<T>(var failure) -> throw new AssertionError(failure);
    };
  }

  ObservedMachine running() {
    StandInEc2.await(
        "it runs", this::seen, all -> all.stream().anyMatch(one -> one.state() == State.Running));
    return seen().getFirst();
  }

  List<Deviation> deviations(InstanceParameters wanted) {
    return answered(MACHINES.compare(subject, wanted, seen().getFirst()));
  }

  static Instance shown(String id) {
    return CLOUD
        .operator()
        .describeInstances(request -> request.instanceIds(id))
        .reservations()
        .getFirst()
        .instances()
        .getFirst();
  }

  static NetworkInterface nic(String name, boolean isPublic, String... groups) {
    return new NetworkInterface(
        name,
        Optional.empty(),
        Optional.of(named("gpu")),
        Optional.empty(),
        List.of(groups).stream().map(Ec2Scene::named).toList(),
        isPublic ? Optional.of(new PublicAddress(Optional.empty())) : Optional.empty(),
        Acceleration.None);
  }

  static CloudObject named(String name) {
    return new CloudObject(Optional.of(name), Optional.empty());
  }

  static Failure refusal(Order order) {
    return switch (MACHINES.create(order)) {
      case Creation.Refused(var failure) -> failure;
      case Creation.Halfway(var failure) -> failure;
      case Creation.Created created -> throw new AssertionError(created);
      case Creation.Abandoned abandoned -> throw new AssertionError(abandoned);
      case Creation.Unknown unknown -> throw new AssertionError(unknown);
    };
  }
}
