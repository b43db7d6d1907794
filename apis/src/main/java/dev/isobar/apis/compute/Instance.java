package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Column;
import dev.isobar.apis.schema.Doc;

/** One machine of a cloud: a managed resource of Crossplane. */
@Doc(
    "One machine of a cloud, described alike for OpenStack and EC2: a managed resource of"
        + " Crossplane. Exactly one machine exists for it, whatever crashes or gets lost.")
@Column(name = "Synced", path = ".status.conditions[?(@.type=='Synced')].status")
@Column(name = "Ready", path = ".status.conditions[?(@.type=='Ready')].status")
@Column(name = "State", path = ".status.atProvider.state")
@Column(name = "Type", path = ".status.atProvider.machineType.name")
@Column(name = "Zone", path = ".status.atProvider.zone", priority = 1)
@Column(
    name = "External-Name",
    path = ".metadata.annotations.crossplane\\.io/external-name",
    priority = 1)
@Column(name = "Reason", path = ".status.conditions[?(@.type=='Synced')].reason", priority = 1)
@Column(name = "Age", path = ".metadata.creationTimestamp", type = "date")
public record Instance(InstanceSpec spec, InstanceStatus status) {}
