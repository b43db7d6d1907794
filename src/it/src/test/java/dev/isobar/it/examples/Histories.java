package dev.isobar.it.examples;

import static dev.isobar.it.examples.Documents.kind;

import dev.isobar.cli.input.Flavour;
import dev.isobar.cli.yaml.Plain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How what exists in a story came about. Most of them begin with the claim of openstack-ready: it
 * is rendered, applied and left to settle; then something happens.
 */
final class Histories {
  private static final String BEGINNING = "openstack-ready";

  /** More than any two composites need that wait for each other. */
  private static final int ROUNDS = 12;

  private final Path checkout;
  private final Path temporary;
  private final Flavour flavour;

  /**
   * Histories of a checkout's stories, which take what exists in between from a temporary folder.
   */
  Histories(Path checkout, Path temporary, Flavour flavour) {
    this.checkout = checkout;
    this.temporary = temporary;
    this.flavour = flavour;
  }

  /** The files of a story's observed folder by name; none when nothing exists in it. */
  Map<String, String> of(String story) throws IOException {
    return switch (story) {
      case BEGINNING,
          "openstack-new-image",
          "openstack-layout-change",
          "gpu-workspace-batch",
          "gpu-workspace-centre",
          "gpu-workspace-kinds",
          "gpu-workspace-mps" ->
          ready().files();
      case "gpu-workspace", "gpu-workspace-namespaced" -> together(story).files();
      case "openstack-degraded" -> degraded().files();
      case "openstack-upgrade" -> upgrading().files();
      case "openstack-upgrade-stuck" -> stuck().files();
      case "openstack-pool-leaves" -> leaving().files();
      case "openstack-teardown" -> changed("openstack-teardown").files();
      case "refused/skipped-minor", "refused/downgrade", "refused/changed-network" -> outline();
      default -> Map.of();
    };
  }

  /** A cluster that has settled, as its composite says. */
  private ManagementCluster ready() throws IOException {
    var cluster = new ManagementCluster();
    cluster.apply(composed(render(BEGINNING, cluster)));
    cluster.settle();
    // Health checks have a brake for the number of nodes that there are.
    cluster.apply(composed(render(BEGINNING, cluster)));
    cluster.settle();
    cluster.apply(composite(render(BEGINNING, cluster)));
    return cluster;
  }

  /** A cluster and a workspace in it, which have waited for each other until both came to rest. */
  private ManagementCluster together(String story) throws IOException {
    var cluster = new ManagementCluster();
    for (int round = 0; round < ROUNDS; round++) {
      Map<String, String> before = cluster.files();
      List<Map<String, @Nullable Object>> rendered = render(story, cluster);
      cluster.apply(composed(rendered));
      cluster.settle();
      cluster.apply(composite(rendered));
      if (before.equals(cluster.files())) {
        return cluster;
      }
    }
    throw new IllegalStateException(story + " does not come to rest");
  }

  /** Only what a refusal is about. */
  private Map<String, String> outline() throws IOException {
    return ready()
        .text(object -> Set.of("Cluster", "KubeadmControlPlane").contains(kind(object)))
        .map(text -> Map.of("cluster.yaml", text))
        .orElse(Map.of());
  }

  /** The control plane has one machine of the new version, and two of the old one. */
  private ManagementCluster upgrading() throws IOException {
    ManagementCluster cluster = ready();
    cluster.apply(composed(render("openstack-upgrade", cluster)));
    cluster.settle();
    cluster.change(
        "KubeadmControlPlane",
        "-cp",
        object ->
            ManagementCluster.withStatus(
                object,
                ManagementCluster.controlPlane(object)
                    .fails(
                        "MachinesUpToDate",
                        "NotUpToDate",
                        """
                        * Machines eo-lab-f4bd8-cp-4hw7z, eo-lab-f4bd8-cp-b9t2k:
                          * Version v1.35.2, v1.36.2 required\
                        """)
                    .condition(
                        "RollingOut",
                        "True",
                        "RollingOut",
                        """
                        Rolling out 2 not up-to-date replicas
                        * Version v1.35.2, v1.36.2 required\
                        """)
                    .replicas(3, 3, 1)
                    .version("v1.35.2", 2)
                    .version("v1.36.2", 1)));
    cluster.apply(composite(render("openstack-upgrade", cluster)));
    return cluster;
  }

  /** Everything has the new version but one pool, whose first new machine never becomes a node. */
  private ManagementCluster stuck() throws IOException {
    ManagementCluster cluster = upgrading();
    for (int round = 0; round < 2; round++) {
      cluster.settle();
      cluster.apply(composed(render("openstack-upgrade-stuck", cluster)));
    }
    cluster.settle();
    cluster.change(
        "MachineDeployment",
        "-general",
        object ->
            ManagementCluster.withStatus(
                object,
                ManagementCluster.deployment(object, 0)
                    .fails(
                        "MachinesReady",
                        "NotReady",
                        """
                        * Machine eo-lab-f4bd8-general-q8d5z-v2c7n:
                          * NodeHealthy: Waiting for a Node with spec.providerID \
                        openstack:///5f0c9b5e-9d6e-4d5e-8a43-6d1b5c0b7f11 to exist\
                        """)
                    .fails(
                        "MachinesUpToDate",
                        "NotUpToDate",
                        """
                        * Machines eo-lab-f4bd8-general-7xk2p-6mq9d, eo-lab-f4bd8-general-7xk2p-hs4tw, \
                        eo-lab-f4bd8-general-7xk2p-tz5rf:
                          * Version v1.35.2, v1.36.2 required\
                        """)
                    .condition(
                        "RollingOut",
                        "True",
                        "RollingOut",
                        """
                        Rolling out 3 not up-to-date replicas
                        * Version v1.35.2, v1.36.2 required\
                        """)
                    .replicas(4, 3, 1)
                    .version("v1.35.2", 3)
                    .version("v1.36.2", 1)));
    cluster.apply(composite(render("openstack-upgrade-stuck", cluster)));
    return cluster;
  }

  /** A cluster that has settled after its claim was changed. */
  private ManagementCluster changed(String story) throws IOException {
    ManagementCluster cluster = ready();
    cluster.apply(composed(render(story, cluster)));
    cluster.settle();
    cluster.apply(composite(render(story, cluster)));
    return cluster;
  }

  /** The last node of a pool that the claim has no more is still drained. */
  private ManagementCluster leaving() throws IOException {
    ManagementCluster cluster = ready();
    cluster.apply(composed(render("openstack-pool-leaves", cluster)));
    cluster.settle();
    cluster.change(
        "MachineDeployment",
        "-a100",
        object ->
            ManagementCluster.withStatus(
                object,
                ManagementCluster.deployment(object, 1)
                    .fails(
                        "MachinesReady",
                        "NotReady",
                        "* Machine eo-lab-f4bd8-a100-9w4xk-p7d2m: Deleting: Machine deletion in"
                            + " progress since more than 15m, stage: DrainingNode, delay likely due"
                            + " to Pods not completed yet")
                    .condition(
                        "ScalingDown",
                        "True",
                        "ScalingDown",
                        "Scaling down from 1 to 0 replicas")));
    cluster.apply(composite(render("openstack-pool-leaves", cluster)));
    return cluster;
  }

  /** Two of three nodes of a pool are gone, monitoring cannot be deployed. */
  private ManagementCluster degraded() throws IOException {
    ManagementCluster cluster = ready();
    cluster.change(
        "MachineDeployment",
        "-general",
        object ->
            ManagementCluster.withStatus(
                object,
                ManagementCluster.deployment(object, 3)
                    .fails(
                        "Available",
                        "NotAvailable",
                        "1 available replicas, at least 3 required"
                            + " (spec.strategy.rollout.maxUnavailable is 0, spec.replicas is 3)")
                    .fails(
                        "MachinesReady",
                        "NotReady",
                        """
                        * Machine eo-lab-f4bd8-general-7xk2p-6mq9d:
                          * NodeHealthy:
                            * Node.Ready: Kubelet stopped posting node status.
                        * Machine eo-lab-f4bd8-general-7xk2p-hs4tw:
                          * InfrastructureReady: OpenStackMachine status.initialization.provisioned is false
                          * NodeHealthy: Waiting for OpenStackMachine to report spec.providerID\
                        """)
                    .replicas(3, 1, 3)));
    cluster.change(
        "ClusterSummary",
        "-monitoring-capi-eo-lab-f4bd8",
        object ->
            Documents.overlay(
                object,
                Map.of(
                    "status",
                    Map.of(
                        "featureSummaries",
                        List.of(
                            Map.of(
                                "featureID",
                                "Helm",
                                "status",
                                "Provisioning",
                                "consecutiveFailures",
                                4,
                                "failureMessage",
                                "looks like \"https://prometheus-community.github.io/helm-charts\""
                                    + " is not a valid chart repository or cannot be reached: Get"
                                    + " \"https://prometheus-community.github.io/helm-charts/index.yaml\":"
                                    + " dial tcp 185.199.109.153:443: i/o timeout",
                                "lastAppliedTime",
                                Status.SINCE))))));
    return cluster;
  }

  /**
   * Renders the claim and Cloud of a story against what exists, whatever its observed folder says.
   */
  private List<Map<String, @Nullable Object>> render(String story, ManagementCluster existing)
      throws IOException {
    Path observed = Files.createTempDirectory(temporary, "observed");
    for (Map.Entry<String, String> file : existing.files().entrySet()) {
      Files.writeString(observed.resolve(file.getKey()), file.getValue());
    }
    String folder = "examples/" + story + "/";
    Replay replay =
        Replay.of(
            checkout,
            List.of(
                "render",
                "--flavour",
                flavour.name().toLowerCase(Locale.ROOT),
                folder + "claim.yaml",
                folder + "cloud.yaml",
                "--observed",
                observed.toString()));
    if (replay.code() != 0) {
      throw new IllegalStateException("cannot render " + story + ":\n" + replay.err());
    }
    return Documents.parse(replay.out());
  }

  private static List<Map<String, @Nullable Object>> composite(
      List<Map<String, @Nullable Object>> rendered) {
    return new ArrayList<>(rendered.stream().filter(ManagementCluster::isComposite).toList());
  }

  private static List<Map<String, @Nullable Object>> composed(
      List<Map<String, @Nullable Object>> rendered) {
    return rendered.stream()
        .filter(object -> !ManagementCluster.isComposite(object))
        .map(object -> Plain.copy(object))
        .toList();
  }
}
