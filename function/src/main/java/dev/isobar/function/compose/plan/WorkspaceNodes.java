package dev.isobar.function.compose.plan;

import dev.isobar.apis.decode.Mistake;
import dev.isobar.function.compose.cloud.Catalogue;
import dev.isobar.function.compose.cloud.KubernetesVersion;
import dev.isobar.function.compose.cloud.Machine;
import java.util.List;
import java.util.Optional;

/**
 * Nodes of a workspace's own in the cluster, or what they would be made from while there are none.
 * They follow its version as those of its pools do.
 *
 * @param machineTypes the first is that of the nodes, the others are its fall-backs
 * @param oldest the oldest version that they are set to
 * @param gap what else the Cloud has no more, as the workspace itself says of nodes that stand
 */
public record WorkspaceNodes(
    String workspace,
    String accelerator,
    List<String> machineTypes,
    Optional<KubernetesVersion> oldest,
    Optional<String> gap) {
  /** The machine that their image is for; nothing when the Cloud has it no more. */
  Optional<Machine> machine(Catalogue cloud) {
    return machineTypes.stream().findFirst().flatMap(cloud::machine);
  }

  /** Whether they stay as they are, because the Cloud has no more what they were made from. */
  boolean stand(Catalogue cloud) {
    return why(cloud).isPresent();
  }

  /** Whether they are set to an older minor than the control plane runs. */
  boolean behind(KubernetesVersion present) {
    return oldest.filter(version -> version.minor() < present.minor()).isPresent();
  }

  /** That no version may be begun, as they could not follow. */
  Optional<Mistake> leftBehind(Catalogue cloud) {
    return why(cloud)
        .map(why ->
            new Mistake(
                "spec.version",
                "workspace " + workspace + " cannot follow: " + why,
                remedy(cloud)));
  }

  /**
   * That they stay at an older version, as they cannot follow, and who must do what; nothing when
   * they can.
   */
  public Optional<String> staying(Catalogue cloud, String version) {
    return why(cloud)
        .map(why ->
            "nodes of workspace "
                + workspace
                + " cannot follow and stay at "
                + version
                + ": "
                + why
                + "; the app team must "
                + remedy(cloud));
  }

  private Optional<String> why(Catalogue cloud) {
    return gone(cloud)
        .map(type -> "Cloud %s has no machine type \"%s\"".formatted(cloud.name(), type))
        .or(() -> gap);
  }

  private String remedy(Catalogue cloud) {
    return "change or remove its accelerator "
        + accelerator
        + ", or have the platform team bring "
        + (gone(cloud).isPresent() ? "the machine type back" : "back what it was made from");
  }

  /** A machine type that is missing is known before the workspace was asked again. */
  private Optional<String> gone(Catalogue cloud) {
    return machineTypes.stream().filter(type -> cloud.machine(type).isEmpty()).findFirst();
  }
}
