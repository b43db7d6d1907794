package dev.isobar.apis.platform;

import dev.isobar.apis.compute.ClusterCleanupSpec.Fate;
import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Length;
import java.util.Optional;

/** The storage class for the cloud's volumes. */
@Doc("The default storage class, which makes volumes of the cloud.")
public record Volumes(
    @Doc("Volume type of the cloud; the cloud's default when left out.") @Length(min = 1, max = 255)
        Optional<String> type,
    @Doc(
            "What happens to a volume whose claim is deleted: Delete (it goes as well) or Retain"
                + " (it stays).")
        @Default("\"Delete\"")
        Reclaim reclaim,
    @Doc(
            "What happens to volumes and snapshots that still exist when the cluster itself is"
                + " deleted. Keep: they stay in the cloud with their data, cost what they cost, and"
                + " the cluster's ClusterCleanup names them. Delete: they go, with the data in"
                + " them. Needs a Cloud with a providerConfigRef.")
        @Default("\"Keep\"")
        Fate afterCluster) {
  /** What happens to a volume whose claim is deleted; spelled as in the API. */
  public enum Reclaim {
    Delete,
    Retain
  }
}
