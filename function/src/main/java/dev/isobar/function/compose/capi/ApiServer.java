package dev.isobar.function.compose.capi;

import dev.isobar.apis.platform.Oidc;
import dev.isobar.apis.platform.PodSecurity;
import dev.isobar.apis.platform.SecretKey;
import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.FileFlags;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Flags of kube-apiserver and the files they point to: login, Pod Security, encryption. */
final class ApiServer {
  /** Names of namespaces that YAML of any version takes for numbers, booleans or nothing. */
  private static final Pattern NO_PLAIN_WORD =
      Pattern.compile("[0-9].*|true|false|null|yes|no|on|off|y|n");

  private static final String FOLDER = "/etc/kubernetes/isobar";
  private static final String ADMISSION = FOLDER + "/admission.yaml";
  private static final String AUDIT = FOLDER + "/audit.yaml";
  private static final String ENCRYPTION = FOLDER + "/encryption.yaml";

  /**
   * Namespaces of add-ons whose pods must be privileged. All of them always, so that switching an
   * add-on on or off does not roll the control plane.
   */
  private static final List<String> EXEMPT =
      List.of(
          "calico-apiserver",
          "calico-system",
          "gpu-operator",
          "kube-system",
          "monitoring",
          "projectsveltos",
          "tigera-operator");

  /** Without a policy nothing is logged: who did what to which object, and not what it says. */
  private static final String POLICY =
      """
      apiVersion: audit.k8s.io/v1
      kind: Policy
      omitStages: [RequestReceived]
      rules:
        - level: Metadata
      """;

  private final ClusterPlan plan;

  ApiServer(ClusterPlan plan) {
    this.plan = plan;
  }

  /** The apiServer section of kubeadm's ClusterConfiguration. */
  Fields fields() {
    var flags = new TreeMap<String, String>(plan.spec().controlPlane().apiServerFlags());
    flags.put("admission-control-config-file", ADMISSION);
    if (audited()) {
      flags.put("audit-policy-file", AUDIT);
    }
    encryption().ifPresent(_ -> flags.put("encryption-provider-config", ENCRYPTION));
    plan.spec().security().oidc().ifPresent(oidc -> flags.putAll(oidcFlags(oidc)));
    List<SortedMap<String, Object>> volumes = new ArrayList<>();
    volumes.add(folder("isobar", FOLDER).set("readOnly", true).map());
    if (flags.getOrDefault("audit-log-path", "").startsWith(FileFlags.LOGS)) {
      // The container's own files go with it, and nobody else reads them.
      volumes.add(folder("logs", FileFlags.LOGS).map());
    }
    return Fields.with("extraArgs", arguments(flags))
        .set("extraVolumes", volumes)
        .setUnlessEmpty("certSANs", certificateNames());
  }

  private static Fields folder(String name, String path) {
    return Fields.with("name", name)
        .set("hostPath", path)
        .set("mountPath", path)
        .set("pathType", "DirectoryOrCreate");
  }

  /** The files the flags point to. */
  List<SortedMap<String, Object>> files() {
    List<SortedMap<String, Object>> files = new ArrayList<>();
    files.add(NodeFiles.file(ADMISSION, admission(plan.spec().security().podSecurity())));
    if (audited()) {
      files.add(NodeFiles.file(AUDIT, POLICY));
    }
    encryption()
        .ifPresent(key ->
            files.add(
                Fields.with("path", ENCRYPTION)
                    .set("owner", "root:root")
                    .set("permissions", "0600")
                    .set(
                        "contentFrom",
                        Fields.with(
                            "secret", Fields.with("name", key.name()).set("key", key.key())))
                    .map()));
    return files;
  }

  static List<SortedMap<String, Object>> arguments(Map<String, String> flags) {
    List<SortedMap<String, Object>> arguments = new ArrayList<>();
    new TreeMap<>(flags)
        .forEach((name, value) -> arguments.add(Registration.argument(name, value)));
    return arguments;
  }

  /** Whether the claim asks for an audit log and brings no policy of its own. */
  private boolean audited() {
    Map<String, String> flags = plan.spec().controlPlane().apiServerFlags();
    boolean asked =
        flags.containsKey("audit-log-path") || flags.containsKey("audit-webhook-config-file");
    return asked && !flags.containsKey("audit-policy-file");
  }

  private Optional<SecretKey> encryption() {
    return plan.spec().security().encryptionConfiguration();
  }

  private List<String> certificateNames() {
    var names = new TreeSet<>(plan.spec().controlPlane().certificateNames());
    plan.spec().network().api().address().ifPresent(names::add);
    return List.copyOf(names);
  }

  private static Map<String, String> oidcFlags(Oidc oidc) {
    var flags = new TreeMap<String, String>();
    flags.put("oidc-issuer-url", oidc.issuer());
    flags.put("oidc-client-id", oidc.clientId());
    flags.put("oidc-username-claim", oidc.usernameClaim());
    flags.put(
        "oidc-username-prefix", oidc.usernamePrefix().isEmpty() ? "-" : oidc.usernamePrefix());
    oidc.groupsClaim()
        .ifPresent(claim -> {
          flags.put("oidc-groups-claim", claim);
          flags.put("oidc-groups-prefix", oidc.groupsPrefix());
        });
    return flags;
  }

  private static String admission(PodSecurity podSecurity) {
    var exempt = new TreeSet<>(EXEMPT);
    exempt.addAll(podSecurity.exemptNamespaces());
    String enforce = podSecurity.enforce().name().toLowerCase(Locale.ROOT);
    String warn = podSecurity.warn().name().toLowerCase(Locale.ROOT);
    return """
    apiVersion: apiserver.config.k8s.io/v1
    kind: AdmissionConfiguration
    plugins:
      - name: PodSecurity
        configuration:
          apiVersion: pod-security.admission.config.k8s.io/v1
          kind: PodSecurityConfiguration
          defaults:
            enforce: %s
            enforce-version: latest
            audit: %s
            audit-version: latest
            warn: %s
            warn-version: latest
          exemptions:
            usernames: []
            runtimeClasses: []
            namespaces: [%s]
    """
        .formatted(
            enforce,
            warn,
            warn,
            exempt.stream().map(ApiServer::word).collect(Collectors.joining(", ")));
  }

  /**
   * In quotes where YAML would take it for something else; else as it is, so that no file changes.
   */
  private static String word(String namespace) {
    return NO_PLAIN_WORD.matcher(namespace).matches() ? "'" + namespace + "'" : namespace;
  }
}
