package dev.isobar.function.compose.plan;

import dev.isobar.function.compose.cloud.KubernetesVersion;
import java.util.List;
import java.util.Optional;

/**
 * The versions of a cluster.
 *
 * @param target what the control plane is set to
 * @param lowest the oldest version an API server runs; what talks to it must not be newer
 * @param controlPlaneRolls whether some of the control plane still runs another version, so that
 *     nodes must wait
 * @param held whether the claim asks for more than the target, which has to wait for the nodes to
 *     catch up
 * @param ahead what a cloud that runs the control plane has brought it to beyond the target
 * @param available what the claim may ask for next
 */
public record Versions(
    KubernetesVersion target,
    KubernetesVersion lowest,
    boolean controlPlaneRolls,
    boolean held,
    Optional<KubernetesVersion> ahead,
    List<KubernetesVersion> available) {}
