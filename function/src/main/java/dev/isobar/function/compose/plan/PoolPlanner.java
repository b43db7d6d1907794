package dev.isobar.function.compose.plan;

import dev.isobar.apis.compute.ClusterApi.GpuMachines;
import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.apis.platform.Pool;
import dev.isobar.apis.tree.Fields;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.cloud.Catalogue;
import dev.isobar.function.compose.cloud.EksImages;
import dev.isobar.function.compose.cloud.ImagePin;
import dev.isobar.function.compose.cloud.KubernetesVersion;
import dev.isobar.function.compose.cloud.Machine;
import dev.isobar.function.compose.gpu.GpuPlan;
import java.util.List;
import java.util.Optional;

/** Plans the pools. */
final class PoolPlanner {
  private final PlatformClusterSpec spec;
  private final Catalogue cloud;
  private final ObservedCluster observed;
  private final Versions versions;
  private final Images images;
  private final Mistakes mistakes;

  PoolPlanner(
      PlatformClusterSpec spec,
      Catalogue cloud,
      ObservedCluster observed,
      Versions versions,
      Images images,
      Mistakes mistakes) {
    this.spec = spec;
    this.cloud = cloud;
    this.observed = observed;
    this.versions = versions;
    this.images = images;
    this.mistakes = mistakes;
  }

  /**
   * Plans a pool.
   *
   * @param gpu what its nodes do with their GPUs
   * @param demand what that was chosen for
   */
  Optional<PoolPlan> plan(
      Pool pool,
      List<Machine> machines,
      Optional<GpuPlan> gpu,
      Optional<PoolDemand> demand,
      String path) {
    new NodeMarkChecks(pool, path, mistakes).check();
    List<Tree> deployments = observed.deployments(pool.name());
    KubernetesVersion version = version(deployments);
    Pool written = demand.map(chosen -> chosen.written(pool)).orElse(pool);
    Optional<ImagePin> image = images.pool(deployments, version, machines.getFirst(), path);
    boolean ownMachines = gpu.isPresent() && ownMachines(deployments, path);
    image.filter(_ -> ownMachines).ifPresent(pin -> checkLookup(pin, path));
    image.ifPresent(pin -> checkReserved(written, machines, version, pin, path));
    new DiskChecks(pool, path, mistakes).check();
    boolean scarce = machines.stream().anyMatch(Machine::scarce);
    List<PoolPlan.Share> shares = new Shares(pool, path, observed, mistakes).plan(scarce);
    List<String> notes =
        gpu.filter(_ -> !ownMachines)
            .map(plan -> new NativeGpus(pool, path, mistakes).notes(plan, !deployments.isEmpty()))
            .orElse(List.of());
    return image.map(pin ->
        new PoolPlan(
            written,
            machines,
            gpu,
            demand,
            ownMachines,
            version,
            pin,
            machineHash(spec, written, pin, observed),
            bootstrapHash(written, version),
            shares,
            Optional.empty(),
            notes));
  }

  /** Nodes follow the control plane: they keep their version until all of it runs the new one. */
  private KubernetesVersion version(List<Tree> deployments) {
    Optional<KubernetesVersion> present =
        deployments.stream().map(ObservedCluster::version).flatMap(Optional::stream).findFirst();
    return versions.controlPlaneRolls() ? present.orElse(versions.target()) : versions.target();
  }

  /**
   * Who makes the machines is decided once: a Cloud that changes its mind does not reach pools that
   * exist, whose template names its ProviderConfig. Of a pool that had no GPUs nothing was decided
   * yet.
   */
  private boolean ownMachines(List<Tree> deployments, String path) {
    Optional<String> kind =
        deployments.stream()
            .filter(this::hasGpus)
            .map(deployment ->
                deployment.at("spec", "template", "spec", "infrastructureRef").at("kind").text())
            .flatMap(Optional::stream)
            .findFirst();
    boolean own =
        kind.map("GpuMachineTemplate"::equals)
            .orElse(cloud.spec().clusterApi().gpuMachines() == GpuMachines.Isobar);
    if (own && kind.isEmpty() && cloud.spec().providerConfigRef().isEmpty()) {
      mistakes.add(
          path + ".gpu",
          "Cloud "
              + cloud.name()
              + " has no spec.providerConfigRef, and GPU machines are made with it",
          "the platform team must set it, or spec.clusterApi.gpuMachines of the Cloud to Native");
    }
    return own;
  }

  /** Only Cluster API's own provider looks images up. */
  private void checkLookup(ImagePin image, String path) {
    if (image.image().name().filter(EksImages::lookup).isPresent()) {
      mistakes.add(
          path + ".gpu",
          "machines that Isobar makes need the id of an image, and Cloud "
              + cloud.name()
              + " has none for GPUs on EKS",
          "the platform team must add one of purpose gpu to the version in spec.clusterApi.eks of"
              + " the Cloud, or set spec.clusterApi.gpuMachines to Native");
    }
  }

  private boolean hasGpus(Tree deployment) {
    return ObservedCluster.bootstrapTemplate(deployment)
        .map(observed::named)
        .flatMap(template -> ObservedCluster.annotation(template, Marks.GPU_CONFIG))
        .isPresent();
  }

  /** Nodes that were made with these settings on these machines are left with them. */
  private void checkReserved(
      Pool pool, List<Machine> machines, KubernetesVersion version, ImagePin image, String path) {
    String machineKey = Keys.machines(pool.name(), machineHash(spec, pool, image, observed));
    String bootstrapKey = Keys.bootstrap(pool.name(), bootstrapHash(pool, version));
    boolean made =
        observed.resource(machineKey).exists() && observed.resource(bootstrapKey).exists();
    if (!made) {
      var checks = new ReservedChecks(spec.nodes().kubelet(), mistakes);
      machines.forEach(machine -> checks.check(machine, pool.kubelet(), path));
    }
  }

  /** The content hash of a pool's machine template. */
  static String machineHash(
      PlatformClusterSpec spec, Pool pool, ImagePin image, ObservedCluster observed) {
    List<String> types = pool.machineTypes().orElseGet(() -> pool.machineType().stream().toList());
    return Hashes.hash(
        hashes -> {
          Fields content = hashes.machines(types, image, spec.nodes());
          if (image.image().name().filter(EksImages::lookup).isPresent()) {
            // Whoever looks an image up anew finds the newest.
            content.set("imageRevision", spec.imageRevision());
          }
          content.setUnlessEmpty("rootDisk", pool.rootDisk().map(hashes::onlySet));
          content.setUnlessEmpty("disks", hashes.onlySet(pool.disks()));
          content.set("serverGroup", pool.serverGroup());
          content.setUnlessEmpty("capacity", pool.capacity().map(hashes::onlySet));
          if (pool.gpu().isPresent()) {
            content.setUnlessEmpty("zones", pool.zones());
            content.set("partitioning", hashes.onlySet(pool.gpu().get().partitioning()));
          }
          return content;
        },
        hash -> observed.resource(Keys.machines(pool.name(), hash)).exists());
  }

  private String bootstrapHash(Pool pool, KubernetesVersion version) {
    return Hashes.hash(
        hashes -> {
          Fields content = hashes.nodes(spec.nodes());
          content.set("version", version.text());
          content.setUnlessEmpty("labels", pool.labels());
          content.setUnlessEmpty("taints", hashes.onlySet(pool.taints()));
          content.setUnlessEmpty("disks", hashes.onlySet(pool.disks()));
          content.setUnlessEmpty("poolKubelet", hashes.onlySet(pool.kubelet()));
          pool.gpu()
              .ifPresent(gpu -> content.set("partitioning", hashes.onlySet(gpu.partitioning())));
          return content;
        },
        hash -> observed.resource(Keys.bootstrap(pool.name(), hash)).exists());
  }
}
