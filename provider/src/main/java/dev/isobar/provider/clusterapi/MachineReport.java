package dev.isobar.provider.clusterapi;

import dev.isobar.apis.compute.InstanceObservation;
import dev.isobar.apis.compute.InstanceObservation.State;
import dev.isobar.apis.compute.InstanceStatus;
import dev.isobar.apis.compute.StatusCondition;
import dev.isobar.apis.infrastructure.GpuMachineStatus;
import dev.isobar.apis.infrastructure.GpuMachineStatus.Address;
import dev.isobar.apis.infrastructure.GpuMachineStatus.Initialization;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the status of a GPU machine says. Cluster API mirrors condition Ready as InfrastructureReady
 * of the Machine, so that a Machine whose GPUs do not work is not ready, and no rollout goes on
 * over it.
 *
 * @param before what it says until now
 * @param generation of the object
 * @param now when this is said
 */
public record MachineReport(GpuMachineStatus before, long generation, Instant now) {
  private static final String READY = "Ready";
  private static final String SYNCED = "Synced";
  private static final String INSTANCE = "InstanceReady";
  private static final String GPUS = "GpusReady";
  private static final String PAUSED = "Paused";
  private static final String NOT_ON = "WaitingForInstance";
  private static final String TRUE = "True";
  private static final String FALSE = "False";
  private static final String SINCE = "; since ";

  /** What kubelets need to join at most, once a cluster's API is back that was away. */
  private static final Duration REGISTERING = Duration.ofMinutes(5);

  /** Reasons of an Instance whose machine is gone or going, and no other one will be made. */
  private static final Set<String> DOOMED = Set.of("Lost", "Interrupted");

  /** Nothing exists yet, for this reason. */
  public GpuMachineStatus waiting(String reason, String words) {
    return status(
        before.initialization(),
        before.addresses(),
        before.failureDomain(),
        before.machineType(),
        before.instanceName(),
        before.runningSince(),
        List.of(
            condition(READY, FALSE, reason, words),
            condition(INSTANCE, FALSE, reason, words),
            condition(PAUSED, FALSE, "NotPaused", "")));
  }

  /** Somebody paused it: all else stays as it was said. */
  public GpuMachineStatus paused(String why) {
    List<StatusCondition> conditions = new ArrayList<>(before.conditions());
    conditions.removeIf(one -> one.type().equals(PAUSED));
    conditions.add(condition(PAUSED, TRUE, "Paused", why));
    return with(conditions);
  }

  /** The Instance is there. */
  public GpuMachineStatus of(
      String name, InstanceStatus instance, Optional<GpuGate.Missing> missing, String planned) {
    Optional<InstanceObservation> facts = instance.atProvider();
    boolean runs = facts.filter(one -> one.state() == State.Running).isPresent();
    boolean named = facts.flatMap(InstanceObservation::providerID).isPresent();
    boolean provisioned = provisioned() || (runs && named);
    StatusCondition machine = mirrored(instance);
    StatusCondition gpus = gpus(machine, missing, planned);
    List<StatusCondition> conditions = new ArrayList<>();
    conditions.add(
        machine.status().equals(TRUE)
            ? condition(READY, gpus.status(), gpus.reason(), gpus.message().orElse(""))
            : condition(READY, FALSE, machine.reason(), machine.message().orElse("")));
    conditions.add(machine);
    conditions.add(gpus);
    conditions.add(condition(PAUSED, FALSE, "NotPaused", ""));
    return status(
        provisioned ? Optional.of(new Initialization(Optional.of(true))) : Optional.empty(),
        facts.map(MachineReport::addresses).orElse(before.addresses()),
        facts.flatMap(InstanceObservation::zone).or(before::failureDomain),
        facts.flatMap(one -> one.machineType().map(type -> type.name())).or(before::machineType),
        Optional.of(name),
        runningSince(runs),
        conditions);
  }

  /**
   * Of a clock that was set back since nothing can be told, so it begins anew. A time that was not
   * kept is not written again: the CRD of a former release has no room for it, and each pass would
   * write.
   */
  private Optional<String> runningSince(boolean runs) {
    boolean unkept = before.runningSince().isEmpty() && provisioned();
    if (!runs || unkept) {
      return before.runningSince();
    }
    return Optional.of(began().map(Instant::toString).orElseGet(this::seconds));
  }

  private Optional<Instant> began() {
    try {
      return before
          .runningSince()
          .or(this::instanceTurned)
          .map(Instant::parse)
          .filter(since -> !since.isAfter(now));
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  /** Since when a machine that has run is as it is. */
  private Optional<String> instanceTurned() {
    return find(before.conditions(), INSTANCE)
        .filter(_ -> provisioned())
        .map(StatusCondition::lastTransitionTime);
  }

  /**
   * Whether a machine that runs has had its time, and its node has been seen to be missing for
   * minutes. How long it took until it ran does not count: a cloud that has no GPU free now gives
   * one later, and servers are built. Nor can a node join while the cluster's API is away, or a
   * moment after it is back.
   *
   * @param patience how long its node may take
   * @param watched since when somebody looks; what was before, nobody knows
   */
  public boolean overdue(Duration patience, Instant watched) {
    Duration missing = patience.compareTo(REGISTERING) < 0 ? patience : REGISTERING;
    return ran(patience)
        && !now.isBefore(watched.plus(missing))
        && missingSince(GpuGate.NO_NODE)
            .filter(since -> !now.isBefore(since.plus(missing)))
            .isPresent();
  }

  /** Whether a machine that does not run any more broke without a node and has had its time. */
  public boolean broken(Duration patience) {
    return ran(patience)
        && find(before.conditions(), GPUS)
            .filter(one -> List.of(GpuGate.NO_NODE, NOT_ON).contains(one.reason()))
            .isPresent();
  }

  private boolean ran(Duration time) {
    return began().filter(since -> !now.isBefore(since.plus(time))).isPresent();
  }

  /**
   * Whether its cloud is building a machine that never ran. What waits for capacity is not there
   * yet, and while the cloud does not answer nobody can tell.
   */
  public boolean building(InstanceStatus instance) {
    boolean built =
        instance
            .atProvider()
            .filter(one -> one.state() == State.Pending && !one.id().isEmpty())
            .isPresent();
    boolean unseen =
        find(instance.conditions(), SYNCED).filter(one -> one.status().equals(FALSE)).isPresent();
    return built && !unseen && !provisioned();
  }

  /** Whether the machine has run once; it stays so. */
  public boolean provisioned() {
    return before.initialization().flatMap(Initialization::provisioned).orElse(false);
  }

  /** Whether its GPUs were as planned when they were looked at last. */
  public boolean asPlanned() {
    return find(before.conditions(), GPUS).filter(one -> one.status().equals(TRUE)).isPresent();
  }

  /**
   * Whether the machine is gone, or its cloud is about to take it, though nobody here asked for
   * that.
   */
  public static boolean doomed(InstanceStatus instance) {
    return find(instance.conditions(), READY)
        .filter(one -> one.status().equals(FALSE) && DOOMED.contains(one.reason()))
        .isPresent();
  }

  private StatusCondition mirrored(InstanceStatus instance) {
    Optional<StatusCondition> ready = find(instance.conditions(), READY);
    Optional<StatusCondition> synced = find(instance.conditions(), SYNCED);
    // While it is being made, what failed is said by Synced, and says more.
    boolean failing =
        synced.filter(one -> one.status().equals(FALSE)).isPresent()
            && ready.filter(one -> one.status().equals(TRUE)).isEmpty();
    return (failing ? synced : ready)
        .map(one -> condition(INSTANCE, one.status(), one.reason(), one.message().orElse("")))
        .orElseGet(() ->
            condition(INSTANCE, FALSE, "Creating", "provider-isobar has not begun with it yet"));
  }

  private StatusCondition gpus(
      StatusCondition machine, Optional<GpuGate.Missing> missing, String planned) {
    if (!machine.status().equals(TRUE)) {
      return condition(GPUS, FALSE, NOT_ON, "the machine does not run, or is going");
    }
    return missing
        .map(what -> condition(GPUS, FALSE, what.reason(), since(what)))
        .orElseGet(() ->
            condition(
                GPUS,
                TRUE,
                "AsPlanned",
                planned.isEmpty()
                    ? "no GPU resources are asked of it"
                    : "the node offers " + planned));
  }

  /** For how long a step has been missing is told by when it began, so that it is written once. */
  private String since(GpuGate.Missing what) {
    return what.words()
        + SINCE
        + missingSince(what.reason()).map(Instant::toString).orElseGet(this::seconds);
  }

  /**
   * Since when a step has been seen to be missing, without a break: status False is also said when
   * nobody can see, so its transition does not tell. While it was paused nobody looked.
   */
  private Optional<Instant> missingSince(String reason) {
    boolean paused =
        find(before.conditions(), PAUSED).filter(one -> one.status().equals(TRUE)).isPresent();
    return find(before.conditions(), GPUS)
        .filter(one -> !paused && one.reason().equals(reason))
        .flatMap(StatusCondition::message)
        .flatMap(MachineReport::told)
        .filter(since -> !since.isAfter(now));
  }

  private static Optional<Instant> told(String message) {
    int end = message.lastIndexOf(SINCE);
    try {
      return end < 0
          ? Optional.empty()
          : Optional.of(Instant.parse(message.substring(end + SINCE.length())));
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  private static List<Address> addresses(InstanceObservation facts) {
    return facts.addresses().stream().map(one -> new Address(one.type(), one.address())).toList();
  }

  private static Optional<StatusCondition> find(List<StatusCondition> all, String type) {
    return all.stream().filter(one -> one.type().equals(type)).findFirst();
  }

  private GpuMachineStatus with(List<StatusCondition> conditions) {
    return status(
        before.initialization(),
        before.addresses(),
        before.failureDomain(),
        before.machineType(),
        before.instanceName(),
        before.runningSince(),
        conditions);
  }

  private static GpuMachineStatus status(
      Optional<Initialization> initialization,
      List<Address> addresses,
      Optional<String> failureDomain,
      Optional<String> machineType,
      Optional<String> instanceName,
      Optional<String> runningSince,
      List<StatusCondition> conditions) {
    return new GpuMachineStatus(
        initialization,
        addresses,
        failureDomain,
        machineType,
        instanceName,
        runningSince,
        List.copyOf(conditions));
  }

  private StatusCondition condition(String type, String status, String reason, String message) {
    String since =
        find(before.conditions(), type)
            .filter(one -> one.status().equals(status))
            .map(StatusCondition::lastTransitionTime)
            .orElseGet(this::seconds);
    return new StatusCondition(
        type,
        status,
        reason,
        Optional.of(message).filter(text -> !text.isEmpty()),
        since,
        Optional.of(generation));
  }

  private String seconds() {
    return now.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
