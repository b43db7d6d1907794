package dev.isobar.function.compose.plan;

import dev.isobar.apis.platform.Kubelet;
import dev.isobar.apis.platform.PlatformClusterSpec;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks the settings of the API server, etcd and the kubelets against what must hold among them.
 */
final class SecurityChecks {
  private static final Pattern FLAG = Pattern.compile("[a-z][a-z0-9-]{0,100}");

  /** Flags that other fields of the claim, kubeadm or the pod network own. */
  private static final Set<String> OWNED =
      Set.of(
          "admission-control-config-file",
          "advertise-address",
          "allow-privileged",
          "authorization-mode",
          "bind-address",
          "client-ca-file",
          "cloud-provider",
          "encryption-provider-config",
          "etcd-servers",
          "kubelet-client-certificate",
          "kubelet-client-key",
          "oidc-client-id",
          "oidc-groups-claim",
          "oidc-groups-prefix",
          "oidc-issuer-url",
          "oidc-username-claim",
          "oidc-username-prefix",
          "secure-port",
          "service-account-issuer",
          "service-account-key-file",
          "service-account-signing-key-file",
          "service-cluster-ip-range",
          "tls-cert-file",
          "tls-private-key-file");

  private final PlatformClusterSpec spec;
  private final Mistakes mistakes;

  SecurityChecks(PlatformClusterSpec spec, Mistakes mistakes) {
    this.spec = spec;
    this.mistakes = mistakes;
  }

  void check() {
    spec.controlPlane().apiServerFlags().keySet().forEach(this::checkFlag);
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

  private void checkFlag(String flag) {
    String path = "spec.controlPlane.apiServerFlags[" + flag + "]";
    if (!FLAG.matcher(flag).matches()) {
      mistakes.add(
          path,
          "is not the name of a flag",
          "write it as kube-apiserver's help does, without leading dashes");
    } else if (OWNED.contains(flag)) {
      mistakes.add(
          path,
          "is set by Isobar",
          "remove it and use the claim's own field for it: spec.security or spec.network");
    }
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
