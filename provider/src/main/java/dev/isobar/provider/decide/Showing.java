package dev.isobar.provider.decide;

import dev.isobar.apis.compute.InstanceObservation;
import dev.isobar.apis.compute.InstanceObservation.Deviation;
import dev.isobar.apis.compute.InstanceObservation.State;
import dev.isobar.apis.compute.InstanceParameters.PowerState;
import dev.isobar.provider.external.ObservedMachine;
import java.util.ArrayList;
import java.util.List;

/** What the status says of a machine that is there. */
final class Showing {
  private Showing() {}

  static Conclusion of(Situation situation, ObservedMachine machine) {
    List<Deviation> deviations = deviations(situation, machine);
    Conclusion seen =
        Conclusion.of(ready(situation, machine), synced(situation, deviations))
            .showing(with(machine.facts(), machine.state(), deviations));
    return Surplus.copied(situation)
        .map(copied -> seen.and(Notice.warning("LeftExternalResource", copied)))
        .orElse(seen);
  }

  /** What was told of it before stays where nobody can tell anew. */
  private static List<Deviation> deviations(Situation situation, ObservedMachine machine) {
    return situation.view() instanceof View.Seen seen && seen.uncompared().isEmpty()
        ? seen.deviations()
        : situation
            .managed()
            .status()
            .atProvider()
            .filter(before -> before.id().equals(machine.id()))
            .map(InstanceObservation::deviations)
            .orElse(List.of());
  }

  /**
   * What a pass leaves behind that could not store what it was about to do.
   *
   * @param why as the API server says
   */
  static Conclusion unstored(Situation situation, String why) {
    Verdict synced =
        Verdict.no(
            Reason.ReconcileError,
            "cannot store what is done next in this Instance, and does nothing without: "
                + why
                + " (next try within a minute)");
    if (!(situation.view() instanceof View.Seen)) {
      return Conclusion.synced(synced);
    }
    if (situation.managed().deleting()) {
      return Conclusion.of(Verdict.no(Reason.Deleting, "its machine is going"), synced);
    }
    return situation
        .named()
        .map(machine -> of(situation, machine).but(synced))
        .orElseGet(() -> {
          Verdict ready =
              Missing.isDoubtful(situation)
                  ? Verdict.no(Reason.Unavailable, Missing.words(situation.managed()))
                  : Verdict.no(Reason.Creating, "there is no machine yet");
          Conclusion none = Conclusion.of(ready, synced);
          return situation.machines().isEmpty() ? Missing.forgetting(situation, none) : none;
        });
  }

  private static Verdict ready(Situation situation, ObservedMachine machine) {
    boolean off = situation.managed().spec().forProvider().powerState() == PowerState.Stopped;
    return switch (machine.state()) {
      case Running ->
          off
              ? Verdict.no(Reason.Unavailable, "the machine runs and shall be stopped")
              : running(machine);
      case Stopped ->
          off
              ? Verdict.yes(Reason.Available)
              : Verdict.no(Reason.Unavailable, "the machine is stopped and shall run");
      case Pending ->
          machine.everRan()
              ? Verdict.no(Reason.Unavailable, "the machine is starting")
              : Verdict.no(Reason.Creating, "the cloud is making the machine");
      case Stopping -> Verdict.no(Reason.Unavailable, "the machine is stopping");
      case Terminating -> terminating(machine);
      case Unknown ->
          Verdict.no(
              Reason.Unavailable,
              "the cloud reports "
                  + machine.facts().rawState()
                  + ", which this version of the provider does not know; it touches nothing while"
                  + " that lasts");
      case Error ->
          Verdict.no(
              Reason.Unavailable,
              "the cloud reports "
                  + machine.facts().rawState()
                  + machine.fault().map(fault -> ": " + fault.words()).orElse(""));
    };
  }

  private static Verdict running(ObservedMachine machine) {
    return machine
        .fault()
        .map(fault ->
            Verdict.no(
                Reason.of(fault),
                "the machine is on, and the cloud is about to take it back: " + fault.words()))
        .or(() ->
            machine
                .facts()
                .fault()
                .map(fault -> Verdict.no(Reason.Unavailable, "the machine is on, and " + fault)))
        .orElseGet(() -> Verdict.yes(Reason.Available));
  }

  private static Verdict terminating(ObservedMachine machine) {
    return machine
        .fault()
        .map(fault ->
            Verdict.no(Reason.of(fault), "the cloud takes the machine back: " + fault.words()))
        .orElseGet(() ->
            Verdict.no(
                Reason.Unavailable, "the cloud is deleting the machine; nobody here asked it to"));
  }

  private static Verdict synced(Situation situation, List<Deviation> deviations) {
    List<String> fixed =
        deviations.stream().filter(one -> !one.correctable()).map(Deviation::field).toList();
    List<String> told = new ArrayList<>();
    if (!fixed.isEmpty()) {
      told.add(
          String.join(", ", fixed)
              + " differ from the machine, which cannot be changed; make a new Instance");
    }
    Surplus.copied(situation).ifPresent(told::add);
    return new Verdict(true, Reason.ReconcileSuccess, String.join("; ", told));
  }

  /** What is shown of a machine that the cloud has agreed to delete. */
  static InstanceObservation going(InstanceObservation facts) {
    return with(facts, State.Terminating, facts.deviations());
  }

  private static InstanceObservation with(
      InstanceObservation facts, State state, List<Deviation> deviations) {
    return new InstanceObservation(
        facts.id(),
        state,
        facts.rawState(),
        facts.fault(),
        facts.providerID(),
        facts.zone(),
        facts.machineType(),
        facts.gpus(),
        facts.addresses(),
        facts.volumes(),
        facts.image(),
        facts.createdAt(),
        facts.interruptible(),
        List.copyOf(deviations));
  }
}
