package dev.isobar.apis.platform;

import dev.isobar.apis.schema.Doc;
import java.util.Map;
import java.util.Optional;

/** How a pool is doing. */
@Doc("How a pool is doing.")
public record PoolState(
    @Doc("The pool's name.") String name,
    @Doc(
            "One word: Ready, Coming (nodes are on their way), Degraded (nodes that were there are"
                + " missing), and of a workspace's pools that go: Leaving (nodes stay until others"
                + " have come) or Draining (nodes are being emptied).")
        Optional<String> state,
    @Doc(
            "Nodes wanted; for an autoscaled pool what the autoscaler asks for now, and no fewer"
                + " than min.")
        int wanted,
    @Doc("Nodes ready.") int ready,
    @Doc("Nodes of the wanted version and settings.") int upToDate,
    @Doc("Kubernetes version of the pool.") Optional<String> version,
    @Doc("The machine type in use, or the first of the list.") Optional<String> machineType,
    @Doc("Fewest nodes, when autoscaled.") Optional<Integer> min,
    @Doc("Most nodes, when autoscaled.") Optional<Integer> max,
    @Doc("GPU model of the nodes.") Optional<String> gpuModel,
    @Doc("GPUs of each node.") Optional<Integer> gpusPerNode,
    @Doc(
            "Layout of the GPUs: a name by content, as in label nvidia.com/mig.config of the nodes;"
                + " while nodes are replaced, of those that go.")
        Optional<String> layout,
    @Doc(
            "What each node offers to pods, by resource name; while nodes are replaced, each of"
                + " those that go.")
        Map<String, Integer> resources,
    @Doc("What was planned for a demand; left out when the claim says how GPUs are divided.")
        Optional<PlannedSlices> planned,
    @Doc("What is wrong or being waited for; left out when nothing is.")
        Optional<String> message) {}
