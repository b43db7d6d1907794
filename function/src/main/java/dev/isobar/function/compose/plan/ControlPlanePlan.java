package dev.isobar.function.compose.plan;

import dev.isobar.apis.compute.LoadBalancer;
import dev.isobar.function.compose.cloud.ImagePin;
import dev.isobar.function.compose.cloud.Machine;
import java.util.List;
import java.util.Optional;

/**
 * What the control plane shall be.
 *
 * @param zones zones to spread over; empty leaves the choice to the cloud
 * @param serviceBalancer who balances the load to Services of the cluster
 * @param region the region as nodes, infrastructure and cloud controller spell it alike
 * @param externalNetwork the id of the network of public addresses: the Cloud's, or the one that
 *     was found by its name; empty until it is found
 * @param templateHash content hash of the machine template
 * @param contentHash content hash of everything the user set that ends up on the machines
 * @param stands whether none of its machines may be replaced, as others could not be had
 */
public record ControlPlanePlan(
    Machine machine,
    ImagePin image,
    List<String> zones,
    LoadBalancer loadBalancer,
    LoadBalancer serviceBalancer,
    String region,
    Optional<String> externalNetwork,
    String templateHash,
    String contentHash,
    boolean stands) {}
