package dev.isobar.apis.platform;

import dev.isobar.apis.compute.CapacityChoice;
import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Distinct;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.ExactlyOne;
import dev.isobar.apis.schema.Items;
import dev.isobar.apis.schema.Key;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;
import dev.isobar.apis.schema.Max;
import dev.isobar.apis.schema.Min;
import dev.isobar.apis.schema.Rule;
import dev.isobar.apis.schema.Span;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A group of equal nodes. */
@Doc("A group of equal nodes.")
@ExactlyOne({"machineType", "machineTypes"})
@ExactlyOne({"replicas", "autoscale"})
public record Pool(
    @Doc(
            "Its name within the cluster, permanent; every object of the pool carries label"
                + " isobar.dev/pool with it.")
        @Matches(
            value = "[a-z]([a-z0-9-]{0,28}[a-z0-9])?",
            says = "lower-case letters, digits and dashes, beginning with a letter, at most 30")
        String name,
    @Doc("Machine type of the Cloud.") @Length(min = 1, max = 255) Optional<String> machineType,
    @Doc(
            "For GPU pools: machine types of the Cloud with equal GPUs, tried in this order when a"
                + " type has no capacity left.")
        @Distinct
        @Items(min = 1, max = 8)
        Optional<List<String>> machineTypes,
    @Doc("A fixed number of nodes.") @Min(0) @Max(1000) Optional<Integer> replicas,
    @Doc("Limits between which the cluster autoscaler keeps the number of nodes.")
        Optional<Autoscale> autoscale,
    @Doc("Labels of the nodes.") @Items(max = 32) @Default("{}") Map<String, String> labels,
    @Doc("Taints of the nodes. GPU pools always have nvidia.com/gpu:NoSchedule besides.")
        @Items(max = 16)
        @Default("[]")
        List<Taint> taints,
    @Doc(
            "Zones of the Cloud: a CPU pool is spread evenly over them; a GPU pool takes them as"
                + " fall-backs in this order. When empty, machines that provider-isobar makes try"
                + " all zones of the Cloud; others are where the cloud puts them, without"
                + " spreading, on EC2 all of them in the zone of the cluster's first private"
                + " subnet.")
        @Distinct
        @Items(max = 16)
        @Default("[]")
        List<String> zones,
    @Doc("How the GPUs of the nodes are shared out; required when the machine type has GPUs.")
        Optional<Gpu> gpu,
    @Doc("Root disk; the machine type's own disk when left out.") Optional<Disk> rootDisk,
    @Doc("Additional disks.") @Key("name") @Items(max = 8) @Default("[]") List<DataDisk> disks,
    @Doc("Name of an existing server group (OpenStack) or placement group (EC2).")
        @Length(min = 1, max = 255)
        Optional<String> serverGroup,
    @Doc(
            "How the machines are paid for (EC2); by use when left out. Of Reserved and Block there"
                + " are no more than were reserved, so a node is given back before the next is"
                + " asked for.")
        Optional<CapacityChoice> capacity,
    @Doc(
            "How long pods of a node that goes away may take to leave; at least 1s, on GPU pools at"
                + " least the longest session. Volumes that are still attached then have 5m more."
                + " Default: 5m for CPU pools, 24h for GPU pools.")
        @Rule(cel = ControlPlane.LIMITED, says = ControlPlane.NOT_LIMITED)
        Optional<Span> drainTimeout,
    @Doc("When a node counts as broken and is replaced.") @Default("{}") HealthCheck healthCheck,
    @Doc("Kubelet settings of this pool; what is left out comes from spec.nodes.kubelet.")
        @Default("{}")
        Kubelet kubelet) {
  /** The same pool by another name, with another number of nodes. */
  public Pool as(String name, Optional<Integer> replicas, Optional<Autoscale> autoscale) {
    return new Pool(
        name,
        machineType,
        machineTypes,
        replicas,
        autoscale,
        labels,
        taints,
        zones,
        gpu,
        rootDisk,
        disks,
        serverGroup,
        capacity,
        drainTimeout,
        healthCheck,
        kubelet);
  }

  /** The same pool with GPUs that are shared out in another way. */
  public Pool with(Gpu gpu) {
    return new Pool(
        name,
        machineType,
        machineTypes,
        replicas,
        autoscale,
        labels,
        taints,
        zones,
        Optional.of(gpu),
        rootDisk,
        disks,
        serverGroup,
        capacity,
        drainTimeout,
        healthCheck,
        kubelet);
  }
}
