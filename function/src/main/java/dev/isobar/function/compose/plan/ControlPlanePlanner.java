package dev.isobar.function.compose.plan;

import dev.isobar.apis.compute.Architecture;
import dev.isobar.apis.compute.CloudObject;
import dev.isobar.apis.platform.ControlPlane;
import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.function.compose.cloud.Catalogue;
import dev.isobar.function.compose.cloud.ImagePin;
import dev.isobar.function.compose.cloud.Machine;
import java.util.List;
import java.util.Optional;

/** Plans the control plane. */
final class ControlPlanePlanner {
  private final PlatformClusterSpec spec;
  private final Catalogue cloud;
  private final ObservedCluster observed;
  private final Versions versions;
  private final Images images;

  ControlPlanePlanner(
      PlatformClusterSpec spec,
      Catalogue cloud,
      ObservedCluster observed,
      Versions versions,
      Images images) {
    this.spec = spec;
    this.cloud = cloud;
    this.observed = observed;
    this.versions = versions;
    this.images = images;
  }

  /** Plans its machines, which may have to stay as they are. */
  Optional<ControlPlanePlan> plan(Machine machine, boolean stands) {
    return images
        .controlPlane(machine)
        .map(image -> {
          return new ControlPlanePlan(
              machine,
              image,
              new ControlPlaneZones(spec, cloud, observed).of(machine),
              FixedFields.loadBalancer(spec, cloud, observed),
              FixedFields.serviceBalancer(cloud, observed),
              FixedFields.region(cloud, observed),
              externalNetwork(),
              templateHash(machine, image),
              contentHash(),
              stands);
        });
  }

  /**
   * A control plane that others plan, or the cloud: what the nodes of the cluster must know of it,
   * and no more.
   */
  ControlPlanePlan ofOthers() {
    var image =
        new ImagePin(new CloudObject(Optional.empty(), Optional.empty()), Architecture.amd64);
    Machine machine = StandingParts.unknown(spec.controlPlane().machineType().orElse(""), image);
    return new ControlPlanePlan(
        machine,
        image,
        new ControlPlaneZones(spec, cloud, observed).of(machine),
        FixedFields.loadBalancer(spec, cloud, observed),
        FixedFields.serviceBalancer(cloud, observed),
        FixedFields.region(cloud, observed),
        externalNetwork(),
        "",
        "",
        false);
  }

  /**
   * The cloud controller knows networks by id alone; the provider finds the id to a name, or the
   * only external network there is.
   */
  private Optional<String> externalNetwork() {
    return cloud
        .spec()
        .network()
        .externalNetwork()
        .flatMap(CloudObject::id)
        .or(() -> observed.infrastructure().at("status", "externalNetwork", "id").text());
  }

  private String templateHash(Machine machine, ImagePin image) {
    ControlPlane claim = spec.controlPlane();
    return Hashes.hash(
        hashes ->
            hashes
                .machines(List.of(machine.name()), image, spec.nodes())
                .setUnlessEmpty("rootDisk", claim.rootDisk().map(hashes::onlySet))
                .setUnlessEmpty("etcdDisk", claim.etcd().disk().map(hashes::onlySet))
                .set("serverGroup", claim.serverGroup()),
        hash -> observed.resource(Keys.controlPlaneTemplate(hash)).exists());
  }

  private String contentHash() {
    ControlPlane claim = spec.controlPlane();
    Optional<String> before = ObservedCluster.annotation(observed.controlPlane(), Marks.CONTENT);
    return Hashes.hash(
        hashes ->
            hashes
                .nodes(spec.nodes())
                .set("version", versions.target().text())
                .setUnlessEmpty("etcd", hashes.onlySet(claim.etcd()))
                .setUnlessEmpty("certificateNames", claim.certificateNames())
                .setUnlessEmpty("apiServerFlags", claim.apiServerFlags())
                .setUnlessEmpty("security", hashes.onlySet(spec.security())),
        hash -> before.filter(hash::equals).isPresent());
  }
}
