package dev.isobar.provider.kube.account;

import dev.isobar.apis.compute.InstanceObservation;
import dev.isobar.apis.compute.InstanceObservation.Deviation;
import dev.isobar.apis.compute.InstanceObservation.State;
import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.MachineTypeChoice.Requirements;
import dev.isobar.provider.external.Belonging;
import dev.isobar.provider.external.Creation;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Leftovers;
import dev.isobar.provider.external.Machines;
import dev.isobar.provider.external.Mark;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Order;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.Subject;
import dev.isobar.provider.external.Supply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An account of a cloud that can be looked at, and nothing else. */
final class ListedMachines implements Machines {
  static final Instant MADE = Instant.parse("2026-11-25T09:00:00Z");

  final List<ObservedMachine> machines = new ArrayList<>();
  final List<Belonging> belongings = new ArrayList<>();

  /** What is there when it is looked at again; the same as before, if nothing is said. */
  Optional<List<ObservedMachine>> later = Optional.empty();

  Optional<Failure> failure = Optional.empty();

  /** A fault of ours that comes of what the cloud answers. */
  Optional<RuntimeException> bug = Optional.empty();

  int listings;

  /** A running machine that says whose it is. */
  static ObservedMachine machine(String id, String uid, Optional<String> installation) {
    var facts =
        new InstanceObservation(
            id,
            State.Running,
            "ACTIVE",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            false,
            List.of());
    var mark = new Mark(uid, installation, "lab/" + id);
    return new ObservedMachine(facts, Optional.of(mark), MADE, true, Optional.empty(), Map.of());
  }

  @Override
  public Response<List<ObservedMachine>> list() {
    listings++;
    bug.ifPresent(thrown -> {
      throw thrown;
    });
    List<ObservedMachine> now = listings > 1 ? later.orElse(machines) : machines;
    return failure
        .<Response<List<ObservedMachine>>>map(Response::failed)
        .orElseGet(() -> Response.of(List.copyOf(now)));
  }

  @Override
  public Response<List<Belonging>> belongings() {
    return Response.of(List.copyOf(belongings));
  }

  @Override
  public Response<String> account() {
    return Response.of("Fake/here/1");
  }

  @Override
  public Supply supply() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Leftovers leftovers() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isGone(Subject subject) {
    return false;
  }

  @Override
  public Response<List<ObservedMachine>> observe(Subject subject) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Response<List<Deviation>> compare(
      Subject subject, InstanceParameters wanted, ObservedMachine machine) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Response<List<String>> typesFor(Requirements need) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Creation create(Order order) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Effect update(
      Subject subject,
      InstanceParameters wanted,
      ObservedMachine machine,
      List<Deviation> deviations) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Effect delete(Subject subject, String id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Effect tidy(Subject subject) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Response<List<String>> release(Subject subject) {
    throw new UnsupportedOperationException();
  }
}
