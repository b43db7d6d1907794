package dev.isobar.provider.external;

import dev.isobar.apis.compute.InstanceObservation;
import dev.isobar.apis.compute.InstanceObservation.Deviation;
import dev.isobar.apis.compute.InstanceObservation.MachineAddress;
import dev.isobar.apis.compute.InstanceObservation.State;
import dev.isobar.apis.compute.InstanceObservation.TypeInUse;
import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.InstanceParameters.PowerState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A machine of {@link FakeCloud}. */
final class FakeServer {
  private static final Duration START = Duration.ofSeconds(20);

  final String id;
  final Order order;
  final Instant born;
  Subject owner;
  Map<String, String> tags;
  PowerState power;
  Optional<Instant> dying = Optional.empty();
  Optional<String> ill = Optional.empty();
  final Optional<Failure> fault;

  FakeServer(String id, Order order, Instant born, Optional<Failure> fault) {
    this.id = id;
    this.order = order;
    this.born = born;
    this.fault = fault;
    this.owner = order.subject();
    this.tags = order.wanted().tags();
    this.power = order.wanted().powerState();
  }

  /** As it shows itself. */
  ObservedMachine observed(Instant now) {
    boolean up = !born.plus(START).isAfter(now) && fault.isEmpty();
    State state =
        dying.isPresent()
            ? State.Terminating
            : fault.isPresent()
                ? State.Error
                : !up ? State.Pending : power == PowerState.Running ? State.Running : State.Stopped;
    var facts =
        new InstanceObservation(
            id,
            state,
            state.name().toUpperCase(Locale.ROOT),
            fault.map(why -> why.words().text()).or(() -> ill),
            Optional.of("fake:///" + id),
            order.offer().zone(),
            Optional.of(
                new TypeInUse(
                    order.offer().machineType(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty())),
            Optional.empty(),
            up ? List.of(new MachineAddress("InternalIP", address())) : List.of(),
            List.of(),
            Optional.empty(),
            Optional.of(born.toString()),
            false,
            List.of());
    return new ObservedMachine(
        facts,
        Optional.of(Wishes.mark(owner)),
        born,
        up,
        fault,
        up ? Map.of("endpoint", address()) : Map.of(),
        Optional.of(order.token()));
  }

  private String address() {
    return "10.0.0." + id.substring("m-".length());
  }

  /** How it differs from a spec. */
  List<Deviation> deviations(Subject subject, InstanceParameters wanted) {
    List<Deviation> found = new ArrayList<>();
    if (!tags.equals(wanted.tags()) || !owner.marks().equals(subject.marks())) {
      found.add(deviation("tags", wanted.tags(), tags, true));
    }
    if (power != wanted.powerState()) {
      found.add(deviation("powerState", wanted.powerState(), power, true));
    }
    if (!order.wanted().image().equals(wanted.image())) {
      found.add(deviation("image", wanted.image(), order.wanted().image(), false));
    }
    return found;
  }

  private static Deviation deviation(
      String field, Object wanted, Object found, boolean correctable) {
    return new Deviation(
        "spec.forProvider." + field, String.valueOf(wanted), String.valueOf(found), correctable);
  }
}
