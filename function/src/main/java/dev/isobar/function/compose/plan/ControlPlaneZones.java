package dev.isobar.function.compose.plan;

import dev.isobar.apis.decode.Mistake;
import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.cloud.Catalogue;
import dev.isobar.function.compose.cloud.Machine;
import java.util.List;
import java.util.Optional;

/**
 * The zones of the control plane: those the claim names; else those it has, and before it has any
 * those of the Cloud's that have its machine type.
 */
final class ControlPlaneZones {
  private static final String PATH = "spec.controlPlane.machineType";

  private final PlatformClusterSpec spec;
  private final Catalogue cloud;
  private final ObservedCluster observed;

  ControlPlaneZones(PlatformClusterSpec spec, Catalogue cloud, ObservedCluster observed) {
    this.spec = spec;
    this.cloud = cloud;
    this.observed = observed;
  }

  /** The zones for machines of a type; empty when the cloud may choose. */
  List<String> of(Machine machine) {
    if (!spec.controlPlane().zones().isEmpty()) {
      return spec.controlPlane().zones();
    }
    List<String> kept = kept();
    if (stands(machine)) {
      return kept;
    }
    List<String> had = observed.infrastructure().exists() ? kept : cloud.zones();
    List<String> among = with(machine, had);
    return among.isEmpty() && !had.isEmpty() ? with(machine, cloud.zones()) : among;
  }

  /**
   * Checks that the machine type exists in the zones.
   *
   * @param wrong what the claim cannot have
   * @param missing what matters as soon as machines are to be replaced, for the Cloud may have
   *     changed
   * @param gaps what the Cloud has no more, though it is in use
   */
  void check(Machine machine, Mistakes wrong, List<Mistake> missing, List<String> gaps) {
    if (of(machine).isEmpty() && !stands(machine) && !machine.zones().isEmpty()) {
      wrong.add(
          PATH,
          "machine type "
              + machine.name()
              + " exists in "
              + String.join(", ", machine.zones())
              + ", and Cloud "
              + cloud.name()
              + " has "
              + String.join(", ", cloud.zones()),
          "choose another machine type, or have the platform team mend the zones of the Cloud");
    }
    for (String zone : of(machine)) {
      if (machine.zones().isEmpty() || machine.zones().contains(zone)) {
        continue;
      }
      String problem = "machine type " + machine.name() + " does not exist in zone " + zone;
      var mistake =
          new Mistake(PATH, problem, "it exists in " + String.join(", ", machine.zones()));
      if (stands(machine) && observed.controlPlaneZones().contains(zone)) {
        gaps.add("the control plane: " + problem);
        missing.add(mistake);
      } else {
        wrong.addAll(List.of(mistake));
      }
    }
  }

  /** Whether the control plane has been begun with machines of the type. */
  private boolean stands(Machine machine) {
    Optional<String> type =
        observed.controlPlaneTemplate().flatMap(observed::machineTypeOfTemplate);
    return observed.infrastructure().exists() && type.map(machine.name()::equals).orElse(true);
  }

  private List<String> kept() {
    return observed.infrastructure().at("spec", "controlPlaneAvailabilityZones").items().stream()
        .map(Tree::text)
        .flatMap(Optional::stream)
        .toList();
  }

  private static List<String> with(Machine machine, List<String> zones) {
    if (machine.zones().isEmpty() || zones.isEmpty()) {
      return zones.isEmpty() ? machine.zones() : zones;
    }
    return zones.stream().filter(machine.zones()::contains).toList();
  }
}
