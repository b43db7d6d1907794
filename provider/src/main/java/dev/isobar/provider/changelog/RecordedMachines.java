package dev.isobar.provider.changelog;

import dev.isobar.apis.compute.InstanceObservation.Deviation;
import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.MachineTypeChoice.Requirements;
import dev.isobar.apis.tree.Tree;
import dev.isobar.provider.changelog.ChangeLogEntry.Operation;
import dev.isobar.provider.external.Belonging;
import dev.isobar.provider.external.Creation;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Leftovers;
import dev.isobar.provider.external.Machines;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Offer;
import dev.isobar.provider.external.Order;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.Subject;
import dev.isobar.provider.external.Supply;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Machines of one account, with an entry for every operation on them; looks leave none. */
final class RecordedMachines implements Machines {
  private final Machines machines;
  private final Snapshots snapshots;
  private final ChangeLogs logs;

  RecordedMachines(Machines machines, Snapshots snapshots, ChangeLogs logs) {
    this.machines = machines;
    this.snapshots = snapshots;
    this.logs = logs;
  }

  @Override
  public Creation create(Order order) {
    Tree before = snapshots.of(order.subject());
    Creation outcome = machines.create(order);
    SortedMap<String, String> details = details(order.offer());
    switch (outcome) {
      case Creation.Created(var id) -> logs.succeeded(Operation.CREATE, id, before, details);
      case Creation.Refused(var failure) ->
          logs.failed(Operation.CREATE, "", before, failure, details);
      case Creation.Halfway(var failure) -> {
        details.put("outcome", "no machine, but a part of one stays for the next try");
        logs.failed(Operation.CREATE, "", before, failure, details);
      }
      case Creation.Abandoned(var failure) -> {
        details.put("outcome", "no machine, but a part of one may come later");
        logs.failed(Operation.CREATE, "", before, failure, details);
      }
      case Creation.Unknown(var failure) -> {
        details.put("outcome", "unknown: there may be a machine, now or later");
        logs.failed(Operation.CREATE, "", before, failure, details);
      }
    }
    return outcome;
  }

  private static SortedMap<String, String> details(Offer offer) {
    SortedMap<String, String> details = new TreeMap<>();
    details.put("machineType", offer.machineType());
    offer.zone().ifPresent(zone -> details.put("zone", zone));
    return details;
  }

  @Override
  public Effect update(
      Subject subject,
      InstanceParameters wanted,
      ObservedMachine machine,
      List<Deviation> deviations) {
    Tree before = snapshots.of(subject);
    Effect effect = machines.update(subject, wanted, machine, deviations);
    SortedMap<String, String> details = new TreeMap<>();
    details.put(
        "fields", deviations.stream().map(Deviation::field).collect(Collectors.joining(", ")));
    return recorded(Operation.UPDATE, machine.id(), before, effect, details);
  }

  @Override
  public Effect delete(Subject subject, String id) {
    Tree before = snapshots.of(subject);
    return recorded(Operation.DELETE, id, before, machines.delete(subject, id), new TreeMap<>());
  }

  private Effect recorded(
      Operation operation,
      String id,
      Tree before,
      Effect effect,
      SortedMap<String, String> details) {
    switch (effect) {
      case Effect.Accepted() -> logs.succeeded(operation, id, before, details);
      case Effect.Failed(var failure, _) -> logs.failed(operation, id, before, failure, details);
    }
    return effect;
  }

  @Override
  public Supply supply() {
    return machines.supply();
  }

  /** Not recorded: they are no Instance's. */
  @Override
  public Leftovers leftovers() {
    return machines.leftovers();
  }

  @Override
  public Response<String> account() {
    return machines.account();
  }

  @Override
  public boolean isGone(Subject subject) {
    return machines.isGone(subject);
  }

  @Override
  public Response<List<ObservedMachine>> observe(Subject subject) {
    return machines.observe(subject);
  }

  @Override
  public Response<List<ObservedMachine>> list() {
    return machines.list();
  }

  @Override
  public Response<List<Deviation>> compare(
      Subject subject, InstanceParameters wanted, ObservedMachine machine) {
    return machines.compare(subject, wanted, machine);
  }

  @Override
  public Response<List<String>> typesFor(Requirements need) {
    return machines.typesFor(need);
  }

  @Override
  public Response<List<String>> release(Subject subject) {
    return machines.release(subject);
  }

  @Override
  public Effect tidy(Subject subject) {
    return machines.tidy(subject);
  }

  @Override
  public Response<List<Belonging>> belongings() {
    return machines.belongings();
  }
}
