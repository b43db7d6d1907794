package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Column;
import dev.isobar.apis.schema.Doc;

/** Takes away what a cluster's own controllers made in its cloud, when the cluster is deleted. */
@Doc(
    "What the controllers inside a Kubernetes cluster made in its cloud (load balancers, their"
        + " addresses and security groups, volumes), and what becomes of it when the cluster is"
        + " deleted. Made by the composition of a PlatformCluster; goes once all that shall go is"
        + " gone. Whoever may make one may have things of any cluster in the project deleted.")
@Column(name = "Ready", path = ".status.conditions[?(@.type=='Ready')].status")
@Column(name = "Reason", path = ".status.conditions[?(@.type=='Ready')].reason")
@Column(name = "Load-Balancers", path = ".status.counts.loadBalancers", type = "integer")
@Column(name = "Volumes", path = ".status.counts.volumes", type = "integer")
@Column(name = "When-Deleted", path = ".spec.volumes", priority = 1)
@Column(name = "Age", path = ".metadata.creationTimestamp", type = "date")
public record ClusterCleanup(ClusterCleanupSpec spec, ClusterCleanupStatus status) {}
