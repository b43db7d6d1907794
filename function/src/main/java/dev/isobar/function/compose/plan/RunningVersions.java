package dev.isobar.function.compose.plan;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.cloud.KubernetesVersion;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The versions that a cluster runs, beside the one that it is set to. */
record RunningVersions(ObservedCluster observed) {
  /** What the cloud has brought a control plane to that it runs; it never goes back. */
  Optional<KubernetesVersion> ahead(KubernetesVersion target) {
    return observed.managed()
        ? observed
            .controlPlane()
            .at("status", "version")
            .text()
            .flatMap(observed::version)
            .filter(version -> version.compareTo(target) > 0)
        : Optional.empty();
  }

  /** Whether the cloud has brought a control plane to this minor by itself, or beyond it. */
  boolean beyond(int minor) {
    return observed
        .controlPlaneVersion()
        .flatMap(this::ahead)
        .filter(version -> version.minor() >= minor)
        .isPresent();
  }

  /** Whether some of a control plane runs another version than it is or shall be set to. */
  boolean controlPlaneRolls(KubernetesVersion target) {
    Tree controlPlane = observed.controlPlane();
    if (!controlPlane.exists()) {
      return false;
    }
    boolean changing = observed.controlPlaneVersion().filter(target::equals).isEmpty();
    if (ahead(target).isPresent()) {
      return changing;
    }
    List<Tree> running = controlPlane.at("status", "versions").items();
    // Cluster API 1.13 knows only the lowest version of all machines.
    Optional<KubernetesVersion> lowest =
        controlPlane.at("status", "version").text().flatMap(observed::version);
    return changing
        || (running.isEmpty() && lowest.filter(version -> !version.equals(target)).isPresent())
        || running.stream()
            .map(entry -> entry.at("version").text().flatMap(observed::version))
            .anyMatch(version -> version.filter(target::equals).isEmpty());
  }

  /** The oldest version that an API server runs. */
  KubernetesVersion lowest(KubernetesVersion target) {
    Tree status = observed.controlPlane().at("status");
    List<Tree> running = status.at("versions").items();
    Stream<Tree> seen =
        running.isEmpty()
            ? Stream.of(status.at("version"))
            : running.stream().map(entry -> entry.at("version"));
    return Stream.concat(
            Stream.of(observed.controlPlaneVersion().orElse(target), target),
            seen.flatMap(version -> version.text().stream())
                .flatMap(text -> observed.version(text).stream()))
        .min(Comparator.naturalOrder())
        .orElse(target);
  }

  /** Whether nodes of the cluster or of its workspaces are of an older minor. */
  boolean nodesBehind(KubernetesVersion present) {
    Stream<Tree> own =
        observed.resources().values().stream()
            .filter(
                object -> object.at("kind").text().filter("MachineDeployment"::equals).isPresent());
    return Stream.concat(own, observed.ofWorkspaces().stream())
        .anyMatch(deployment -> behind(deployment, present));
  }

  private static boolean behind(Tree deployment, KubernetesVersion present) {
    boolean setBehind =
        ObservedCluster.version(deployment)
            .filter(version -> version.minor() < present.minor())
            .isPresent();
    return setBehind
        || ObservedCluster.unsure(deployment)
        || ObservedCluster.running(deployment).stream()
            .anyMatch(version -> version.minor() < present.minor());
  }
}
