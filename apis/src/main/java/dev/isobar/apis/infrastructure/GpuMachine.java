package dev.isobar.apis.infrastructure;

import dev.isobar.apis.schema.Column;
import dev.isobar.apis.schema.Doc;

/** One GPU node's machine, as Cluster API's InfraMachine contract asks for it. */
@Doc(
    "A GPU machine of a Cluster API cluster (InfraMachine contract v1beta2). Cluster API makes and"
        + " deletes them.")
@Column(name = "Cluster", path = ".metadata.labels['cluster\\.x-k8s\\.io/cluster-name']")
@Column(name = "Ready", path = ".status.conditions[?(@.type=='Ready')].status")
@Column(name = "Reason", path = ".status.conditions[?(@.type=='Ready')].reason")
@Column(name = "Type", path = ".status.machineType")
@Column(name = "ProviderID", path = ".spec.providerID", priority = 1)
@Column(name = "Age", path = ".metadata.creationTimestamp", type = "date")
public record GpuMachine(GpuMachineSpec spec, GpuMachineStatus status) {}
