package dev.isobar.provider.reconcile;

import dev.isobar.apis.compute.InstanceObservation.Deviation;
import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.MachineTypeChoice.Requirements;
import dev.isobar.provider.external.Creation;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Leftovers;
import dev.isobar.provider.external.Machines;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Order;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.Subject;
import dev.isobar.provider.external.Supply;
import java.util.List;
import java.util.Optional;

/** Credentials that come to lead to another account, without anybody opening it anew. */
final class TurningCloud implements Machines {
  private Machines now;
  private Optional<Machines> afterALook = Optional.empty();

  TurningCloud(Machines first) {
    now = first;
  }

  /** They do from now on. */
  void turnTo(Machines other) {
    now = other;
  }

  /** They do once the next look was carried out, and before its answer is there. */
  void turnAfterALookTo(Machines other) {
    afterALook = Optional.of(other);
  }

  @Override
  public Response<List<ObservedMachine>> observe(Subject subject) {
    Response<List<ObservedMachine>> answer = now.observe(subject);
    afterALook.ifPresent(this::turnTo);
    return answer;
  }

  @Override
  public Response<String> account() {
    return now.account();
  }

  @Override
  public Supply supply() {
    return now.supply();
  }

  @Override
  public Leftovers leftovers() {
    return now.leftovers();
  }

  @Override
  public boolean isGone(Subject subject) {
    return now.isGone(subject);
  }

  @Override
  public Response<List<ObservedMachine>> list() {
    return now.list();
  }

  @Override
  public Response<List<Deviation>> compare(
      Subject subject, InstanceParameters wanted, ObservedMachine machine) {
    return now.compare(subject, wanted, machine);
  }

  @Override
  public Response<List<String>> typesFor(Requirements need) {
    return now.typesFor(need);
  }

  @Override
  public Creation create(Order order) {
    return now.create(order);
  }

  @Override
  public Effect update(
      Subject subject,
      InstanceParameters wanted,
      ObservedMachine machine,
      List<Deviation> deviations) {
    return now.update(subject, wanted, machine, deviations);
  }

  @Override
  public Effect delete(Subject subject, String id) {
    return now.delete(subject, id);
  }

  @Override
  public Response<List<String>> release(Subject subject) {
    return now.release(subject);
  }

  @Override
  public Effect tidy(Subject subject) {
    return now.tidy(subject);
  }
}
