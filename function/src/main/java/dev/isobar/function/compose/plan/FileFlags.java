package dev.isobar.function.compose.plan;

import dev.isobar.function.compose.plan.OwnedFlags.Owner;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Flags of kube-apiserver that name files. It runs in a container, which has nothing but what
 * kubeadm and the cluster's own settings put there, and does not start without a file it is told
 * of.
 */
public final class FileFlags {
  /** The folder of a machine that the API server may write logs to. */
  public static final String LOGS = "/var/log/kubernetes";

  private static final Pattern LOG = Pattern.compile("-|" + LOGS + "(/[\\w-][\\w.-]*)+");

  /** The certificates that kubeadm makes. */
  private static final Pattern CERTIFICATE =
      Pattern.compile("/etc/kubernetes/pki(/[\\w-][\\w.-]*)+");

  private static final Set<String> AUTHORITIES =
      Set.of("kubelet-certificate-authority", "peer-ca-file");

  /** Flags of files whose names do not end in -file. */
  private static final Set<String> OTHERS =
      Set.of(
          "allow-metric-labels-manifest",
          "cloud-config",
          "service-account-signing-endpoint",
          "tls-sni-cert-key");

  private static final String LOGIN = "remove it and use spec.security.oidc";

  private static final Map<String, String> REMEDIES =
      Map.of(
          "audit-policy-file",
          "remove it: with audit-log-path, who did what to which object is logged",
          "audit-webhook-config-file",
          "remove it and set audit-log-path to " + LOGS + "/audit.log, or to - for the pod's log",
          "authentication-token-webhook-config-file",
          LOGIN,
          "tls-sni-cert-key",
          "remove it and use spec.controlPlane.certificateNames",
          "token-auth-file",
          LOGIN);

  private FileFlags() {}

  /** Why a flag is refused; empty when it names no file, or one that is there. */
  static Optional<Owner> owner(String flag, String value) {
    if (flag.equals("audit-log-path")) {
      return LOG.matcher(value).matches()
          ? Optional.empty()
          : Optional.of(
              new Owner(
                  "is not in the one folder the API server may write to, so the log would be lost",
                  "set it to " + LOGS + "/audit.log, or to - for the pod's log"));
    }
    if (AUTHORITIES.contains(flag)) {
      return CERTIFICATE.matcher(value).matches()
          ? Optional.empty()
          : Optional.of(nowhere("remove it, or name one of /etc/kubernetes/pki"));
    }
    return flag.endsWith("-file") || OTHERS.contains(flag)
        ? Optional.of(nowhere(REMEDIES.getOrDefault(flag, "remove it")))
        : Optional.empty();
  }

  private static Owner nowhere(String remedy) {
    return new Owner(
        "names a file that nothing puts on the machines, and the API server would not start",
        remedy);
  }
}
