package dev.isobar.provider.kube.clusterapi;

import dev.isobar.provider.clusterapi.GpuGate;
import dev.isobar.provider.clusterapi.MachineReport;
import dev.isobar.provider.clusterapi.OwnerMachine;
import dev.isobar.provider.decide.CreationRecord;
import dev.isobar.provider.decide.Managed;
import dev.isobar.provider.kube.api.Mirror;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Gives up machines that run and whose nodes do not come, or that are built without end, where
 * their Machines say how long nodes may take. It is for the MachineHealthCheck to replace them,
 * with its limits.
 */
final class NodeStartup {
  /**
   * How many times as long as a node may take to join its cloud may build a machine. Nova says of a
   * server whose host died meanwhile that it is built, for ever.
   */
  private static final int BUILDING = 2;

  /** In this time whoever keeps Instances has looked at those that it finds when it starts. */
  private static final Duration LOOKING = Duration.ofMinutes(2);

  private final Mirror<OwnerMachine> owners;
  private final MachineBooks books;
  private final Replacement replacement;
  private final InstantSource clock;
  private final Instant started;

  NodeStartup(
      Mirror<OwnerMachine> owners,
      MachineBooks books,
      Replacement replacement,
      InstantSource clock) {
    this.owners = owners;
    this.books = books;
    this.replacement = replacement;
    this.clock = clock;
    this.started = clock.instant();
  }

  /**
   * Says what is missing of a machine that runs without a node; one that is late is given up. A
   * provider that has just started cannot know whether the cluster's API was away until now.
   */
  GpuGate.Missing judged(StoredMachine machine, GpuGate.Missing step) {
    MachineReport said = books.said(machine);
    if (time(machine).filter(time -> said.overdue(time, started)).isEmpty()) {
      return step;
    }
    String outcome =
        replacement
            .askedFor(machine, Replacement.LATE)
            .map(problem ->
                "but another one could not be asked for, which is tried again: " + problem)
            .orElse(
                "so another one is asked for: a MachineHealthCheck, if one covers its Machine,"
                    + " replaces it unless too many are unhealthy");
    return new GpuGate.Missing(
        step.reason(),
        "%s; it has had the time that its Machine gives it (annotation %s), %s"
            .formatted(step.words(), OwnerMachine.STARTUP, outcome));
  }

  /**
   * Gives up one that does not run, where it broke before its node came or is built for ever; not
   * any more where the next offer is being built since. A provider that has just started may know
   * of it from before it was away, and does not judge.
   */
  void idle(StoredMachine machine, Managed instance) {
    time(machine).ifPresent(time -> idle(machine, instance, time));
  }

  /** What fails here is done with the next pass, which comes anyway. */
  private void idle(StoredMachine machine, Managed instance, Duration time) {
    MachineReport said = books.said(machine);
    Instant now = clock.instant();
    Optional<Instant> end =
        built(said, instance).map(made -> made.plus(time.multipliedBy(BUILDING)));
    boolean unbuilt = end.filter(last -> !now.isBefore(last)).isPresent();
    if (unbuilt || said.broken(time)) {
      if (!now.isBefore(started.plus(LOOKING))) {
        Optional<String> _ = replacement.askedFor(machine, Replacement.LATE);
      }
    } else if (end.isPresent()) {
      Optional<String> _ = replacement.takenBack(machine);
    }
  }

  /**
   * Since when that machine is built which never ran: from when its cloud gave it, so that the next
   * offer has its own time.
   */
  private static Optional<Instant> built(MachineReport said, Managed instance) {
    CreationRecord creation = instance.creation();
    return creation.uncertain() || !said.building(instance.status())
        ? Optional.empty()
        : creation.succeeded();
  }

  /** How long its node may take, as long as it has not come. */
  private Optional<Duration> time(StoredMachine machine) {
    return owners
        .get(machine.key())
        .filter(one -> machine.owner().filter(one.uid()::equals).isPresent())
        .filter(one -> !one.joined())
        .flatMap(OwnerMachine::startup);
  }

  /**
   * It runs, or its node has come, also when it was given up before.
   *
   * @return whether it is not given up any more; otherwise this must be said again
   */
  boolean came(StoredMachine machine) {
    return replacement.takenBack(machine).isEmpty();
  }
}
