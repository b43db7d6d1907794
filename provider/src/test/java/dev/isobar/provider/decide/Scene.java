package dev.isobar.provider.decide;

import dev.isobar.apis.compute.InstanceObservation;
import dev.isobar.apis.compute.InstanceObservation.Deviation;
import dev.isobar.apis.compute.InstanceObservation.State;
import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.InstanceSpec;
import dev.isobar.apis.compute.InstanceSpec.ConnectionSecret;
import dev.isobar.apis.compute.InstanceSpec.RecreatePolicy;
import dev.isobar.apis.compute.InstanceStatus;
import dev.isobar.apis.compute.ProviderConfigRef;
import dev.isobar.apis.compute.StatusCondition;
import dev.isobar.apis.compute.UsedProviderConfig;
import dev.isobar.provider.external.CreationToken;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Mark;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Wishes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A situation for a row of the table: what is not said is a new object nobody looked at yet. */
final class Scene {
  static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
  static final String UID = "uid-1";
  static final String HERE = "Fake/here/1";

  private final TreeMap<String, String> annotations = new TreeMap<>();
  private List<String> policies = List.of("*");
  private List<String> finalizers = List.of();
  private InstanceStatus shown = InstanceStatus.NONE;
  private boolean deleting;
  private boolean findsByMark = true;
  private RecreatePolicy recreate = RecreatePolicy.Always;
  private Optional<ConnectionSecret> secret = Optional.empty();
  private InstanceParameters wanted = Wishes.machine("small", "ubuntu");
  private View view = new View.Unseen();
  private Preparation preparation = new Preparation.Open();
  private Happening last = new Happening.Nothing();
  private List<InstanceStatus.RefusedOffer> refused = List.of();
  private List<Setback> setbacks = List.of();

  Scene policies(String... names) {
    policies = List.of(names);
    return this;
  }

  Scene annotated(String name, String value) {
    annotations.put(name, value);
    return this;
  }

  /** A creation whose end is known, this many seconds ago. */
  Scene made(String id, long secondsAgo) {
    return annotated(Annotations.EXTERNAL_NAME, id)
        .annotated(Annotations.CREATE_PENDING, NOW.minusSeconds(secondsAgo + 2).toString())
        .annotated(Annotations.CREATE_SUCCEEDED, NOW.minusSeconds(secondsAgo).toString())
        .annotated(Annotations.CREATION, "1")
        .annotated(Annotations.CREATION_SETTLED, "1")
        .annotated(Annotations.MACHINE_TYPE, "small")
        .in(HERE);
  }

  /** Where its machine was seen last, through the config that it names. */
  Scene in(String account) {
    return annotated(Annotations.ACCOUNT, account)
        .annotated(Annotations.CONFIG, "ClusterProviderConfig/default");
  }

  /** As an earlier version, or an import, leaves it. */
  Scene withoutPlace() {
    annotations.remove(Annotations.ACCOUNT);
    annotations.remove(Annotations.CONFIG);
    return this;
  }

  /** A creation nobody knows the end of, begun this many seconds ago. */
  Scene begun(long secondsAgo) {
    return annotated(Annotations.CREATE_PENDING, NOW.minusSeconds(secondsAgo).toString())
        .annotated(Annotations.CREATION, "1")
        .annotated(Annotations.MACHINE_TYPE, "small")
        .in(HERE);
  }

  /** What the status tells of its machine. */
  Scene showing(InstanceObservation machine) {
    shown =
        new InstanceStatus(
            Optional.of(machine), List.of(), List.of(), Optional.empty(), Optional.empty());
    return this;
  }

  /** Ready is False for this reason, and no machine is shown. */
  Scene said(String reason) {
    var ready =
        new StatusCondition(
            "Ready", "False", reason, Optional.of("why"), NOW.toString(), Optional.empty());
    shown =
        new InstanceStatus(
            Optional.empty(), List.of(), List.of(ready), Optional.empty(), Optional.empty());
    return this;
  }

  Scene finalized(String... others) {
    var all = new ArrayList<>(List.of(Managed.FINALIZER));
    all.addAll(List.of(others));
    finalizers = all;
    return this;
  }

  Scene deleting() {
    deleting = true;
    return this;
  }

  Scene withoutLookUp() {
    findsByMark = false;
    return this;
  }

  Scene neverAgain() {
    recreate = RecreatePolicy.Never;
    return this;
  }

  Scene publishing() {
    secret = Optional.of(new ConnectionSecret("address"));
    return this;
  }

  Scene wanting(List<String> types, List<String> zones) {
    wanted =
        Wishes.machine(types, "ubuntu", zones, Map.of(), InstanceParameters.PowerState.Running);
    preparation = new Preparation.Complete(types, Optional.empty(), Optional.empty());
    return this;
  }

  Scene prepared() {
    return wanting(List.of("small"), List.of());
  }

  Scene unprepared(Failure failure) {
    preparation = new Preparation.Incomplete(failure);
    return this;
  }

  Scene refused(InstanceStatus.RefusedOffer... offers) {
    refused = List.of(offers);
    return this;
  }

  Scene seeing(View seen) {
    view = seen;
    return this;
  }

  Scene nothing() {
    return seeing(new View.Seen(HERE, List.of(), List.of()));
  }

  Scene seeing(ObservedMachine... machines) {
    return seeing(new View.Seen(HERE, List.of(machines), List.of()));
  }

  Scene differing(ObservedMachine machine, Deviation... deviations) {
    return seeing(new View.Seen(HERE, List.of(machine), List.of(deviations)));
  }

  /** Something failed earlier in the pass. */
  Scene hindered(Setback... all) {
    setbacks = List.of(all);
    return this;
  }

  Scene after(Happening happening) {
    last = happening;
    return this;
  }

  Situation situation() {
    var spec =
        new InstanceSpec(
            policies,
            new UsedProviderConfig(ProviderConfigRef.Kind.ClusterProviderConfig, "default"),
            secret,
            recreate,
            wanted);
    var managed =
        new Managed(
            new ObjectKey("lab", "one"),
            UID,
            "7",
            3,
            deleting,
            finalizers,
            annotations,
            spec,
            shown);
    return new Situation(
        managed,
        Pace.USUAL,
        findsByMark,
        NOW,
        view,
        preparation,
        refused,
        Map.of(),
        last,
        setbacks);
  }

  static ObservedMachine machine(String id, State state) {
    return machine(id, state, 3600, Optional.empty());
  }

  static ObservedMachine machine(String id, State state, long age, Optional<Failure> fault) {
    boolean ran = state != State.Pending && state != State.Error;
    return new ObservedMachine(
        facts(id, state),
        Optional.of(new Mark(UID, Optional.empty(), "lab/one")),
        NOW.minusSeconds(age),
        ran,
        fault,
        ran ? Map.of("endpoint", "10.0.0.1") : Map.of());
  }

  /** The same machine, with the token of a creation. */
  static ObservedMachine madeBy(ObservedMachine one, long creation) {
    return new ObservedMachine(
        one.facts(),
        one.mark(),
        one.createdAt(),
        one.everRan(),
        one.fault(),
        one.connection(),
        Optional.of(CreationToken.of(UID, creation)));
  }

  /** The same machine, made by somebody who copied its tags. */
  static ObservedMachine copied(ObservedMachine one) {
    return new ObservedMachine(
        one.facts(),
        one.mark(),
        one.createdAt(),
        one.everRan(),
        one.fault(),
        one.connection(),
        Optional.of(CreationToken.of("somebody", 1)));
  }

  /** The same machine, with another Instance's mark, or none. */
  static ObservedMachine marked(ObservedMachine one, Optional<String> uid) {
    return new ObservedMachine(
        one.facts(),
        uid.map(other -> new Mark(other, Optional.empty(), "lab/other")),
        one.createdAt(),
        one.everRan(),
        one.fault(),
        one.connection());
  }

  /** The same machine, with something wrong. */
  static ObservedMachine ailing(ObservedMachine one, String fault) {
    InstanceObservation facts = one.facts();
    return new ObservedMachine(
        new InstanceObservation(
            facts.id(),
            facts.state(),
            facts.rawState(),
            Optional.of(fault),
            facts.providerID(),
            facts.zone(),
            facts.machineType(),
            facts.gpus(),
            facts.addresses(),
            facts.volumes(),
            facts.image(),
            facts.createdAt(),
            facts.interruptible(),
            facts.deviations()),
        one.mark(),
        one.createdAt(),
        one.everRan(),
        one.fault(),
        one.connection());
  }

  static InstanceObservation facts(String id, State state, Deviation... deviations) {
    return new InstanceObservation(
        id,
        state,
        state.name().toUpperCase(Locale.ROOT),
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
        List.of(deviations));
  }
}
