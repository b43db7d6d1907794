package dev.isobar.apis.workspace;

import dev.isobar.apis.platform.AddonState;
import dev.isobar.apis.platform.PoolState;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Key;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a workspace is doing. */
@Doc("How the workspace is doing.")
public record GpuWorkspaceStatus(
    @Doc(
            "One word: Waiting, Provisioning, Changing, Degraded, Ready, Paused (by its cluster, or"
                + " by who paused its nodes) or Deleting.")
        Optional<String> stage,
    @Doc("One sentence: what is being waited for, and who must act.") Optional<String> message,
    @Doc("Name of the Cluster API Cluster it is in.") Optional<String> clusterName,
    @Doc("Its namespace in that cluster.") Optional<String> namespace,
    @Doc("Where the hub is.") Optional<String> url,
    @Doc("The accelerators and what they offer.") @Key("name") List<AcceleratorState> accelerators,
    @Doc("The kinds of servers and what they ask for.") @Key("name") List<ServerState> profiles,
    @Doc("The nodes of accelerators that are the workspace's own.") @Key("name")
        List<PoolState> pools,
    @Doc("What is installed into the cluster for the workspace.") @Key("name")
        List<AddonState> addons,
    @Doc(
            "What the GPU Operator of the cluster must know of the nodes; the PlatformCluster reads"
                + " it.")
        List<String> gpuConfigs) {
  /** What an accelerator offers. */
  @Doc("What an accelerator offers.")
  public record AcceleratorState(
      @Doc("Its name.") String name,
      @Doc("What all nodes that there may be offer, by resource name.") Map<String, Integer> inAll,
      @Doc("Compute slices of all nodes that there may be which belong to no instance.")
          Optional<Integer> wastedComputeSlices,
      @Doc("Memory slices of all nodes that there may be which belong to no instance.")
          Optional<Integer> wastedMemorySlices,
      @Doc("Nodes wanted now, of a pool of the cluster for all who use it.")
          Optional<Integer> wanted,
      @Doc("Nodes ready.") Optional<Integer> ready,
      @Doc(
              "Nodes of kinds it has no more, which are being emptied. They are in no other number,"
                  + " and come on top of nodes.max. Left out when there are none.")
          Optional<Integer> draining,
      @Doc("What is wrong or being waited for; left out when nothing is.") Optional<String> message,
      @Doc(
              "Its nodes, by what they have: several kinds where a demand is served by fewer nodes"
                  + " when they differ. The numbers of the accelerator are those of all kinds"
                  + " together.")
          @Key("pool")
          List<NodeKind> kinds) {}

  /** Nodes of an accelerator that are alike. */
  @Doc("Nodes of an accelerator that are alike.")
  public record NodeKind(
      @Doc("The pool of these nodes: label isobar.dev/pool of nodes.") String pool,
      @Doc("Layout of the GPUs: a name by content, as in the status of pools.")
          Optional<String> layout,
      @Doc(
              "What each node offers to pods, by resource name; until nodes are as planned, those"
                  + " that are there.")
          Map<String, Integer> perNode,
      @Doc("Compute slices of a node that belong to no instance.")
          Optional<Integer> wastedComputeSlices,
      @Doc("Memory slices of a node that belong to no instance.")
          Optional<Integer> wastedMemorySlices,
      @Doc("Most nodes.") int most,
      @Doc("Nodes wanted now.") Optional<Integer> wanted,
      @Doc("Nodes ready.") Optional<Integer> ready,
      @Doc("What is wrong or being waited for; left out when nothing is.")
          Optional<String> message) {}

  /** What a kind of server asks for. */
  @Doc("What a kind of server asks for.")
  public record ServerState(
      @Doc("Its name.") String name,
      @Doc(
              "The resource it asks for; left out without an accelerator. Until nodes are as"
                  + " planned it is one of those that are there.")
          Optional<String> resource,
      @Doc("How many of the resource.") Optional<Integer> count,
      @Doc("Whether a server can come up: there are nodes for it, or the autoscaler may make them.")
          boolean schedulable,
      @Doc("Why it cannot, or what it waits for first; left out when nothing is in the way.")
          Optional<String> message) {}
}
