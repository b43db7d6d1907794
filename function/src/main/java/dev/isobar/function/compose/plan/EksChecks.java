package dev.isobar.function.compose.plan;

import dev.isobar.apis.compute.ClusterApi.GpuMachines;
import dev.isobar.apis.compute.Eks;
import dev.isobar.apis.compute.Eks.EksAddon;
import dev.isobar.apis.compute.Eks.EksVersion;
import dev.isobar.apis.platform.ExistingNetwork;
import dev.isobar.apis.platform.ManagedControlPlane;
import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.apis.platform.Pool;
import dev.isobar.apis.schema.Cidr;
import dev.isobar.function.compose.cloud.Catalogue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Checks that a claim, and its Cloud, can be had with a control plane of EKS. */
final class EksChecks {
  /** EKS installs them by itself, and never again: only as add-ons do they follow the version. */
  private static final List<String> NECESSARY = List.of("vpc-cni", "coredns", "kube-proxy");

  /** EKS add-ons that would come twice, with the add-ons of ours that bring the same. */
  private static final Map<String, AddonName> TWICE =
      Map.of(
          "aws-ebs-csi-driver",
          AddonName.VOLUMES,
          "metrics-server",
          AddonName.METRICS_SERVER,
          "cert-manager",
          AddonName.CERT_MANAGER,
          "kube-state-metrics",
          AddonName.MONITORING,
          "prometheus-node-exporter",
          AddonName.MONITORING);

  /**
   * What EKS does not take as ranges that may reach the public address.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/eks/latest/userguide/config-cluster-endpoint.html">what
   *     it says of them</a>
   */
  private static final List<Cidr> RESERVED =
      List.of(
          new Cidr("10.0.0.0/8"),
          new Cidr("100.64.0.0/10"),
          new Cidr("127.0.0.0/8"),
          new Cidr("169.254.0.0/16"),
          new Cidr("172.16.0.0/12"),
          new Cidr("192.168.0.0/16"),
          new Cidr("224.0.0.0/3"));

  /** Where EKS lets Services have addresses. */
  private static final List<Cidr> FOR_SERVICES =
      List.of(new Cidr("10.0.0.0/8"), new Cidr("172.16.0.0/12"), new Cidr("192.168.0.0/16"));

  private static final int NARROWEST_SERVICES = 24;
  private static final int FEWEST_SUBNETS = 2;

  private final PlatformClusterSpec spec;
  private final Catalogue cloud;
  private final ObservedCluster observed;
  private final Mistakes mistakes;

  EksChecks(
      PlatformClusterSpec spec, Catalogue cloud, ObservedCluster observed, Mistakes mistakes) {
    this.spec = spec;
    this.cloud = cloud;
    this.observed = observed;
    this.mistakes = mistakes;
  }

  void check() {
    new KubeadmFields(spec, mistakes).check();
    Optional<Eks> eks = cloud.spec().clusterApi().eks();
    if (eks.isEmpty() && !observed.begun()) {
      mistakes.add(
          "spec.controlPlane.kind",
          "Managed is EKS, and Cloud " + cloud.name() + " says nothing of it",
          "set it to Kubeadm, or have the platform team set spec.clusterApi.eks of the Cloud");
    }
    eks.ifPresent(this::checkVersions);
    checkServices(spec.network().serviceCidr());
    spec.network().existing().ifPresent(this::checkSubnets);
    if (!observed.begun()) {
      checkAdmitted(spec.network().api().allowedCidrs());
    }
    checkAdministrators(eks.flatMap(Eks::nodeRole));
    checkPools();
  }

  /** Checks that machines which Isobar makes may join. */
  void checkPools() {
    Optional<Eks> eks = cloud.spec().clusterApi().eks();
    for (int i = 0; i < spec.pools().size(); i++) {
      checkPool(spec.pools().get(i), "spec.pools[" + i + "]", eks);
    }
  }

  private void checkVersions(Eks eks) {
    for (int i = 0; i < eks.versions().size(); i++) {
      EksVersion version = eks.versions().get(i);
      String path = "Cloud " + cloud.name() + ": spec.clusterApi.eks.versions[" + i + "].addons";
      var missing = new TreeSet<>(NECESSARY);
      version.addons().stream().map(EksAddon::name).forEach(missing::remove);
      if (!missing.isEmpty()) {
        mistakes.add(
            path,
            "lacks "
                + String.join(", ", missing)
                + ", which would stay at the version of a cluster's first day",
            "the platform team must add what `aws eks describe-addon-versions --kubernetes-version "
                + version.kubernetes()
                + "` shows");
      }
      for (int j = 0; j < version.addons().size(); j++) {
        checkAddon(version.addons().get(j).name(), path + "[" + j + "].name");
      }
    }
  }

  private void checkAddon(String name, String path) {
    AddonName ours = TWICE.get(name);
    if (ours != null) {
      mistakes.add(
          path,
          name + " would come twice: Isobar installs the same as add-on " + ours.text(),
          "the platform team must remove it");
    }
  }

  private void checkServices(Cidr services) {
    boolean inside =
        FOR_SERVICES.stream()
            .anyMatch(range -> range.prefix() <= services.prefix() && range.overlaps(services));
    if (!inside) {
      mistakes.add(
          "spec.network.serviceCidr",
          services.text() + " is not where EKS lets Services have addresses",
          "choose a range within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16");
    }
    if (services.prefix() > NARROWEST_SERVICES) {
      mistakes.add(
          "spec.network.serviceCidr",
          services.text() + " is narrower than EKS takes",
          "choose a range of /" + NARROWEST_SERVICES + " or wider");
    }
  }

  /** Whether nobody in the internet has an address of a range. */
  static boolean isReserved(Cidr range) {
    return RESERVED.stream().anyMatch(one -> one.prefix() <= range.prefix() && one.overlaps(range));
  }

  private void checkAdmitted(List<Cidr> ranges) {
    for (int i = 0; i < ranges.size(); i++) {
      if (isReserved(ranges.get(i))) {
        mistakes.add(
            "spec.network.api.allowedCidrs[" + i + "]",
            ranges.get(i).text()
                + " is no range of the internet, and EKS makes no cluster with it: the list is of"
                + " who reaches the public address",
            "remove it, as the VPC and networks that are joined to it reach the private address");
      }
    }
  }

  /** Those that have been taken once stay. */
  private void checkAdministrators(Optional<String> nodeRole) {
    var entries = new EksEntries(observed);
    Set<String> machines =
        observed.begun() ? entries.of(EksEntries.MACHINES) : nodeRole.map(Set::of).orElse(Set.of());
    Set<String> taken = entries.of(EksEntries.PEOPLE);
    List<String> administrators = administrators();
    for (int i = 0; i < administrators.size(); i++) {
      String role = administrators.get(i);
      if (machines.contains(role) && !taken.contains(role)) {
        mistakes.add(
            "spec.controlPlane.managed.administrators[" + i + "]",
            "is a role that machines join with, as Cloud " + cloud.name() + " says or has said",
            "name the role of people instead");
      }
    }
  }

  private List<String> administrators() {
    return spec.controlPlane().managed().map(ManagedControlPlane::administrators).orElse(List.of());
  }

  private void checkSubnets(ExistingNetwork existing) {
    if (!existing.subnets().isEmpty() && existing.subnets().size() < FEWEST_SUBNETS) {
      mistakes.add(
          "spec.network.existing.subnets",
          "names one subnet, and EKS needs them in two zones at least",
          "name another one of another zone");
    }
  }

  private void checkPool(Pool pool, String path, Optional<Eks> eks) {
    boolean own =
        pool.gpu().isPresent() && cloud.spec().clusterApi().gpuMachines() == GpuMachines.Isobar;
    if (!own || !observed.deployments(pool.name()).isEmpty()) {
      return;
    }
    if (eks.flatMap(Eks::nodeRole).isEmpty()) {
      mistakes.add(
          path + ".gpu",
          "EKS lets in no machines that Isobar makes: Cloud "
              + cloud.name()
              + " does not say which role they have",
          "the platform team must set spec.clusterApi.eks.nodeRole of the Cloud, or"
              + " spec.clusterApi.gpuMachines to Native");
    }
    eks.flatMap(Eks::nodeRole)
        .filter(new EksEntries(observed).of(EksEntries.PEOPLE)::contains)
        .filter(administrators()::contains)
        .ifPresent(role ->
            mistakes.add(
                path + ".gpu",
                "EKS lets in no machines by "
                    + role
                    + ", which is the role of an administrator of this cluster",
                "remove it from spec.controlPlane.managed.administrators first, or have the"
                    + " platform team set another spec.clusterApi.eks.nodeRole of the Cloud"));
  }
}
