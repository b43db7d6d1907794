package dev.isobar.apis.workspace;

import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.ExactlyOne;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;
import java.util.Optional;

/** A scheduler besides Kubernetes' own. */
@Doc(
    "A scheduler with queues; it must be in the cluster: Kueue by addons.kueue of the"
        + " PlatformCluster, KAI for example as an extra add-on.")
@ExactlyOne({"kueue", "kai"})
public record QueueingScheduler(
    @Doc(
            "Kueue: the namespace gets a LocalQueue, in which the servers of the JupyterHub wait"
                + " and jobs may.")
        Optional<Kueue> kueue,
    @Doc("KAI: the servers of the JupyterHub are placed by it.") Optional<Kai> kai) {
  /** Kueue. */
  @Doc("Kueue. The LocalQueue of the namespace is called workspace.")
  public record Kueue(
      @Doc("The ClusterQueue that the namespace's queue draws on.")
          @Matches(value = Matches.OBJECT_NAME, says = "the name of a ClusterQueue")
          @Length(min = 1, max = 253)
          String clusterQueue) {}

  /** KAI. */
  @Doc("KAI Scheduler.")
  public record Kai(
      @Doc("The queue of the workspace.")
          @Matches(value = Matches.OBJECT_NAME, says = "the name of a queue")
          @Length(min = 1, max = 63)
          String queue) {}
}
