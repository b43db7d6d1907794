package dev.isobar.function.compose.plan;

import dev.isobar.function.compose.cloud.Catalogue;
import dev.isobar.function.compose.cloud.ImagePin;
import dev.isobar.function.compose.cloud.KubernetesVersion;
import dev.isobar.function.compose.cloud.Machine;
import dev.isobar.function.tree.Tree;
import java.util.List;
import java.util.Optional;

/**
 * Chooses the image of machines once for each version and keeps it, read back from the template in
 * use: a rebuilt or withdrawn image of a Cloud changes nothing that exists.
 */
final class Images {
  private final Catalogue cloud;
  private final ObservedCluster observed;
  private final Versions versions;
  private final Mistakes mistakes;

  Images(Catalogue cloud, ObservedCluster observed, Versions versions, Mistakes mistakes) {
    this.cloud = cloud;
    this.observed = observed;
    this.versions = versions;
    this.mistakes = mistakes;
  }

  Optional<ImagePin> controlPlane(Machine machine) {
    return keptForControlPlane(versions.target(), machine)
        .or(() -> choose(versions.target(), machine, "spec.version"));
  }

  Optional<ImagePin> pool(
      List<Tree> deployments, KubernetesVersion version, Machine machine, String path) {
    Optional<ImagePin> kept =
        deployments.stream()
            .filter(deployment ->
                ObservedCluster.version(deployment).filter(version::equals).isPresent())
            .findFirst()
            .flatMap(ObservedCluster::machineTemplate)
            .flatMap(template -> kept(template, machine));
    boolean offered =
        cloud.image(version, machine.architecture(), machine.gpu().isPresent()).isPresent();
    return kept.or(() -> offered ? Optional.empty() : keptForControlPlane(version, machine))
        .or(() -> choose(version, machine, path));
  }

  private Optional<ImagePin> keptForControlPlane(KubernetesVersion version, Machine machine) {
    return observed
        .controlPlaneVersion()
        .filter(version::equals)
        .flatMap(_ -> observed.controlPlaneTemplate())
        .flatMap(template -> kept(template, machine));
  }

  /**
   * A Cloud that changes its mind about a type's architecture does not reach machines of that type.
   */
  private Optional<ImagePin> kept(String template, Machine machine) {
    boolean sameType =
        observed.machineTypeOfTemplate(template).filter(machine.name()::equals).isPresent();
    return observed
        .imageOfTemplate(template)
        .filter(image -> sameType || image.architecture() == machine.architecture());
  }

  private Optional<ImagePin> choose(KubernetesVersion version, Machine machine, String path) {
    Optional<ImagePin> image =
        cloud.image(version, machine.architecture(), machine.gpu().isPresent());
    if (image.isEmpty()) {
      mistakes.add(
          path,
          "Cloud "
              + cloud.name()
              + " has no image for Kubernetes "
              + version.text()
              + " on "
              + machine.architecture()
              + ", which machine type "
              + machine.name()
              + " needs",
          "the platform team must add one to spec.images of the Cloud");
    }
    image
        .flatMap(pin -> pin.image().id())
        .filter(id -> !CloudChecks.isId(id))
        .ifPresent(id ->
            mistakes.add(
                "Cloud " + cloud.name() + ": spec.images",
                "image \"" + id + "\" for Kubernetes " + version.text() + " is no id of OpenStack",
                "the platform team must write the UUID that `openstack image list` shows, or the"
                    + " name instead"));
    return image;
  }
}
