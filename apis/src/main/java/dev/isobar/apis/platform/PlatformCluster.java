package dev.isobar.apis.platform;

import dev.isobar.apis.schema.Column;
import dev.isobar.apis.schema.Doc;

/**
 * The composite {@code XPlatformCluster}, its claim and its namespaced twin {@code
 * PlatformCluster}.
 */
@Doc(
    "A Kubernetes cluster for research: control plane, pools of CPU and GPU nodes, and the add-ons"
        + " they need.")
@Column(name = "Cloud", path = ".spec.cloud")
@Column(name = "Version", path = ".status.version")
@Column(name = "Stage", path = ".status.stage")
@Column(name = "Nodes", path = ".status.nodes")
@Column(name = "Accepted", path = ".status.conditions[?(@.type=='Accepted')].status")
@Column(name = "Message", path = ".status.message", priority = 1)
@Column(
    name = "Refusal",
    path = ".status.conditions[?(@.reason=='InvalidConfiguration')].message",
    priority = 1)
public record PlatformCluster(PlatformClusterSpec spec, PlatformClusterStatus status) {}
