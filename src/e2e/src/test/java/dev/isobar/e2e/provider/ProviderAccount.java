package dev.isobar.e2e.provider;

import dev.isobar.apis.tree.Tree;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.plane.ControlPlane;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The account that Crossplane gives a provider's pod, with the roles that its manager of roles
 * writes for the package, and those of package/rbac.
 */
final class ProviderAccount {
  static final String NAMESPACE = "crossplane-system";
  static final String NAME = "provider-isobar";
  private static final String REVISION = NAME + "-1";
  private static final Kind REVISIONS = new Kind("pkg.crossplane.io/v1", "ProviderRevision");
  private static final Kind BINDINGS =
      new Kind("rbac.authorization.k8s.io/v1", "ClusterRoleBinding");

  private ProviderAccount() {}

  /** Makes it, unless it is there; answers the file of access. */
  static synchronized Path of(ControlPlane plane) {
    Kubernetes kubernetes = plane.kubernetes();
    if (kubernetes.find(REVISIONS.named(REVISION)).isEmpty()) {
      make(kubernetes);
    }
    return plane.server().kubeconfig(NAMESPACE, NAME);
  }

  private static void make(Kubernetes kubernetes) {
    var _ =
        kubernetes.apply(
            Map.of(
                "apiVersion", "v1",
                "kind", "ServiceAccount",
                "metadata", Map.of("name", NAME, "namespace", NAMESPACE)));
    Tree revision =
        kubernetes.apply(
            Map.of(
                "apiVersion",
                REVISIONS.apiVersion(),
                "kind",
                REVISIONS.name(),
                "metadata",
                Map.of("name", REVISION, "labels", Map.of("pkg.crossplane.io/package", NAME)),
                "spec",
                Map.of(
                    "desiredState",
                    "Inactive",
                    "revision",
                    1,
                    "image",
                    "example.org/isobar/" + NAME + "@sha256:" + "0".repeat(64))));
    var _ = kubernetes.apply(deployment(revision.at("metadata", "uid").text().orElseThrow()));
    Map<String, Object> package_ =
        Map.of("capabilities", List.of("safe-start"), "objectRefs", definitions());
    var _ = kubernetes.patchStatus(REVISIONS.named(REVISION), package_);
    var _ =
        Await.PATIENT.until(
            kubernetes,
            BINDINGS.named("crossplane:provider:" + REVISION + ":system"),
            "binds the account",
            binding ->
                binding.at("subjects").items().stream()
                    .anyMatch(one -> one.at("name").text().filter(NAME::equals).isPresent()));
    // Nothing is fetched; core would go on trying.
    var _ =
        kubernetes.patch(
            REVISIONS.named(REVISION),
            Map.of("metadata", Map.of("annotations", Map.of("crossplane.io/paused", "true"))));
  }

  private static List<Map<String, Object>> definitions() {
    return Stream.of(
            "instances",
            "clustercleanups",
            "providerconfigs",
            "clusterproviderconfigs",
            "providerconfigusages",
            "clouds")
        .map(plural ->
            Map.<String, Object>of(
                "apiVersion",
                "apiextensions.k8s.io/v1",
                "kind",
                "CustomResourceDefinition",
                "name",
                plural + ".compute.isobar.dev"))
        .toList();
  }

  /** The manager of roles reads the account's name from it; there are no nodes for its pods. */
  private static Map<String, Object> deployment(String owner) {
    Map<String, Object> labels = Map.of("pkg.crossplane.io/provider", NAME);
    return Map.of(
        "apiVersion",
        "apps/v1",
        "kind",
        "Deployment",
        "metadata",
        Map.of(
            "name",
            NAME,
            "namespace",
            NAMESPACE,
            "ownerReferences",
            List.of(
                Map.of(
                    "apiVersion",
                    REVISIONS.apiVersion(),
                    "kind",
                    REVISIONS.name(),
                    "name",
                    REVISION,
                    "uid",
                    owner,
                    "controller",
                    true))),
        "spec",
        Map.of(
            "replicas",
            0,
            "selector",
            Map.of("matchLabels", labels),
            "template",
            Map.of(
                "metadata",
                Map.of("labels", labels),
                "spec",
                Map.of(
                    "serviceAccountName",
                    NAME,
                    "containers",
                    List.of(Map.of("name", "package-runtime", "image", "example.org/none"))))));
  }
}
