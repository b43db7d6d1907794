package dev.isobar.function.compose.plan;

import dev.isobar.apis.platform.Disk;
import dev.isobar.apis.platform.Etcd;
import dev.isobar.apis.platform.Kubelet;
import dev.isobar.apis.platform.Oidc;
import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.apis.schema.Size;
import dev.isobar.apis.tree.Tree;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Checks the settings of the API server, etcd and the kubelets against what must hold among them.
 */
final class SecurityChecks {
  private static final Pattern FLAG = Pattern.compile("[a-z][a-z0-9-]{0,100}");

  /** etcd's own advice, and what a database of a few hundred nodes needs at least. */
  private static final Size SMALLEST_DATABASE = new Size("1Gi");

  private static final Size LARGEST_DATABASE = new Size("8Gi");

  /** How the names begin that Kubernetes keeps for itself. */
  private static final String SYSTEM = "system:";

  private static final String QUOTA = "quota-backend-bytes";
  private static final String ETCD_DISK = "spec.controlPlane.etcd.disk.size";

  private final PlatformClusterSpec spec;
  private final ObservedCluster observed;
  private final Mistakes mistakes;

  SecurityChecks(PlatformClusterSpec spec, ObservedCluster observed, Mistakes mistakes) {
    this.spec = spec;
    this.observed = observed;
    this.mistakes = mistakes;
  }

  void check() {
    spec.controlPlane().apiServerFlags().forEach(this::checkFlag);
    new CertificateNameChecks(mistakes).check(spec.controlPlane().certificateNames());
    spec.security().oidc().map(Oidc::issuer).ifPresent(this::checkIssuer);
    spec.security().oidc().ifPresent(this::checkPrefixes);
    checkQuota();
    checkEtcdDisk(spec.controlPlane().etcd());
    int heartbeat = spec.controlPlane().etcd().heartbeatMillis();
    int election = spec.controlPlane().etcd().electionMillis();
    if (election < 5 * heartbeat) {
      mistakes.add(
          "spec.controlPlane.etcd.electionMillis",
          election + " is less than five heartbeats of " + heartbeat + " ms, which etcd refuses",
          "set it to at least " + 5 * heartbeat);
    }
    checkKubelet(spec.nodes().kubelet(), spec.nodes().kubelet(), "spec.nodes.kubelet");
    for (int i = 0; i < spec.pools().size(); i++) {
      Kubelet kubelet = spec.pools().get(i).kubelet();
      checkKubelet(kubelet, spec.nodes().kubelet(), "spec.pools[" + i + "].kubelet");
    }
  }

  private void checkFlag(String flag, String value) {
    String path = "spec.controlPlane.apiServerFlags[" + flag + "]";
    if (!FLAG.matcher(flag).matches()) {
      mistakes.add(
          path,
          "is not the name of a flag",
          "write it as kube-apiserver's help does, without leading dashes");
    } else {
      // What an image brings, or another version takes, may have worked: a flag in use is kept.
      OwnedFlags.owner(flag, value)
          .or(() ->
              FileFlags.owner(flag, value)
                  .or(() -> KnownFlags.owner(flag))
                  .or(() -> FlagValues.owner(flag, value))
                  .filter(_ -> !has(configuration().at("apiServer"), flag, value)))
          .ifPresent(owner -> mistakes.add(path, owner.problem(), owner.remedy()));
    }
  }

  /** The API server refuses to start when somebody else shall issue what it issues itself. */
  private void checkIssuer(String issuer) {
    // kubeadm's name for the API server's own tokens; no claim can change it.
    String own = "https://kubernetes.default.svc." + spec.network().serviceDomain();
    if (issuer.equals(own)) {
      mistakes.add(
          "spec.security.oidc.issuer",
          own
              + " is the cluster itself, which issues its service accounts' tokens under this name,"
              + " and kube-apiserver would not start",
          "write the address of the provider that people log in with, exactly as in its tokens,"
              + " for example https://login.example.org/realms/lab");
    }
    WebAddress.problem(issuer)
        .filter(_ -> !has(configuration().at("apiServer"), "oidc-issuer-url", issuer))
        .ifPresent(problem ->
            mistakes.add(
                "spec.security.oidc.issuer",
                problem,
                "write for example "
                    + WebAddress.withoutPort(issuer, "https://login.example.org/realms/lab")));
  }

  private void checkPrefixes(Oidc oidc) {
    checkPrefix(oidc.usernamePrefix(), "username");
    if (oidc.groupsClaim().isPresent()) {
      checkPrefix(oidc.groupsPrefix(), "groups");
    }
  }

  /** Whoever is of group system:masters may do everything, whatever the roles say. */
  private void checkPrefix(String prefix, String of) {
    boolean ofKubernetes = prefix.startsWith(SYSTEM) || SYSTEM.startsWith(prefix);
    if (!prefix.isEmpty()
        && ofKubernetes
        && !has(configuration().at("apiServer"), "oidc-" + of + "-prefix", prefix)) {
      mistakes.add(
          "spec.security.oidc." + of + "Prefix",
          "\"" + prefix + "\" lets those who log in pass for Kubernetes' own " + SYSTEM + " names",
          "choose another one, for example oidc:");
    }
  }

  /**
   * A cluster keeps the quota it has: etcd takes no writes once its database is above a new one.
   */
  private void checkQuota() {
    Size quota = spec.controlPlane().etcd().quota();
    boolean within =
        quota.compareTo(SMALLEST_DATABASE) >= 0 && quota.compareTo(LARGEST_DATABASE) <= 0;
    if (!within && !hasQuota(quota)) {
      boolean small = quota.compareTo(SMALLEST_DATABASE) < 0;
      mistakes.add(
          "spec.controlPlane.etcd.quota",
          quota.text()
              + (small
                  ? " is full before the cluster is, and etcd then refuses all writes"
                  : " is more than the " + LARGEST_DATABASE.text() + " etcd advises at most"),
          "set it to " + SMALLEST_DATABASE.text() + " up to " + LARGEST_DATABASE.text());
    }
  }

  private boolean hasQuota(Size quota) {
    return has(configuration().at("etcd", "local"), QUOTA, String.valueOf(quota.bytes()));
  }

  private Tree configuration() {
    return observed.controlPlane().at("spec", "kubeadmConfigSpec", "clusterConfiguration");
  }

  private static boolean has(Tree component, String flag, String value) {
    return component.at("extraArgs").items().stream()
        .filter(one -> one.at("name").text().filter(flag::equals).isPresent())
        .anyMatch(one -> one.at("value").text().filter(value::equals).isPresent());
  }

  /** A full disk ends etcd, where a full database only refuses writes. */
  private void checkEtcdDisk(Etcd etcd) {
    Optional<Size> size = etcd.disk().map(Disk::size);
    size.ifPresent(one -> DiskChecks.checkSize(one, ETCD_DISK, mistakes));
    long database = etcd.quota().gibibytes();
    size.filter(_ -> etcd.quota().compareTo(LARGEST_DATABASE) <= 0)
        .filter(one -> one.gibibytes() <= database)
        .filter(one -> !(hasQuota(etcd.quota()) && hasEtcdDisk(one.gibibytes())))
        .ifPresent(one ->
            mistakes.add(
                ETCD_DISK,
                one.text()
                    + " does not hold a database of "
                    + etcd.quota().text()
                    + " and its log, and etcd stops when its disk is full",
                "set it to at least "
                    + (database + 1)
                    + "Gi"
                    + (one.gibibytes() > 1
                        ? ", or the quota to at most " + (one.gibibytes() - 1) + "Gi"
                        : "")));
  }

  private boolean hasEtcdDisk(long gibibytes) {
    Tree machine =
        observed
            .controlPlaneTemplate()
            .map(observed::named)
            .orElseGet(Tree::absent)
            .at("spec", "template", "spec");
    return machine.at("additionalBlockDevices").items().stream()
        .filter(device -> device.at("name").text().filter("etcd"::equals).isPresent())
        .anyMatch(
            device -> device.at("sizeGiB").whole().filter(one -> one == gibibytes).isPresent());
  }

  private void checkKubelet(Kubelet kubelet, Kubelet general, String path) {
    boolean exclusive = kubelet.exclusiveCpus().orElse(false);
    boolean reserved = kubelet.reservedCpu().isPresent() || general.reservedCpu().isPresent();
    if (exclusive && !reserved) {
      mistakes.add(
          path + ".reservedCpu",
          "is missing, and exclusiveCpus needs CPU kept for the system",
          "set it, for example to 1");
    }
  }
}
