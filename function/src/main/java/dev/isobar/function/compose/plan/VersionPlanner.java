package dev.isobar.function.compose.plan;

import dev.isobar.apis.compute.Architecture;
import dev.isobar.function.compose.cloud.Catalogue;
import dev.isobar.function.compose.cloud.KubernetesVersion;
import dev.isobar.function.compose.cloud.Machine;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Resolves the claim's version once and keeps it: a newer patch or image in the Cloud never changes
 * a cluster by itself. Upgrades go one minor at a time, because kubeadm and KubeadmControlPlane do.
 */
final class VersionPlanner {
  private static final String PATH = "spec.version";

  /** What there are charts for and whose flags were read; Cluster API manages more. */
  static final int OLDEST = 31;

  static final int NEWEST = 36;

  /** Where a Cloud says which versions there are, by whether the cloud runs the control plane. */
  private static final Map<Boolean, String> OFFERS =
      Map.of(false, "images to spec.images", true, "versions to spec.clusterApi.eks");

  private static final Pattern ZERO = Pattern.compile("\\.0[0-9]");

  private final Catalogue cloud;
  private final ObservedCluster observed;
  private final RunningVersions running;
  private final List<Machine> machines;
  private final ClusterApiRelease release;
  private final Mistakes mistakes;

  VersionPlanner(
      Catalogue cloud,
      ObservedCluster observed,
      List<Machine> machines,
      ClusterApiRelease release,
      Mistakes mistakes) {
    this.cloud = cloud;
    this.observed = observed;
    running = new RunningVersions(observed);
    this.machines = machines;
    this.release = release;
    this.mistakes = mistakes;
  }

  Optional<Versions> plan(String asked) {
    String text = asked.startsWith("v") ? asked.substring(1) : asked;
    Optional<KubernetesVersion> exact = KubernetesVersion.parse(text);
    if (cloud.isManaged() && exact.isPresent()) {
      mistakes.add(
          PATH,
          "\"" + asked + "\" is an exact version, and EKS takes care of patches itself",
          "write 1." + exact.get().minor());
      return Optional.empty();
    }
    return plan(asked, text, exact);
  }

  private Optional<Versions> plan(String asked, String text, Optional<KubernetesVersion> exact) {
    int minor =
        exact
            .map(KubernetesVersion::minor)
            .orElseGet(() -> Integer.parseInt(text.substring(text.indexOf('.') + 1)));
    Optional<KubernetesVersion> kept = observed.controlPlaneVersion();
    if (kept.filter(present -> exact.map(present::equals).orElse(minor == present.minor()))
        .isPresent()) {
      return kept.map(present -> versions(present, false));
    }
    if (ZERO.matcher(text).find()) {
      mistakes.add(
          PATH,
          "\"" + asked + "\" has a number that begins with 0, as no version of Kubernetes has",
          "write " + exact.map(KubernetesVersion::text).orElse("1." + minor));
      return Optional.empty();
    }
    if (kept.isEmpty()) {
      return isKnown(minor)
          ? resolve(minor, exact).map(version -> versions(version, false))
          : Optional.empty();
    }
    KubernetesVersion present = kept.get();
    if (!mayFollow(present, minor, exact) || (minor > present.minor() && !isKnown(minor))) {
      return Optional.empty();
    }
    Optional<KubernetesVersion> next = resolve(minor, exact);
    return next.map(version ->
        minor > present.minor()
                && (running.controlPlaneRolls(present) || running.nodesBehind(present))
            ? versions(present, true)
            : versions(version, false));
  }

  /** The versions of a cluster whose control plane is there, and stays as it is. */
  Versions present() {
    return versions(observed.controlPlaneVersion().orElseThrow(), false);
  }

  /** What runs goes on; nothing is begun that Isobar does not know, nor brought to it. */
  private boolean isKnown(int minor) {
    Optional<KubernetesVersion> present = observed.controlPlaneVersion();
    if (minor <= NEWEST && (minor >= OLDEST || present.isPresent())) {
      return true;
    }
    SortedSet<KubernetesVersion> there = available();
    mistakes.add(
        PATH,
        "Isobar knows Kubernetes 1." + OLDEST + " to 1." + NEWEST + ", not 1." + minor,
        present.isPresent()
            ? "leave it at " + present.get().text() + " until a release of Isobar goes further"
            : there.isEmpty()
                ? "the platform team must add " + OFFERS.get(cloud.isManaged()) + " of the Cloud"
                : "nearest is " + nearest(there, minor, Optional.empty()).text());
    return false;
  }

  private boolean mayFollow(
      KubernetesVersion present, int minor, Optional<KubernetesVersion> exact) {
    if (minor < present.minor()
        || exact.filter(version -> version.compareTo(present) < 0).isPresent()) {
      mistakes.add(
          PATH,
          "the cluster runs "
              + present.text()
              + " and Kubernetes cannot go back to an older version",
          "set it to 1." + present.minor() + (cloud.isManaged() ? "" : " or " + present.text()));
      return false;
    }
    if (minor > present.minor() + 1) {
      String path =
          IntStream.rangeClosed(present.minor() + 1, minor)
              .mapToObj(step -> "1." + step)
              .collect(Collectors.joining(", then "));
      mistakes.add(
          PATH,
          "the cluster runs " + present.text() + " and minor versions cannot be skipped",
          "upgrade one minor at a time: " + path);
      return false;
    }
    return true;
  }

  private Optional<KubernetesVersion> resolve(int minor, Optional<KubernetesVersion> exact) {
    SortedSet<KubernetesVersion> there = available();
    Optional<KubernetesVersion> stuck = stuck(minor, exact, there);
    if (stuck.isPresent()) {
      cannotBring(stuck.get(), there);
      return Optional.empty();
    }
    Optional<KubernetesVersion> found =
        exact.isPresent()
            ? exact.filter(there::contains)
            : there.stream()
                .filter(version -> version.minor() == minor)
                .max(Comparator.naturalOrder());
    if (found.isEmpty()) {
      String asked = exact.map(KubernetesVersion::text).orElse("1." + minor);
      mistakes.add(
          PATH,
          missing(minor, exact)
              .orElseGet(() ->
                  cloud.isManaged()
                      ? "Cloud " + cloud.name() + " does not list Kubernetes " + asked + " of EKS"
                      : "Cloud "
                          + cloud.name()
                          + " has no image for Kubernetes "
                          + asked
                          + onAll()),
          there.isEmpty() || running.beyond(minor)
              ? "the platform team must add " + OFFERS.get(cloud.isManaged()) + " of the Cloud"
              : "nearest is " + nearest(there, minor, exact).text() + "; there are " + list(there));
    }
    return found;
  }

  private void cannotBring(KubernetesVersion version, SortedSet<KubernetesVersion> there) {
    boolean ends =
        observed
            .controlPlaneVersion()
            .filter(present -> !release.brings(present, version))
            .isEmpty();
    mistakes.add(
        PATH,
        "Cluster API "
            + release.tag()
            + ", as settings.clusterApiVersion says, "
            + (ends
                ? "writes what kubeadm of Kubernetes " + version.text() + " refuses"
                : "never ends the rollout of a control plane to Kubernetes "
                    + version.text()
                    + ", whose API server may not reach the new nodes"),
        "the platform team must bring Cluster API to "
            + (ends ? ClusterApiRelease.KNOWING : ClusterApiRelease.MENDED)
            + (there.isEmpty()
                ? ""
                : "; until then, nearest is "
                    + nearest(there, version.minor(), Optional.of(version)).text()));
  }

  /** The version that is meant, if nothing but the release of Cluster API is against it. */
  private Optional<KubernetesVersion> stuck(
      int minor, Optional<KubernetesVersion> exact, SortedSet<KubernetesVersion> there) {
    return exact.isEmpty() && there.stream().anyMatch(version -> version.minor() == minor)
        ? Optional.empty()
        : offered().stream()
            .filter(version -> exact.map(version::equals).orElse(version.minor() == minor))
            .filter(version -> !there.contains(version))
            .max(Comparator.naturalOrder());
  }

  /**
   * That the newest version which would do has images, but not for all machines; empty when there
   * is no image at all.
   */
  private Optional<String> missing(int minor, Optional<KubernetesVersion> exact) {
    return known().stream()
        .filter(version -> exact.map(version::equals).orElse(version.minor() == minor))
        .max(Comparator.naturalOrder())
        .map(version ->
            "Cloud %s has an image for Kubernetes %s only for %s, none for %s"
                .formatted(cloud.name(), version.text(), served(version), unserved(version)));
  }

  /** What there are images for, in words. */
  private String served(KubernetesVersion version) {
    return Arrays.stream(Architecture.values())
        .filter(one -> cloud.versions(one).contains(version))
        .map(one ->
            cloud.image(version, one, false).isPresent()
                ? one + " machines"
                : one + " machines with GPUs")
        .collect(Collectors.joining(" and "));
  }

  private String unserved(KubernetesVersion version) {
    return machines.stream()
        .filter(machine -> !hasImage(version, machine))
        .map(machine ->
            "machine type %s (%s, %s)%s"
                .formatted(
                    machine.name(),
                    machine.architecture(),
                    machine.gpu().isPresent() ? "GPUs" : "no GPU",
                    observed.workspaceNodes().stream()
                        .filter(nodes -> nodes.machineTypes().contains(machine.name()))
                        .findFirst()
                        .map(nodes -> " of workspace " + nodes.workspace())
                        .orElse("")))
        .distinct()
        .collect(Collectors.joining(" and "));
  }

  private String onAll() {
    return machines.stream()
        .map(Machine::architecture)
        .distinct()
        .sorted()
        .map(Enum::name)
        .collect(Collectors.joining(" and ", " on ", ""));
  }

  private static KubernetesVersion nearest(
      SortedSet<KubernetesVersion> there, int minor, Optional<KubernetesVersion> exact) {
    int patch = exact.map(KubernetesVersion::patch).orElse(0);
    return there.stream()
        .min(
            Comparator.<KubernetesVersion>comparingInt(version -> Math.abs(version.minor() - minor))
                .thenComparingInt(version -> Math.abs(version.patch() - patch))
                .thenComparing(Comparator.reverseOrder()))
        .orElseThrow();
  }

  private static String list(SortedSet<KubernetesVersion> there) {
    return there.stream().map(KubernetesVersion::text).collect(Collectors.joining(", "));
  }

  /** Those that Cluster API knows, and brings the control plane to. */
  private SortedSet<KubernetesVersion> available() {
    SortedSet<KubernetesVersion> all = offered();
    if (!cloud.isManaged()) {
      all.removeIf(version -> !release.knows(version));
      observed
          .controlPlaneVersion()
          .ifPresent(present -> all.removeIf(version -> !release.brings(present, version)));
    }
    return all;
  }

  /** Versions with an image for every machine type of the cluster and of its workspaces. */
  private SortedSet<KubernetesVersion> offered() {
    SortedSet<KubernetesVersion> all = known();
    all.removeIf(version -> !machines.stream().allMatch(machine -> hasImage(version, machine)));
    return all;
  }

  /** Versions with any image. */
  private SortedSet<KubernetesVersion> known() {
    var all = new TreeSet<KubernetesVersion>();
    for (Architecture architecture : Architecture.values()) {
      all.addAll(cloud.versions(architecture));
    }
    Optional<KubernetesVersion> present = observed.controlPlaneVersion();
    all.removeIf(version -> !mayBe(version, present));
    return all;
  }

  private static boolean mayBe(KubernetesVersion version, Optional<KubernetesVersion> present) {
    return present.isPresent()
        ? version.minor() <= Math.max(NEWEST, present.get().minor())
        : version.minor() >= OLDEST && version.minor() <= NEWEST;
  }

  private boolean hasImage(KubernetesVersion version, Machine machine) {
    return cloud.image(version, machine.architecture(), machine.gpu().isPresent()).isPresent();
  }

  private Versions versions(KubernetesVersion target, boolean held) {
    List<KubernetesVersion> next =
        available().stream()
            .filter(
                version -> version.compareTo(target) > 0 && version.minor() <= target.minor() + 1)
            .toList();
    return new Versions(
        target,
        running.lowest(target),
        running.controlPlaneRolls(target),
        held,
        running.ahead(target),
        next);
  }
}
