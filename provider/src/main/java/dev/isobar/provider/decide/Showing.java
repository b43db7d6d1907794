package dev.isobar.provider.decide;

import dev.isobar.apis.compute.InstanceObservation;
import dev.isobar.apis.compute.InstanceObservation.Deviation;
import dev.isobar.apis.compute.InstanceParameters.PowerState;
import dev.isobar.provider.external.ObservedMachine;
import java.util.List;

/** What the status says of a machine that is there. */
final class Showing {
  private Showing() {}

  static Conclusion of(Situation situation, ObservedMachine machine) {
    List<Deviation> deviations =
        situation.view() instanceof View.Seen seen ? seen.deviations() : List.of();
    return Conclusion.of(ready(situation, machine), synced(deviations))
        .showing(with(machine.facts(), deviations));
  }

  private static Verdict ready(Situation situation, ObservedMachine machine) {
    boolean off = situation.managed().spec().forProvider().powerState() == PowerState.Stopped;
    return switch (machine.state()) {
      case Running ->
          off
              ? Verdict.no(Reason.Unavailable, "the machine runs and shall be stopped")
              : Verdict.yes(Reason.Available);
      case Stopped ->
          off
              ? Verdict.yes(Reason.Available)
              : Verdict.no(Reason.Unavailable, "the machine is stopped and shall run");
      case Pending ->
          machine.everRan()
              ? Verdict.no(Reason.Unavailable, "the machine is starting")
              : Verdict.no(Reason.Creating, "the cloud is making the machine");
      case Stopping -> Verdict.no(Reason.Unavailable, "the machine is stopping");
      case Terminating ->
          Verdict.no(
              Reason.Unavailable, "the cloud is deleting the machine; nobody here asked it to");
      case Error ->
          Verdict.no(
              Reason.Unavailable,
              "the cloud reports "
                  + machine.facts().rawState()
                  + machine.fault().map(fault -> ": " + fault.words()).orElse(""));
    };
  }

  private static Verdict synced(List<Deviation> deviations) {
    List<String> fixed =
        deviations.stream().filter(one -> !one.correctable()).map(Deviation::field).toList();
    return fixed.isEmpty()
        ? Verdict.yes(Reason.ReconcileSuccess)
        : new Verdict(
            true,
            Reason.ReconcileSuccess,
            String.join(", ", fixed)
                + " differ from the machine, which cannot be changed; make a new Instance");
  }

  private static InstanceObservation with(InstanceObservation facts, List<Deviation> deviations) {
    return new InstanceObservation(
        facts.id(),
        facts.state(),
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
