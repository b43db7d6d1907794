package dev.isobar.function.compose;

import dev.isobar.apis.tree.Tree;
import java.util.Map;
import java.util.SortedMap;

/** A stand-in for Cluster API and Sveltos, who bring everything to its desired state at once. */
final class Controllers {
  /** A composite and its resources, as controllers see them. */
  interface Stage {
    /** The composed resources as core shows them. */
    SortedMap<String, Tree> observed();

    /** A controller wrote on a composed resource. */
    Object reported(String key, String overlay);

    /** Sveltos forgets the ClusterSummary of a profile. */
    Object withoutSummary(String profile);

    /** Sveltos writes on the ClusterSummary of a profile. */
    Object summary(String profile, String overlay);

    /** Sveltos takes over the spec of a profile. */
    Object summarySpec(String profile, Map<String, Object> spec);
  }

  private final Stage cluster;

  Controllers(Stage cluster) {
    this.cluster = cluster;
  }

  void work() {
    cluster.observed().forEach(this::work);
  }

  private void work(String key, Tree object) {
    switch (object.at("kind").text().orElse("")) {
      case "Cluster" -> clusterApi(key, object);
      case "KubeadmControlPlane" -> controlPlane(key, object);
      case "AWSManagedControlPlane" -> managedControlPlane(key, object);
      case "MachineDeployment" -> deployment(key, object);
      case "ClusterProfile", "Profile" -> profile(object);
      case "Deployment" -> program(key, object);
      default -> {
        // Nobody reports on templates and the like.
      }
    }
  }

  private void clusterApi(String key, Tree object) {
    var _ =
        cluster.reported(
            key,
            """
            spec: {controlPlaneEndpoint: {host: 192.0.2.10, port: 6443}}
            status:
              initialization: {infrastructureProvisioned: true, controlPlaneInitialized: true}
              conditions: [%s, %s]
            """
                .formatted(
                    condition(object, "InfrastructureReady", "True"),
                    condition(object, "Available", "True")));
  }

  private void controlPlane(String key, Tree object) {
    long replicas = object.at("spec", "replicas").whole().orElse(1L);
    String version = object.at("spec", "version").text().orElse("");
    var _ =
        cluster.reported(
            key,
            """
            status:
              initialization: {controlPlaneInitialized: true}
              readyReplicas: %1$d
              upToDateReplicas: %1$d
              version: %2$s
              versions: [{version: %2$s, replicas: %1$d}]
              conditions: [%3$s, %4$s]
            """
                .formatted(
                    replicas,
                    version,
                    condition(object, "Available", "True"),
                    condition(object, "RollingOut", "False")));
  }

  /** Conditions of Cluster API's first contract have no generation. */
  private void managedControlPlane(String key, Tree object) {
    String version = object.at("spec", "version").text().orElse("").substring(1);
    var _ =
        cluster.reported(
            key,
            """
            status:
              ready: true
              initialized: true
              version: '%s'
              conditions: [{type: EKSControlPlaneReady, status: 'True'}, {type: EKSControlPlaneCreating, status: 'False', reason: created}]
            """
                .formatted(version));
  }

  private void deployment(String key, Tree object) {
    String least = "cluster.x-k8s.io/cluster-api-autoscaler-node-group-min-size";
    boolean scaled = object.at("metadata", "annotations", least).exists();
    long wanted =
        object
            .at("metadata", "annotations", least)
            .text()
            .map(Long::valueOf)
            .or(() -> object.at("spec", "replicas").whole())
            .orElse(1L);
    Tree machine = object.at("spec", "template", "spec");
    boolean onEks =
        machine.at("bootstrap", "configRef", "kind").text().orElse("").startsWith("Nodeadm");
    // EKS has kubelets of its own.
    String version = machine.at("version").text().orElse("") + (onEks ? "-eks-113cf36" : "");
    var _ =
        cluster.reported(
            key,
            """
            spec: {%6$s}
            status:
              replicas: %1$d
              readyReplicas: %1$d
              availableReplicas: %1$d
              upToDateReplicas: %1$d
              versions: [%2$s]
              conditions: [%3$s, %4$s, %5$s]
            """
                .formatted(
                    wanted,
                    wanted == 0 ? "" : "{version: " + version + ", replicas: " + wanted + "}",
                    condition(object, "Available", "True"),
                    condition(object, "RollingOut", "False"),
                    condition(object, "MachinesReady", "True"),
                    scaled ? "replicas: " + wanted : ""));
  }

  /** Kubernetes runs the pod of a Deployment. */
  private void program(String key, Tree object) {
    var _ =
        cluster.reported(
            key,
            """
            status:
              observedGeneration: %d
              conditions:
              - {type: Available, status: "True", reason: MinimumReplicasAvailable}
              - {type: Progressing, status: "True", reason: NewReplicaSetAvailable}
            """
                .formatted(object.at("metadata", "generation").whole().orElse(0L)));
  }

  private static String condition(Tree object, String type, String status) {
    long generation = object.at("metadata", "generation").whole().orElse(0L);
    return "{type: %s, status: \"%s\", reason: %s, message: \"\", observedGeneration: %d}"
        .formatted(type, status, type, generation);
  }

  /** Sveltos copies a profile's spec, with its defaults, and says what became of it. */
  private void profile(Tree object) {
    String name = object.at("metadata", "name").text().orElse("");
    boolean chart = object.at("spec", "helmCharts").exists();
    boolean objects = object.at("spec", "policyRefs").exists();
    var _ = cluster.withoutSummary(name);
    var _ =
        cluster.summary(
            name,
            """
            metadata: {labels: {projectsveltos.io/cluster-profile-name: %s}}
            status:
              featureSummaries: [%s%s]
            """
                .formatted(
                    name,
                    chart ? "{featureID: Helm, status: Provisioned}, " : "",
                    objects ? "{featureID: Resources, status: Provisioned}" : ""));
    var _ = cluster.summarySpec(name, SveltosDefaults.filledIn(object.at("spec")));
  }
}
