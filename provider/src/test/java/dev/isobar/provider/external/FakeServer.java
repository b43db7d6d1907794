package dev.isobar.provider.external;

import dev.isobar.apis.compute.InstanceParameters.PowerState;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A machine of {@link FakeCloud}. */
final class FakeServer {
  final String id;
  final Order order;
  final Instant born;
  Map<String, String> tags;
  PowerState power;
  Optional<Instant> dying = Optional.empty();
  final Optional<Failure> fault;

  FakeServer(String id, Order order, Instant born, Optional<Failure> fault) {
    this.id = id;
    this.order = order;
    this.born = born;
    this.fault = fault;
    this.tags = order.wanted().tags();
    this.power = order.wanted().powerState();
  }
}
