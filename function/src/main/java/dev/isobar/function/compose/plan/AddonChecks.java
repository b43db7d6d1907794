package dev.isobar.function.compose.plan;

import dev.isobar.apis.decode.Nearest;
import dev.isobar.apis.platform.Addons;
import dev.isobar.apis.platform.ExtraAddon;
import dev.isobar.apis.platform.GpuOperator;
import dev.isobar.apis.platform.Network;
import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.apis.platform.Pool;
import dev.isobar.function.compose.cloud.Catalogue;
import dev.isobar.function.compose.manifest.ManifestText;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Checks the app team's own add-ons: their names, and that they do not wait for each other in a
 * circle.
 */
final class AddonChecks {
  private final PlatformClusterSpec spec;
  private final Addons addons;
  private final Catalogue cloud;
  private final ObservedCluster observed;
  private final Mistakes mistakes;

  AddonChecks(
      PlatformClusterSpec spec, Catalogue cloud, ObservedCluster observed, Mistakes mistakes) {
    this.spec = spec;
    this.addons = spec.addons();
    this.cloud = cloud;
    this.observed = observed;
    this.mistakes = mistakes;
  }

  void check() {
    checkDriver(addons.gpuOperator());
    new AddonFieldChecks(spec, cloud, mistakes).check();
    checkStrategy();
    SortedSet<String> installed = installed();
    for (int i = 0; i < addons.extra().size(); i++) {
      ExtraAddon extra = addons.extra().get(i);
      String path = "spec.addons.extra[" + i + "]";
      if (AddonName.ofClusters().contains(extra.name())) {
        mistakes.add(
            path + ".name",
            extra.name() + " is the name of an add-on of Isobar",
            "choose another name");
      }
      extra.chart().ifPresent(chart -> checkRepository(chart.repository(), path));
      checkManifests(extra, path);
      checkRelease(extra, installed, path);
      for (int j = 0; j < extra.dependsOn().size(); j++) {
        checkDependency(extra.dependsOn().get(j), installed, path + ".dependsOn[" + j + "]");
      }
      if (reaches(extra.name(), extra.name(), new HashSet<>())) {
        mistakes.add(
            path + ".dependsOn",
            extra.name() + " waits for itself, directly or through others",
            "remove one of the dependencies in the circle");
      }
    }
  }

  private void checkRepository(String repository, String path) {
    WebAddress.problem(repository)
        .ifPresent(problem ->
            mistakes.add(
                path + ".chart.repository",
                problem,
                "write for example "
                    + WebAddress.withoutPort(repository, "https://charts.example.org")));
  }

  private void checkDriver(GpuOperator operator) {
    operator
        .driverVersion()
        .filter(_ -> operator.driverPreinstalled())
        .ifPresent(version ->
            mistakes.add(
                "spec.addons.gpuOperator.driverVersion",
                version
                    + " would not be used: with driverPreinstalled, the image brings the driver",
                "remove it, or set driverPreinstalled to false"));
  }

  private void checkStrategy() {
    Optional<String> sliced =
        spec.pools().stream()
            .filter(pool -> pool.gpu().flatMap(gpu -> gpu.partitioning().mig()).isPresent())
            .map(Pool::name)
            .findFirst();
    SliceStrategy.single(addons.extra())
        .filter(_ -> sliced.isPresent())
        .ifPresent(single ->
            mistakes.add(
                "spec.addons.extra[" + single.index() + "].chart.values." + single.key(),
                "pool " + sliced.orElse("") + " has slices, and the add-on" + SliceStrategy.PROBLEM,
                "set it to mixed, or remove the add-on, for "
                    + AddonName.GPU_OPERATOR.text()
                    + " is there for all pools with GPUs"));
  }

  private void checkManifests(ExtraAddon extra, String path) {
    extra.manifests().ifPresent(text -> checkManifests(text, extra.name(), path + ".manifests"));
    if (extra.manifests().isPresent() && !extra.namespace().equals("default")) {
      mistakes.add(
          path + ".namespace",
          "has no effect on manifests",
          "remove it, and write metadata.namespace: " + extra.namespace() + " in the objects");
    }
  }

  private void checkManifests(String text, String addon, String path) {
    Optional<String> problem =
        ManifestText.problem(text)
            .or(() -> ManifestText.oversight(text).filter(_ -> !inUse(addon, text)));
    if (problem.isPresent()) {
      mistakes.add(
          path,
          problem.get(),
          "write Kubernetes objects as YAML, each with apiVersion, kind and metadata.name, and ---"
              + " between them");
      return;
    }
    ManifestText.misnamed(text)
        .filter(_ -> !inUse(addon, text))
        .ifPresent(misnamed ->
            mistakes.add(
                path,
                misnamed,
                "write each object once, by a name of lower-case letters, digits, dashes and dots,"
                    + " at most 253"));
  }

  /** What was let through once may be of some use, for other objects beside it are installed. */
  private boolean inUse(String addon, String text) {
    return observed
        .resource(Keys.addonConfig(addon))
        .at("data", Keys.MANIFESTS)
        .text()
        .filter(text::equals)
        .isPresent();
  }

  /** Helm knows a release by namespace and name; a second chart would take the first one over. */
  private void checkRelease(ExtraAddon extra, SortedSet<String> installed, String path) {
    AddonRelease release = new AddonRelease(extra.namespace(), extra.name());
    Optional<AddonName> owner =
        AddonRelease.owner(release, spec.network().cni())
            .filter(addon -> installed.contains(addon.text()));
    if (extra.chart().isPresent() && owner.isPresent()) {
      mistakes.add(
          path + ".name",
          "would take over Helm release "
              + extra.name()
              + " of namespace "
              + extra.namespace()
              + ", which is add-on "
              + owner.get().text(),
          "choose another name or namespace");
    }
  }

  private void checkDependency(String other, SortedSet<String> installed, String path) {
    if (installed.contains(other)) {
      return;
    }
    boolean known =
        AddonName.ofClusters().contains(other) && !other.equals(AddonName.AUTOSCALER.text());
    mistakes.add(
        path,
        known
            ? "add-on " + other + " is not installed in this cluster"
            : "there is no add-on \"" + other + "\"",
        known
            ? "switch it on, or remove the dependency"
            : Nearest.remedy(other, installed, "there are"));
  }

  private SortedSet<String> installed() {
    var installed = new TreeSet<String>();
    addons.extra().forEach(extra -> installed.add(extra.name()));
    boolean rights = cloud.lendsRights();
    boolean ours = !cloud.isManaged();
    add(installed, AddonName.CNI, ours && spec.network().cni() != Network.Cni.None);
    add(installed, AddonName.CLOUD_CONTROLLER, ours && rights);
    add(installed, AddonName.VOLUMES, rights);
    add(installed, AddonName.METRICS_SERVER, addons.metricsServer());
    add(installed, AddonName.MONITORING, addons.monitoring());
    add(installed, AddonName.CERT_MANAGER, addons.certManager());
    add(installed, AddonName.INGRESS, addons.ingress() != Addons.Ingress.None);
    add(installed, AddonName.GATEWAY_API, addons.gatewayApi());
    add(installed, AddonName.EXTERNAL_DNS, addons.externalDns().isPresent());
    add(installed, AddonName.NODE_PROBLEM_DETECTOR, addons.nodeProblemDetector());
    add(installed, AddonName.SHARED_VOLUMES, addons.sharedVolumes().isPresent());
    add(
        installed,
        AddonName.SHARE_DRIVER,
        addons.sharedVolumes().flatMap(asked -> asked.manila()).isPresent());
    add(installed, AddonName.KUEUE, addons.kueue());
    add(installed, AddonName.BACKUP, addons.backup().isPresent());
    add(
        installed,
        AddonName.GPU_OPERATOR,
        spec.pools().stream().anyMatch(pool -> pool.gpu().isPresent()));
    return installed;
  }

  private static void add(SortedSet<String> installed, AddonName name, boolean is) {
    if (is) {
      installed.add(name.text());
    }
  }

  private boolean reaches(String from, String goal, Set<String> seen) {
    Map<String, ExtraAddon> byName =
        addons.extra().stream()
            .collect(Collectors.toMap(ExtraAddon::name, Function.identity(), (first, _) -> first));
    ExtraAddon extra = byName.get(from);
    if (extra == null || !seen.add(from)) {
      return false;
    }
    return extra.dependsOn().stream()
        .anyMatch(other -> other.equals(goal) || reaches(other, goal, seen));
  }
}
