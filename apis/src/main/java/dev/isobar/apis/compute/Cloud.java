package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Column;
import dev.isobar.apis.schema.Doc;

/** A project or account of a cloud in one region, with what it offers. */
@Doc(
    "A project (OpenStack) or account (EC2) of a cloud in one region: how to reach it, and what it"
        + " offers.")
@Column(name = "Provider", path = ".spec.provider")
@Column(name = "Region", path = ".spec.region")
@Column(name = "Ready", path = ".status.conditions[?(@.type=='Ready')].status")
@Column(name = "Reason", path = ".status.conditions[?(@.type=='Ready')].reason", priority = 1)
@Column(name = "Types", path = ".status.counts.machineTypes", type = "integer")
@Column(name = "GPU-Types", path = ".status.counts.gpuTypes", type = "integer")
@Column(name = "Images", path = ".status.counts.images", type = "integer")
@Column(name = "Discovered", path = ".status.discoveredAt", type = "date", priority = 1)
@Column(name = "Age", path = ".metadata.creationTimestamp", type = "date")
public record Cloud(CloudSpec spec, CloudStatus status) {}
