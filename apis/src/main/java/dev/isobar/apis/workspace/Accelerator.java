package dev.isobar.apis.workspace;

import dev.isobar.apis.platform.Autoscale;
import dev.isobar.apis.platform.Disk;
import dev.isobar.apis.platform.Partitioning;
import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Distinct;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.ExactlyOne;
import dev.isobar.apis.schema.Items;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;
import dev.isobar.apis.schema.Rule;
import dev.isobar.apis.schema.Span;
import java.util.List;
import java.util.Optional;

/** GPUs of a workspace. */
@Doc("GPUs of a workspace: nodes of its own, or a pool of the cluster.")
@ExactlyOne({"machineTypes", "poolRef"})
@Rule(
    cel = "has(self.machineTypes) == has(self.nodes)",
    says = "nodes belongs to machineTypes, and both are needed for nodes of the workspace's own")
@Rule(
    cel = "has(self.machineTypes) == has(self.partitioning)",
    says =
        "partitioning belongs to machineTypes, and both are needed for nodes of the workspace's"
            + " own; whole GPUs are partitioning: {none: {}}")
public record Accelerator(
    @Doc("Its name within the workspace, permanent.")
        @Matches(
            value = "[a-z]([a-z0-9-]{0,18}[a-z0-9])?",
            says = "lower-case letters, digits and dashes, beginning with a letter, at most 20")
        String name,
    @Doc(
            "Machine types of the Cloud with equal GPUs, tried in this order when a type has no"
                + " capacity left.")
        @Distinct
        @Items(min = 1, max = 8)
        Optional<List<String>> machineTypes,
    @Doc(
            "Limits between which the cluster autoscaler keeps the number of nodes; equal ones for"
                + " a fixed number.")
        Optional<Autoscale> nodes,
    @Doc("How the GPUs of the nodes are shared out.") Optional<Partitioning> partitioning,
    @Doc("A pool of the cluster to use in place of nodes of the workspace's own.")
        Optional<PoolRef> poolRef,
    @Doc(
            "Zones of the Cloud, as fall-backs in this order; all zones when empty. Only for nodes"
                + " of the workspace's own.")
        @Distinct
        @Items(max = 16)
        @Default("[]")
        List<String> zones,
    @Doc(
            "Root disk of the nodes; the machine type's own disk when left out. Only for nodes of"
                + " the workspace's own.")
        Optional<Disk> rootDisk,
    @Doc(
            "How long pods of a node that goes away may take to leave; at least 1s. Volumes that"
                + " are still attached then have 5m more. Default: the longest age of a server,"
                + " spec.jupyterhub.idle.maxAge, but at least 24h. Only for nodes of the"
                + " workspace's own.")
        @Rule(cel = "self.matches('[1-9]')", says = "must be at least 1s")
        Optional<Span> drainTimeout) {
  /** A pool of the cluster. */
  @Doc("A pool of the cluster.")
  public record PoolRef(@Doc("Name of the pool.") @Length(min = 1, max = 63) String name) {}
}
