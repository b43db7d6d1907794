package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Items;
import dev.isobar.apis.schema.Key;
import java.util.List;
import java.util.Optional;

/** What there is. */
@Doc("What there is of the cluster's own making.")
public record ClusterCleanupStatus(
    @Doc("Ready: whether the cloud answers; while this is deleted, what is still being removed.")
        @Key("type")
        List<StatusCondition> conditions,
    @Doc("What was found when the cloud was looked at last, at most 100 of it.")
        @Key("id")
        @Items(max = 100)
        List<Found> leftovers,
    @Doc("How many of each kind were found.") Optional<Counts> counts,
    @Doc(
            "When the control plane was found gone and removal began; it goes on from then on,"
                + " until the control plane of another cluster of the same name works.")
        Optional<String> begunAt) {
  /** Nothing was looked at. */
  public static final ClusterCleanupStatus NONE =
      new ClusterCleanupStatus(List.of(), List.of(), Optional.empty(), Optional.empty());

  /** One thing. */
  @Doc("One thing.")
  public record Found(
      @Doc("Its id in the cloud.") String id,
      @Doc("LoadBalancer, PublicAddress, SecurityGroup, Snapshot or Volume.") String kind,
      @Doc("Its name in the cloud, or what it is for.") String name) {}

  /** How many of each kind. */
  @Doc("How many of each kind were found.")
  public record Counts(
      @Doc("Load balancers.") int loadBalancers,
      @Doc("Public addresses of load balancers.") int publicAddresses,
      @Doc("Security groups of load balancers.") int securityGroups,
      @Doc("Snapshots of volumes.") int snapshots,
      @Doc("Volumes.") int volumes) {}
}
