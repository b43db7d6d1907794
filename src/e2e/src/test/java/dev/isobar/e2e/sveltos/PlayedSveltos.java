package dev.isobar.e2e.sveltos;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.yaml.Plain;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import java.io.Closeable;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Plays Sveltos where it cannot deploy anything: clusters in memory do not know its way of
 * applying.
 *
 * @param management where the profiles are
 */
public record PlayedSveltos(Kubernetes management) {
  /** Says of every add-on of a cluster that it is deployed. */
  public void deploys(String namespace, String cluster) {
    Stream.of(Kind.CLUSTER_PROFILE, Kind.PROFILE)
        .flatMap(kind -> management.list(kind, "", of(cluster)).stream())
        .forEach(profile -> deploys(profile, namespace, cluster));
  }

  /** Says so from now on, of every add-on as it is wanted then, until it is closed. */
  public Closeable keepsDeploying(String namespace, String cluster) {
    return management.follow(
        Kind.CLUSTER_PROFILE,
        of(cluster),
        seen -> {
          if (!seen.gone() && !seen.object().at("metadata", "deletionTimestamp").exists()) {
            deploys(seen.object(), namespace, cluster);
          }
        });
  }

  private static Map<String, String> of(String cluster) {
    return Map.of("isobar.dev/cluster", cluster);
  }

  private void deploys(Tree profile, String namespace, String cluster) {
    String prefix = Reference.of(profile).kind().equals(Kind.PROFILE) ? "p--" : "";
    Reference summary =
        Kind.CLUSTER_SUMMARY.named(
            namespace, prefix + Reference.of(profile).name() + "-capi-" + cluster);
    var _ = management.apply(summary(profile, summary, cluster));
    var _ =
        management.patchStatus(
            summary, Map.of("featureSummaries", List.of(deployed("Helm"), deployed("Resources"))));
  }

  private static Map<String, ?> summary(Tree profile, Reference summary, String cluster) {
    Reference reference = Reference.of(profile);
    String name = reference.name();
    String label = reference.kind().equals(Kind.PROFILE) ? "profile-name" : "cluster-profile-name";
    return Map.of(
        "apiVersion",
        summary.kind().apiVersion(),
        "kind",
        summary.kind().name(),
        "metadata",
        Map.of(
            "name",
            summary.name(),
            "namespace",
            summary.namespace(),
            "labels",
            Map.of(
                "projectsveltos.io/" + label,
                name,
                "projectsveltos.io/cluster-name",
                cluster,
                "projectsveltos.io/cluster-type",
                "Capi"),
            "ownerReferences",
            List.of(
                Map.of(
                    "apiVersion", reference.kind().apiVersion(),
                    "kind", reference.kind().name(),
                    "name", name,
                    "uid", profile.at("metadata", "uid").text().orElseThrow()))),
        "spec",
        Map.of(
            "clusterNamespace",
            summary.namespace(),
            "clusterName",
            cluster,
            "clusterType",
            "Capi",
            "clusterProfileSpec",
            Plain.copy(profile.at("spec").plain())));
  }

  private static Map<String, String> deployed(String feature) {
    return Map.of("featureID", feature, "status", "Provisioned");
  }
}
