package dev.isobar.e2e.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.CapacityChoice;
import dev.isobar.apis.compute.CapacityChoice.Model;
import dev.isobar.apis.compute.Fabric;
import dev.isobar.apis.compute.InstanceObservation.State;
import dev.isobar.apis.compute.MachineTypeChoice.GpuNeed;
import dev.isobar.apis.compute.MachineTypeChoice.Requirements;
import dev.isobar.apis.schema.Size;
import dev.isobar.e2e.plane.Alone;
import dev.isobar.provider.ec2.Wish;
import dev.isobar.provider.external.Creation;
import dev.isobar.provider.external.CreationToken;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Order;
import dev.isobar.provider.external.Response;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What EC2 alone has, and how it fails. */
@ResourceLock(Alone.EC2)
final class Ec2MachinesTest extends Ec2Scene {
  @Test
  void aFabricHasAnInterfaceOnEveryCard() {
    Order order =
        order(wish -> {
          wish.type = "p5.48xlarge";
          wish.interfaces.add(nic("main", false, "nodes"));
          wish.fabric = Optional.of(new Fabric(1, Optional.empty(), List.of(named("storage"))));
        });
    String id = made(order);
    ObservedMachine machine = running();
    assertThat(machine.facts().gpus().orElseThrow().model()).isEqualTo("H100-80GB");
    assertThat(machine.facts().gpus().orElseThrow().count()).isEqualTo(8);
    assertThat(shown(id).networkInterfaces())
        .hasSize(33)
        .filteredOn(one -> "efa-only".equals(one.interfaceType()))
        .extracting(one -> one.attachment().networkCardIndex())
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 32).boxed().toList());
    assertThat(deviations(order.wanted())).isEmpty();
  }

  @Test
  void spotMachinesAreInterruptible() {
    Order order =
        order(wish ->
            wish.capacity = new CapacityChoice(Model.Spot, Optional.of("0.5"), Optional.empty()));
    made(order);
    assertThat(running().facts().interruptible()).isTrue();
    assertThat(deviations(order.wanted())).isEmpty();
  }

  @Test
  void aBlockGivesAsManyMachinesAsItHas() {
    String reservation =
        CLOUD
            .operator()
            .createCapacityReservation(request ->
                request
                    .instanceType("p5.48xlarge")
                    .instancePlatform("Linux/UNIX")
                    .availabilityZone(ZONE)
                    .instanceCount(1))
            .capacityReservation()
            .capacityReservationId();
    Consumer<Wish> saying =
        wish -> {
          wish.type = "p5.48xlarge";
          wish.capacity =
              new CapacityChoice(Model.Block, Optional.empty(), Optional.of(reservation));
        };
    made(order(saying));
    running();
    assertThat(deviations(order(saying).wanted())).isEmpty();
    Order another =
        new Order(
            subject,
            CreationToken.of(uid, 2),
            order(saying).offer(),
            order(saying).wanted(),
            Optional.empty(),
            Optional.empty());
    assertThat(refusal(another)).isInstanceOf(Failure.InsufficientCapacity.class);
  }

  @Test
  void aZoneWithoutCapacityAndALimitAreTold() {
    CLOUD.server().behave("{\"capacity\": {\"t3.micro@us-east-1a\": 0}}");
    assertThat(refusal(order(_ -> {})))
        .isInstanceOf(Failure.InsufficientCapacity.class)
        .matches(Failure::ofThisOffer);
    CLOUD.server().behave("{\"capacity\": {}, \"vcpus\": 100}");
    assertThat(refusal(order(wish -> wish.type = "p5.48xlarge")))
        .isInstanceOf(Failure.QuotaExceeded.class);
    assertThat(seen()).isEmpty();
  }

  @Test
  void mistakesAreNamedWithTheirField() {
    assertThat(
            refusal(order(wish -> wish.interfaces.add(nic("main", false, "no-such"))))
                .words()
                .text())
        .isEqualTo(
            "spec.forProvider.networkInterfaces[0].securityGroups[0].name: there is no security"
                + " group no-such");
    assertThat(refusal(order(wish -> wish.profile = Optional.of("no-such"))))
        .isInstanceOf(Failure.InvalidConfiguration.class);
    assertThat(refusal(order(wish -> wish.image = "ami-0123456789abcdef0")))
        .isInstanceOf(Failure.InvalidConfiguration.class);
    assertThat(
            refusal(
                    order(wish -> {
                      wish.zone = Optional.of("us-east-1c");
                      wish.interfaces.add(nic("main", false));
                    }))
                .words()
                .text())
        .isEqualTo(
            "spec.forProvider.networkInterfaces[0].subnet: there is no subnet gpu in zone"
                + " us-east-1c");
  }

  @Test
  void aNewMachineIsShownLate() {
    CLOUD.server().behave("{\"invisible\": 3600}");
    String id = made(order(_ -> {}));
    assertThat(seen()).isEmpty();
    assertThat(MACHINES.create(order(_ -> {})))
        .as("the token knows it already")
        .isEqualTo(new Creation.Created(id));
    CLOUD.server().behave("{\"invisible\": 0}");
    assertThat(seen()).extracting(ObservedMachine::id).containsExactly(id);
  }

  @Test
  void aTokenThatWasUsedOtherwiseLeadsToItsMachine() {
    String id = made(order(_ -> {}));
    StandInEc2.await("it is shown", this::seen, all -> !all.isEmpty());
    assertThat(MACHINES.create(order(wish -> wish.tags.put("team", "eo"))))
        .isEqualTo(new Creation.Created(id));
    assertThat(seen()).hasSize(1);
  }

  @Test
  void aLaunchThatIsGivenUpIsAFaultUntilItIsDeleted() {
    CLOUD
        .server()
        .behave("{\"dies\": {\"g6.xlarge\": [\"Client.VolumeLimitExceeded\", \"too many\"]}}");
    String id = made(order(wish -> wish.type = "g6.xlarge"));
    StandInEc2.await(
        "it is given up",
        this::seen,
        all -> all.stream().anyMatch(one -> one.state() == State.Error));
    ObservedMachine machine = seen().getFirst();
    assertThat(machine.everRan()).isFalse();
    assertThat(machine.fault())
        .hasValueSatisfying(fault -> assertThat(fault).isInstanceOf(Failure.QuotaExceeded.class));
    assertThat(MACHINES.delete(subject, id)).isEqualTo(new Effect.Accepted());
    assertThat(seen()).isEmpty();
  }

  @Test
  void typesAreFoundByTheirGpus() {
    var need = new GpuNeed(Optional.of("H100-80GB"), 8, Optional.of(new Size("79Gi")));
    assertThat(
            MACHINES.typesFor(
                new Requirements(
                    Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(need))))
        .isEqualTo(Response.of(List.of("p5.48xlarge")));
  }
}
