package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Key;
import java.util.List;
import java.util.Optional;

/** How an Instance is doing. */
@Doc("How the machine is doing.")
public record InstanceStatus(
    @Doc("The machine as the cloud shows it.") Optional<InstanceObservation> atProvider,
    @Doc(
            "Offers (machine type and zone) that the cloud refused, and when each is asked for"
                + " again; empty once there is a machine.")
        List<RefusedOffer> refusedOffers,
    @Doc(
            "Ready: the machine is as it shall be and runs (or is stopped, if it shall be). Synced:"
                + " the last look or change went well.")
        @Key("type")
        List<StatusCondition> conditions,
    @Doc("Generation of the spec that the status speaks of.") Optional<Long> observedGeneration,
    @Doc("The last value of annotation crossplane.io/reconcile-requested-at that was handled.")
        Optional<String> lastHandledReconcileAt) {
  /** Nothing is known yet. */
  public static final InstanceStatus NONE =
      new InstanceStatus(
          Optional.empty(), List.of(), List.of(), Optional.empty(), Optional.empty());

  /** An offer the cloud refused. */
  @Doc("A machine type in a zone that the cloud could not or would not give.")
  public record RefusedOffer(
      @Doc("The machine type.") String machineType,
      @Doc("The zone; the cloud's choice when left out.") Optional<String> zone,
      @Doc(
              "Why, as in conditions: InsufficientCapacity, QuotaExceeded, or InvalidConfiguration"
                  + " where the cloud does not have the type, or not there.")
          String reason,
      @Doc("The cloud's own words.") String message,
      @Doc("How often in a row.") int times,
      @Doc("When it is asked for again, in RFC 3339.") String retryAt) {}
}
