package dev.isobar.function.compose;

import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.cloud.Catalogue;
import dev.isobar.function.compose.plan.ClusterId;
import dev.isobar.function.compose.plan.Keys;
import dev.isobar.function.compose.plan.ObservedCluster;
import dev.isobar.function.readiness.ObservedCondition;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The cluster of a workspace.
 *
 * @param claim the PlatformCluster as it is
 * @param spec what it asks for
 * @param cluster its Cluster, absent before it is made
 * @param controlPlane its control plane, absent before it is made
 * @param infrastructure its networks, absent before they are made
 * @param workspaces all workspaces of the namespace
 */
record FoundCluster(
    ClusterId id,
    Tree claim,
    PlatformClusterSpec spec,
    Catalogue cloud,
    Tree cluster,
    Tree controlPlane,
    Tree infrastructure,
    Summaries summaries,
    List<Tree> workspaces) {
  /** Its status. */
  Tree status() {
    return claim.at("status");
  }

  /** Whether it can take nodes: it has a control plane, with a version they must have. */
  boolean begun() {
    return cluster.exists() && controlPlane.at("spec", "version").exists();
  }

  /** Whether it says of itself that it can be used. */
  boolean ready() {
    return ObservedCondition.of(claim, "Ready").filter(ObservedCondition::holds).isPresent();
  }

  /** Why nothing in it changes for now, and who must act; empty when it goes on. */
  Optional<String> pause() {
    String name = "PlatformCluster " + id.claim();
    String until = ": neither nodes nor add-ons of the workspace change until ";
    if (spec.paused()) {
      return Optional.of(
          name + " is paused" + until + "its app team sets its spec.paused to false");
    }
    if (cluster.at("spec", "paused").truth().orElse(false)) {
      return Optional.of(
          "Cluster "
              + id.cluster()
              + " is paused, though "
              + name
              + " does not ask for it"
              + until
              + "whoever set its spec.paused sets it to false");
    }
    return Optional.empty();
  }

  /** What exists of a workspace, with what exists of the cluster under its own names. */
  ObservedCluster beside(SortedMap<String, Tree> workspace) {
    var all = new TreeMap<>(workspace);
    all.put(Keys.CLUSTER, cluster);
    all.put(Keys.CONTROL_PLANE, controlPlane);
    all.put(Keys.INFRASTRUCTURE, infrastructure);
    return new ObservedCluster(all);
  }
}
