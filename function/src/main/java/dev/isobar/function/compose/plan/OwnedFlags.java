package dev.isobar.function.compose.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Flags of kube-apiserver that are not the claim's to set, and what does it instead. */
final class OwnedFlags {
  /**
   * Why a flag is refused.
   *
   * @param problem what is wrong
   * @param remedy what to do instead
   */
  record Owner(String problem, String remedy) {}

  private static final String SET = "is set by Isobar";

  private static final SortedMap<String, Owner> OWNERS = new TreeMap<>();

  static {
    Owner login = new Owner(SET, "remove it and use spec.security.oidc");
    own(
        login,
        "oidc-ca-file",
        "oidc-client-id",
        "oidc-groups-claim",
        "oidc-groups-prefix",
        "oidc-issuer-url",
        "oidc-required-claim",
        "oidc-signing-algs",
        "oidc-username-claim",
        "oidc-username-prefix");
    own(
        new Owner("takes the place of spec.security.oidc", login.remedy()),
        "authentication-config");
    own(
        new Owner(SET, "remove it and use spec.security.podSecurity"),
        "admission-control-config-file");
    own(
        new Owner(SET, "remove it and use spec.security.encryptionConfiguration"),
        "encryption-provider-config");
    own(
        new Owner(
            "contradicts enable-admission-plugins, which kubeadm sets, and kube-apiserver would"
                + " not start",
            "remove it and use enable-admission-plugins or disable-admission-plugins"),
        "admission-control");
    own(new Owner(SET, "remove it and use spec.network.serviceCidr"), "service-cluster-ip-range");
    own(new Owner(SET, "remove it and use spec.network.api.port"), "secure-port");
    own(
        new Owner("is set by kubeadm to what the rest of the control plane expects", "remove it"),
        "advertise-address",
        "allow-privileged",
        "authorization-config",
        "authorization-mode",
        "bind-address",
        "client-ca-file",
        "cloud-provider",
        "enable-bootstrap-token-auth",
        "etcd-cafile",
        "etcd-certfile",
        "etcd-keyfile",
        "etcd-servers",
        "kubelet-client-certificate",
        "kubelet-client-key",
        "proxy-client-cert-file",
        "proxy-client-key-file",
        "requestheader-allowed-names",
        "requestheader-client-ca-file",
        "requestheader-extra-headers-prefix",
        "requestheader-group-headers",
        "requestheader-username-headers",
        "service-account-issuer",
        "service-account-key-file",
        "service-account-signing-key-file",
        "tls-cert-file",
        "tls-private-key-file");
  }

  private static final Owner PROBES =
      new Owner(
          "shuts out the kubelet's probes, which ask without a login, so the API server would be"
              + " restarted for ever",
          "remove it; whoever has no login may read no more than health and version");

  /** What kubeadm switches on, and spec.security.podSecurity needs. */
  private static final String NODES = "NodeRestriction";

  private static final String PODS = "PodSecurity";

  private OwnedFlags() {}

  private static void own(Owner owner, String... flags) {
    for (String flag : flags) {
      OWNERS.put(flag, owner);
    }
  }

  /** Who owns a flag; nobody when the claim may set it to the value. */
  static Optional<Owner> owner(String flag, String value) {
    return switch (flag) {
      case "anonymous-auth" -> value.equals("true") ? Optional.empty() : Optional.of(PROBES);
      case "enable-admission-plugins" -> enabled(value);
      case "disable-admission-plugins" -> disabled(value);
      default -> Optional.ofNullable(OWNERS.get(flag));
    };
  }

  /** What the claim says takes the place of kubeadm's own list, which is NodeRestriction. */
  private static Optional<Owner> enabled(String value) {
    List<String> plugins = List.of(value.split(","));
    return plugins.contains(NODES)
        ? Optional.empty()
        : Optional.of(
            new Owner(
                "would switch NodeRestriction off, which kubeadm sets, and every node could change"
                    + " all others and read their pods' Secrets",
                "write " + NODES + (value.isBlank() ? "" : "," + value)));
  }

  private static Optional<Owner> disabled(String value) {
    List<String> plugins =
        Arrays.stream(value.split(",")).map(name -> name.replaceAll("[\\s\"]", "")).toList();
    if (plugins.contains(NODES)) {
      return Optional.of(
          new Owner(
              "names NodeRestriction, without which every node could change all others and read"
                  + " their pods' Secrets",
              "take it out of the list"));
    }
    return plugins.contains(PODS)
        ? Optional.of(
            new Owner(
                "names PodSecurity, which spec.security.podSecurity sets up",
                "take it out of the list, and set spec.security.podSecurity.enforce to Privileged"
                    + " if pods shall have no limits"))
        : Optional.empty();
  }
}
