package dev.isobar.apis.workspace;

import dev.isobar.apis.schema.Column;
import dev.isobar.apis.schema.Doc;

/** The composite {@code XGpuWorkspace}, its claim and its namespaced twin {@code GpuWorkspace}. */
@Doc(
    "A place to work with GPUs in a cluster: a namespace with a quota, nodes whose GPUs are divided"
        + " as its users need, and a JupyterHub if it is wished for.")
@Column(name = "Cluster", path = ".spec.clusterRef.name")
@Column(name = "Stage", path = ".status.stage")
@Column(name = "URL", path = ".status.url")
@Column(name = "Accepted", path = ".status.conditions[?(@.type=='Accepted')].status")
@Column(name = "Message", path = ".status.message", priority = 1)
@Column(
    name = "Refusal",
    path = ".status.conditions[?(@.reason=='InvalidConfiguration')].message",
    priority = 1)
public record GpuWorkspace(GpuWorkspaceSpec spec, GpuWorkspaceStatus status) {}
