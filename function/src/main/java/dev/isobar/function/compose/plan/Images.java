package dev.isobar.function.compose.plan;

import dev.isobar.apis.compute.CloudObject;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.cloud.Catalogue;
import dev.isobar.function.compose.cloud.EksImages;
import dev.isobar.function.compose.cloud.ImagePin;
import dev.isobar.function.compose.cloud.KubernetesVersion;
import dev.isobar.function.compose.cloud.Machine;
import java.util.List;
import java.util.Optional;

/**
 * Chooses the image of machines once for each version and keeps it, read back from the template in
 * use: a rebuilt or withdrawn image of a Cloud changes nothing that exists. It is chosen anew when
 * the claim has another imageRevision than the template.
 */
final class Images {
  private final Catalogue cloud;
  private final ObservedCluster observed;
  private final Versions versions;
  private final Optional<String> revision;
  private final Mistakes mistakes;

  Images(
      Catalogue cloud,
      ObservedCluster observed,
      Versions versions,
      Optional<String> revision,
      Mistakes mistakes) {
    this.cloud = cloud;
    this.observed = observed;
    this.versions = versions;
    this.revision = revision;
    this.mistakes = mistakes;
  }

  Optional<ImagePin> controlPlane(Machine machine) {
    KubernetesVersion version = versions.target();
    Optional<String> template = controlPlaneTemplate(version);
    return template
        .filter(this::ofThisRevision)
        .or(() -> offered(version, machine) ? Optional.empty() : template)
        .flatMap(name -> kept(name, machine))
        .or(() -> choose(version, machine, "spec.version"));
  }

  Optional<ImagePin> pool(
      List<Tree> deployments, KubernetesVersion version, Machine machine, String path) {
    Optional<String> template =
        deployments.stream()
            .filter(deployment ->
                ObservedCluster.version(deployment).filter(version::equals).isPresent())
            .findFirst()
            .flatMap(ObservedCluster::machineTemplate);
    // Machines that are about to get another version need no other image of the present one.
    boolean moves = !version.equals(versions.target());
    Optional<ImagePin> kept =
        template.filter(name -> moves || ofThisRevision(name)).flatMap(name -> kept(name, machine));
    if (kept.isPresent() || offered(version, machine)) {
      return kept.or(() -> choose(version, machine, path));
    }
    return template
        .flatMap(name -> kept(name, machine))
        .or(() -> controlPlaneTemplate(version).flatMap(name -> kept(name, machine)))
        .or(() -> choose(version, machine, path));
  }

  private boolean offered(KubernetesVersion version, Machine machine) {
    return cloud.image(version, machine.architecture(), machine.gpu().isPresent()).isPresent();
  }

  private Optional<String> controlPlaneTemplate(KubernetesVersion version) {
    return observed
        .controlPlaneVersion()
        .filter(version::equals)
        .flatMap(_ -> observed.controlPlaneTemplate());
  }

  private boolean ofThisRevision(String template) {
    return observed.imageRevisionOfTemplate(template).equals(revision);
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
              + (cloud.image(version, machine.architecture(), true).isPresent()
                  ? " for machines without GPUs"
                  : "")
              + ", which machine type "
              + machine.name()
              + " needs",
          cloud.isManaged()
              ? "the platform team must add one to the version in spec.clusterApi.eks of the Cloud"
              : "the platform team must add one to spec.images of the Cloud");
    }
    image.ifPresent(pin -> checkId(pin.image(), version));
    return image;
  }

  private void checkId(CloudObject image, KubernetesVersion version) {
    String place = "Cloud " + cloud.name() + ": spec.images";
    switch (cloud.spec().provider()) {
      case OpenStack -> {
        if (image.id().filter(id -> !CloudIds.OPENSTACK.matches(id)).isPresent()) {
          mistakes.add(
              place,
              called(image, version) + " is no id of OpenStack",
              "the platform team must write the UUID that `openstack image list` shows, or the"
                  + " name instead");
        }
      }
      case EC2 -> {
        boolean lookedUp = image.name().filter(EksImages::lookup).isPresent();
        if (!lookedUp && image.id().filter(CloudIds.AMI::matches).isEmpty()) {
          mistakes.add(
              place,
              called(image, version) + " is no id of an AMI, and EC2 knows images by their ids",
              "the platform team must write the id, ami-..., that `aws ec2 describe-images` shows");
        }
      }
    }
  }

  private static String called(CloudObject image, KubernetesVersion version) {
    return "image \""
        + image.id().or(image::name).orElse("")
        + "\" for Kubernetes "
        + version.text();
  }
}
