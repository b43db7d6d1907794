package dev.isobar.function.compose;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.cloud.KubernetesVersion;
import dev.isobar.function.compose.gpu.GpuNodeConfig;
import dev.isobar.function.compose.plan.ClusterId;
import dev.isobar.function.compose.plan.Marks;
import dev.isobar.function.compose.plan.ObservedCluster;
import dev.isobar.function.compose.plan.PoolKinds;
import dev.isobar.function.compose.plan.WorkspaceNodes;
import dev.isobar.function.compose.workspace.WorkspaceId;
import dev.isobar.function.contract.Requirement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a cluster must know of the nodes of workspaces: its one GPU Operator their configurations,
 * its autoscaler and its upgrades that they are there. The cluster collects it from what each
 * workspace says in its status, and from MachineDeployments, which outlive their workspace until
 * their last node is drained.
 */
final class WorkspaceEntries {
  private static final String WORKSPACES = "workspaces";
  private static final String DEPLOYMENTS = "workspace-pools";

  private WorkspaceEntries() {}

  /** What core must look up: a composite's labels are not the function's, so all are listed. */
  static List<Requirement> requirements(ClusterId id) {
    return List.of(
        WorkspaceLookup.all(WORKSPACES, id.namespace()),
        new Requirement(
            DEPLOYMENTS,
            "cluster.x-k8s.io/v1beta2",
            "MachineDeployment",
            new Requirement.Selection.ByLabels(
                new TreeMap<>(Map.of(Marks.SERVED_BY, id.cluster()))),
            Optional.of(id.namespace())));
  }

  /** The configurations, each once: workspaces of a course are often alike. */
  static List<GpuNodeConfig> of(ClusterId id, Map<String, List<Tree>> required) {
    var texts = new TreeSet<String>();
    for (Tree workspace : workspaces(id, required)) {
      workspace
          .at("status", "gpuConfigs")
          .items()
          .forEach(config -> config.text().ifPresent(texts::add));
    }
    for (Tree deployment : required.getOrDefault(DEPLOYMENTS, List.of())) {
      ObservedCluster.annotation(deployment, Marks.GPU_CONFIGS).stream()
          .flatMap(String::lines)
          .forEach(texts::add);
    }
    return texts.stream().map(GpuNodeConfig::decode).toList();
  }

  /** Whether a workspace has or will have autoscaled nodes of its own in the cluster. */
  static boolean scaled(ClusterId id, Map<String, List<Tree>> required) {
    return workspaces(id, required).stream()
            .flatMap(workspace -> workspace.at("spec", "accelerators").items().stream())
            .map(accelerator -> accelerator.at("nodes"))
            .anyMatch(nodes -> !nodes.at("min").whole().equals(nodes.at("max").whole()))
        || required.getOrDefault(DEPLOYMENTS, List.of()).stream()
            .anyMatch(deployment ->
                ObservedCluster.annotation(deployment, Marks.AUTOSCALER + "max-size").isPresent());
  }

  /** The MachineDeployments of workspaces that have machines, those included that go. */
  static List<Tree> manned(Map<String, List<Tree>> required) {
    return required.getOrDefault(DEPLOYMENTS, List.of()).stream()
        .filter(deployment -> deployment.at("status", "replicas").whole().orElse(0L) > 0)
        .toList();
  }

  /**
   * What workspaces ask for that have pools in the cluster, also those without machines. One that
   * never came that far, as its claim may be wrong, holds nothing up.
   */
  static List<WorkspaceNodes> standing(ClusterId id, Map<String, List<Tree>> required) {
    List<WorkspaceNodes> standing = new ArrayList<>();
    for (Tree workspace : workspaces(id, required)) {
      String name = workspace.at("metadata", "name").text().orElse("");
      boolean stays = !workspace.at("metadata", "deletionTimestamp").exists();
      for (Tree accelerator : workspace.at("spec", "accelerators").items()) {
        String called = accelerator.at("name").text().orElse("");
        List<String> types =
            accelerator.at("machineTypes").items().stream()
                .flatMap(type -> type.text().stream())
                .toList();
        List<Tree> made = made(name, called, required);
        if (stays && !types.isEmpty() && !made.isEmpty()) {
          Optional<String> gap =
              made.stream()
                  .flatMap(pool -> ObservedCluster.annotation(pool, Marks.STANDS).stream())
                  .findFirst();
          Optional<KubernetesVersion> oldest =
              made.stream()
                  .flatMap(pool -> ObservedCluster.version(pool).stream())
                  .min(Comparator.naturalOrder());
          standing.add(new WorkspaceNodes(name, called, types, oldest, gap));
        }
      }
    }
    return standing;
  }

  /** The MachineDeployments that were made of an accelerator. */
  private static List<Tree> made(
      String workspace, String accelerator, Map<String, List<Tree>> required) {
    return required.getOrDefault(DEPLOYMENTS, List.of()).stream()
        .filter(deployment -> isMade(workspace, accelerator, deployment))
        .toList();
  }

  private static boolean isMade(String workspace, String accelerator, Tree deployment) {
    List<String> pools = PoolKinds.names(WorkspaceId.pool(workspace, accelerator));
    return ObservedCluster.label(deployment, Marks.POOL).filter(pools::contains).isPresent();
  }

  /** Whether a MachineDeployment was made of what a workspace asks for. */
  static boolean isMade(WorkspaceNodes nodes, Tree deployment) {
    return isMade(nodes.workspace(), nodes.accelerator(), deployment);
  }

  private static List<Tree> workspaces(ClusterId id, Map<String, List<Tree>> required) {
    return required.getOrDefault(WORKSPACES, List.of()).stream()
        .filter(workspace ->
            workspace
                .at("spec", "clusterRef", "name")
                .text()
                .filter(id.claim()::equals)
                .isPresent())
        .toList();
  }
}
