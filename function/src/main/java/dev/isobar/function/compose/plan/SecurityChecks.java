package dev.isobar.function.compose.plan;

import dev.isobar.apis.platform.Kubelet;
import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.apis.schema.Size;
import java.util.regex.Pattern;

/**
 * Checks the settings of the API server, etcd and the kubelets against what must hold among them.
 */
final class SecurityChecks {
  private static final Pattern FLAG = Pattern.compile("[a-z][a-z0-9-]{0,100}");

  /** etcd's own advice, and what a database of a few hundred nodes needs at least. */
  private static final Size SMALLEST_DATABASE = new Size("1Gi");

  private static final Size LARGEST_DATABASE = new Size("8Gi");

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
    checkQuota();
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
      OwnedFlags.owner(flag, value)
          .ifPresent(owner -> mistakes.add(path, owner.problem(), owner.remedy()));
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
    String bytes = String.valueOf(quota.bytes());
    return observed
        .controlPlane()
        .at("spec", "kubeadmConfigSpec", "clusterConfiguration", "etcd", "local", "extraArgs")
        .items()
        .stream()
        .filter(flag -> flag.at("name").text().filter("quota-backend-bytes"::equals).isPresent())
        .anyMatch(flag -> flag.at("value").text().filter(bytes::equals).isPresent());
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
