package dev.isobar.provider.kube;

import dev.isobar.apis.compute.InstanceObservation.Deviation;
import dev.isobar.provider.decide.Managed;
import dev.isobar.provider.decide.Wait;
import dev.isobar.provider.kube.api.KubernetesKind;
import dev.isobar.provider.kube.store.PackedInstance;
import dev.isobar.provider.kube.store.StoredInstance;
import dev.isobar.provider.operate.Meters;
import dev.isobar.provider.operate.Spread;
import dev.isobar.provider.operate.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The figures that dashboards for Crossplane and for controllers in Go know, by their names. What
 * is remembered of an object goes by its UID, because names repeat in other namespaces.
 */
final class Measures {
  private static final String GVK = KubernetesKind.INSTANCE.gvk();
  static final String CONTROLLER = "managed/instance.compute.isobar.dev";
  private static final List<Double> LIFE =
      List.of(1.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0, 3600.0);

  /** As crossplane-runtime makes them, rounding included: their texts are labels. */
  private static final List<Double> EXPONENTIAL =
      Stream.iterate(10e-9, bound -> bound * 10).limit(10).toList();

  /** Those of controller-runtime. */
  private static final List<Double> PASS =
      List.of(
          0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8,
          0.9, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0,
          15.0, 20.0, 25.0, 30.0, 40.0, 50.0, 60.0);

  private final Spread firstPass;
  private final Spread firstReady;
  private final Spread deletion;
  private final Spread drift;
  private final Tally passes;
  private final Spread length;

  /** Objects that this process saw before anybody else, and not yet ready. */
  private final Set<String> awaited = ConcurrentHashMap.newKeySet();

  /** When this process last saw that nothing differs. */
  private final Map<String, Instant> inSync = new ConcurrentHashMap<>();

  Measures(Meters meters) {
    firstPass =
        meters.spread(
            "crossplane_managed_resource_first_time_to_reconcile_seconds",
            "From an Instance's creation to its first pass.",
            EXPONENTIAL,
            "gvk");
    firstReady =
        meters.spread(
            "crossplane_managed_resource_first_time_to_readiness_seconds",
            "From an Instance's creation to its being ready.",
            LIFE,
            "gvk");
    deletion =
        meters.spread(
            "crossplane_managed_resource_deletion_seconds",
            "From the wish to delete an Instance to its end.",
            LIFE,
            "gvk");
    drift =
        meters.spread(
            "crossplane_managed_resource_drift_seconds",
            "From the last pass that found a machine as it shall be to its being mended.",
            EXPONENTIAL,
            "gvk");
    passes =
        meters.tally(
            "controller_runtime_reconcile_total", "Passes, by result.", "controller", "result");
    length =
        meters.spread(
            "controller_runtime_reconcile_time_seconds", "Length of passes.", PASS, "controller");
  }

  /** Shows what a mirror holds; counted when somebody asks. */
  static void show(Meters meters, Supplier<Stream<PackedInstance>> instances) {
    gauge(meters, "exists", "Instances there are.", instances, _ -> true);
    gauge(meters, "ready", "Instances that are ready.", instances, PackedInstance::ready);
    gauge(meters, "synced", "Instances that are synced.", instances, PackedInstance::synced);
  }

  private static void gauge(
      Meters meters,
      String name,
      String help,
      Supplier<Stream<PackedInstance>> instances,
      Predicate<PackedInstance> counts) {
    meters.gauge(
        "crossplane_managed_resource_" + name,
        help,
        "gvk",
        () -> Map.of(GVK, (double) instances.get().filter(counts).count()));
  }

  /** Shows machines without an Instance, by provider, region and config. */
  static void showOrphans(Meters meters, Supplier<Map<List<String>, Double>> orphans) {
    meters.gauge(
        "isobar_orphaned_machines",
        "Machines marked as made for an Instance that does not exist.",
        List.of("provider", "region", "config"),
        orphans);
  }

  /** A pass begins. */
  void begin(Optional<StoredInstance> instance, Instant now) {
    instance
        .filter(one -> !one.reconciled() && awaited.add(one.managed().uid()))
        .ifPresent(one -> firstPass.add(Duration.between(one.created(), now), GVK));
  }

  /** A pass ended as it shall. */
  void end(Optional<StoredInstance> instance, Wait wait, Instant begun, Instant now) {
    String result =
        switch (wait) {
          case Wait.ForChange() -> "success";
          case Wait.Backoff() -> "requeue";
          case Wait.Moving _, Wait.Pause _, Wait.Poll _ -> "requeue_after";
        };
    passes.add(CONTROLLER, result);
    length.add(Duration.between(begun, now), CONTROLLER);
    instance
        .filter(one -> one.is("Ready") && awaited.remove(one.managed().uid()))
        .ifPresent(one -> firstReady.add(Duration.between(one.created(), now), GVK));
    instance
        .filter(one -> wait instanceof Wait.Poll && one.is("Synced") && !differs(one.managed()))
        .ifPresent(one -> inSync.put(one.managed().uid(), now));
  }

  private static boolean differs(Managed managed) {
    return managed
        .status()
        .atProvider()
        .filter(machine -> machine.deviations().stream().anyMatch(Deviation::correctable))
        .isPresent();
  }

  /** The cloud has taken the wish to mend an object's machine. */
  void mended(String uid, Instant now) {
    Instant before = inSync.replace(uid, now);
    if (before != null) {
      drift.add(Duration.between(before, now), GVK);
    }
  }

  /** A pass ended in a fault of ours. */
  void fail(Instant begun, Instant now) {
    passes.add(CONTROLLER, "error");
    length.add(Duration.between(begun, now), CONTROLLER);
  }

  /** An object is gone. */
  void gone(StoredInstance instance, Instant now) {
    Managed managed = instance.managed();
    awaited.remove(managed.uid());
    inSync.remove(managed.uid());
    instance.deletedAt().ifPresent(since -> deletion.add(Duration.between(since, now), GVK));
  }
}
