package dev.isobar.apis.platform;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Span;

/**
 * How the cluster autoscaler chooses.
 *
 * @see <a
 *     href="https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/FAQ.md">what
 *     its flags of these names do</a>
 */
@Doc(
    "How the cluster autoscaler works, which runs beside Cluster API as soon as a pool of the"
        + " cluster or of one of its workspaces is autoscaled.")
public record ClusterAutoscaler(
    @Doc(
            "Which pool grows when several could serve a pod: LeastWaste (the one with the least"
                + " idle processor and memory afterwards), MostPods (the one that serves most"
                + " waiting pods), LeastNodes (the one that needs fewest nodes) or Random.")
        @Default("\"LeastWaste\"")
        Expander expander,
    @Doc("How long a node must have been unneeded before it goes; pools may say otherwise.")
        @Default("\"10m\"")
        Span scaleDownUnneededTime,
    @Doc(
            "How long a machine may take to become a node before another pool is tried and the"
                + " machine is given back. GPU nodes that install their driver need more than the"
                + " autoscaler's own 15m; at least 2m.")
        @Default("\"30m\"")
        Span maxNodeProvisionTime) {
  /** Ways to choose a pool; spelled as in the API. */
  public enum Expander {
    LeastWaste,
    MostPods,
    LeastNodes,
    Random
  }
}
