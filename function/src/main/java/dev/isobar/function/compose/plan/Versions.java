package dev.isobar.function.compose.plan;

import dev.isobar.function.compose.cloud.KubernetesVersion;
import java.util.List;

/**
 * The versions of a cluster.
 *
 * @param target what the control plane is set to
 * @param lowest the oldest version an API server runs; what talks to it must not be newer
 * @param controlPlaneRolls whether some of the control plane still runs another version, so that
 *     nodes must wait
 * @param held whether the claim asks for more than the target, which has to wait for the nodes to
 *     catch up
 * @param available what the claim may ask for next
 */
public record Versions(
    KubernetesVersion target,
    KubernetesVersion lowest,
    boolean controlPlaneRolls,
    boolean held,
    List<KubernetesVersion> available) {}
