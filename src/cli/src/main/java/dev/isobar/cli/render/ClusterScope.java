package dev.isobar.cli.render;

import java.util.Set;

/** The kinds that are known to have no namespace; without an API server nobody else could say. */
final class ClusterScope {
  private static final Set<String> KINDS =
      Set.of(
          "APIService",
          "AWSClusterControllerIdentity",
          "AWSClusterRoleIdentity",
          "AWSClusterStaticIdentity",
          "Cloud",
          "ClusterProfile",
          "ClusterPromotion",
          "ClusterProviderConfig",
          "ClusterRole",
          "ClusterRoleBinding",
          "ClusterUsage",
          "CompositeResourceDefinition",
          "Composition",
          "CustomResourceDefinition",
          "IngressClass",
          "MutatingWebhookConfiguration",
          "Namespace",
          "Node",
          "OpenStackClusterIdentity",
          "PersistentVolume",
          "PriorityClass",
          "RuntimeClass",
          "StorageClass",
          "ValidatingWebhookConfiguration");

  private ClusterScope() {}

  /** Whether objects of the kind have no namespace. */
  static boolean holds(String kind) {
    return KINDS.contains(kind);
  }
}
