package dev.isobar.function.compose.plan;

import dev.isobar.apis.decode.Mistake;
import dev.isobar.function.compose.cloud.Catalogue;
import dev.isobar.function.compose.cloud.Machine;
import java.util.List;
import java.util.Optional;

/**
 * Nodes of a workspace's own in the cluster, or what they would be made from while there are none.
 * They follow its version as those of its pools do.
 *
 * @param machineTypes the first is that of the nodes, the others are its fall-backs
 */
public record WorkspaceNodes(String workspace, String accelerator, List<String> machineTypes) {
  /** The machine that their image is for; nothing when the Cloud has it no more. */
  Optional<Machine> machine(Catalogue cloud) {
    return machineTypes.stream().findFirst().flatMap(cloud::machine);
  }

  /** Whether they stay as they are, because the Cloud has no more what they were made from. */
  boolean stand(Catalogue cloud) {
    return gone(cloud).isPresent();
  }

  /** That no version may be begun, as they could not follow. */
  Optional<Mistake> leftBehind(Catalogue cloud) {
    return gone(cloud)
        .map(type ->
            new Mistake(
                "spec.version",
                "workspace %s cannot follow: Cloud %s has no machine type \"%s\""
                    .formatted(workspace, cloud.name(), type),
                "change or remove its accelerator "
                    + accelerator
                    + ", or have the platform team bring the machine type back"));
  }

  private Optional<String> gone(Catalogue cloud) {
    return machineTypes.stream().filter(type -> cloud.machine(type).isEmpty()).findFirst();
  }
}
