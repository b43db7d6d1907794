package dev.isobar.provider.kube.clusterapi;

import dev.isobar.provider.clusterapi.GpuGate;
import dev.isobar.provider.clusterapi.OwnerMachine;
import dev.isobar.provider.kube.api.Mirror;

/**
 * Gives up machines that run and whose nodes do not come, where their Machines say how long they
 * may take. It is for the MachineHealthCheck to replace them, with its limits.
 */
final class NodeStartup {
  private final Mirror<OwnerMachine> owners;
  private final MachineBooks books;
  private final Replacement replacement;

  NodeStartup(Mirror<OwnerMachine> owners, MachineBooks books, Replacement replacement) {
    this.owners = owners;
    this.books = books;
    this.replacement = replacement;
  }

  /** Says what is missing of a machine that runs without a node; one that is late is given up. */
  GpuGate.Missing judged(StoredMachine machine, GpuGate.Missing step) {
    if (!late(machine)) {
      return step;
    }
    return new GpuGate.Missing(
        step.reason(),
        step.words()
            + "; it has had the time that its Machine gives it (annotation "
            + OwnerMachine.STARTUP
            + "), so another one is asked for: a MachineHealthCheck replaces it unless too many are"
            + " unhealthy");
  }

  /** Whether its node has had its time; then another machine is asked for. */
  boolean late(StoredMachine machine) {
    boolean late =
        owners
            .get(machine.key())
            .filter(one -> machine.owner().filter(one.uid()::equals).isPresent())
            .filter(one -> !one.joined())
            .flatMap(OwnerMachine::startup)
            .filter(books.said(machine)::overdue)
            .isPresent();
    if (late) {
      // If that fails, with the next pass, which comes anyway.
      boolean _ = replacement.askedFor(machine, Replacement.LATE);
    }
    return late;
  }

  /** Its node has come, also when it was given up before. */
  void joined(StoredMachine machine) {
    replacement.takenBack(machine);
  }
}
