package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Column;
import dev.isobar.apis.schema.Doc;

/** How the Instances of all namespaces reach a cloud. */
@Doc("How Instances of all namespaces, and Clouds, reach a cloud.")
@Column(name = "Provider", path = ".spec.provider")
@Column(name = "Region", path = ".spec.region")
@Column(name = "Users", path = ".status.users", type = "integer")
@Column(name = "Secret", path = ".spec.credentials.secretRef.name", priority = 1)
@Column(name = "Age", path = ".metadata.creationTimestamp", type = "date")
public record ClusterProviderConfig(ClusterProviderConfigSpec spec, ProviderConfigStatus status) {}
