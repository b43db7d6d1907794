package dev.isobar.function.compose.capi;

import dev.isobar.apis.platform.Kubelet;
import dev.isobar.apis.platform.RegistryMirror;
import dev.isobar.apis.platform.TrustedAuthority;
import dev.isobar.apis.schema.Size;
import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.naming.Canonical;
import dev.isobar.function.compose.plan.ClusterPlan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Files and commands that all nodes of a cluster get: mirrors, trusted authorities, kubelet
 * settings.
 */
final class NodeFiles {
  /** Where kubeadm looks for patches of what it generates. */
  static final String PATCHES = "/etc/kubernetes/patches";

  private static final String AUTHORITIES = "/etc/isobar/ca/";
  private static final String MIRRORS = "/etc/containerd/certs.d/";

  /** What follows the host of an address; a slash alone is none. */
  private static final Pattern PATH = Pattern.compile("//[^/]+/.");

  /** Debian and Red Hat families keep their trusted authorities in different folders. */
  private static final String TRUST =
      "if command -v update-ca-trust >/dev/null 2>&1; then cp /etc/isobar/ca/*.crt"
          + " /etc/pki/ca-trust/source/anchors/ && update-ca-trust; else cp /etc/isobar/ca/*.crt"
          + " /usr/local/share/ca-certificates/ && update-ca-certificates; fi";

  private final ClusterPlan plan;

  NodeFiles(ClusterPlan plan) {
    this.plan = plan;
  }

  /** The files of a node whose kubelet has these settings, which kubeadm is told of. */
  List<SortedMap<String, Object>> files(Kubelet kubelet) {
    List<SortedMap<String, Object>> files = files();
    SortedMap<String, Object> patch = kubelet(kubelet);
    if (!patch.isEmpty()) {
      files.add(file(PATCHES + "/kubeletconfiguration0+merge.json", Canonical.json(patch) + "\n"));
    }
    return files;
  }

  /** The files of a node, whatever its kubelet's settings. */
  List<SortedMap<String, Object>> files() {
    List<SortedMap<String, Object>> files = new ArrayList<>();
    for (TrustedAuthority authority : authorities()) {
      files.add(file(AUTHORITIES + authority.name() + ".crt", authority.certificate()));
    }
    for (RegistryMirror mirror : mirrors()) {
      files.add(file(MIRRORS + mirror.registry() + "/hosts.toml", hosts(mirror)));
    }
    return files;
  }

  /** Fields of KubeletConfiguration that a kubelet with these settings differs in. */
  SortedMap<String, Object> kubelet(Kubelet kubelet) {
    return kubeletPatch(kubelet, plan.spec().nodes().kubelet());
  }

  /** Whether kubeadm has to be told of patches. */
  boolean patches(Kubelet kubelet) {
    return !kubelet(kubelet).isEmpty();
  }

  /** Commands before kubeadm runs: images are fetched with what they make trusted. */
  List<String> commands() {
    return authorities().isEmpty() ? List.of() : List.of(TRUST, "systemctl restart containerd");
  }

  /** The same where containerd is started afterwards. */
  List<String> trust() {
    return authorities().isEmpty() ? List.of() : List.of(TRUST);
  }

  /** Time servers; the image's own when there are none. */
  Optional<Fields> ntp() {
    List<String> own = plan.spec().nodes().timeServers();
    List<String> servers = own.isEmpty() ? plan.settings().defaults().timeServers() : own;
    return servers.isEmpty()
        ? Optional.empty()
        : Optional.of(Fields.with("enabled", true).set("servers", servers));
  }

  static SortedMap<String, Object> file(String path, String content) {
    return Fields.with("path", path)
        .set("owner", "root:root")
        .set("permissions", "0644")
        .set("content", content)
        .map();
  }

  private Collection<TrustedAuthority> authorities() {
    var byName = new TreeMap<String, TrustedAuthority>();
    plan.settings().defaults().trustedAuthorities().forEach(one -> byName.put(one.name(), one));
    plan.spec().nodes().trustedAuthorities().forEach(one -> byName.put(one.name(), one));
    return byName.values();
  }

  private List<RegistryMirror> mirrors() {
    List<RegistryMirror> own = plan.spec().nodes().registryMirrors();
    return own.isEmpty() ? plan.settings().defaults().registryMirrors() : own;
  }

  /** containerd's hosts.toml; an address with a path names the folder of a proxy cache itself. */
  private static String hosts(RegistryMirror mirror) {
    var text = new StringBuilder();
    boolean anyRegistry = mirror.registry().equals("_default");
    if (mirror.fallback() && !anyRegistry) {
      String server =
          mirror.registry().equals("docker.io") ? "registry-1.docker.io" : mirror.registry();
      text.append("server = \"https://").append(server).append("\"\n");
    }
    if (!mirror.fallback()) {
      text.append("server = \"").append(mirror.endpoints().getFirst()).append("\"\n");
    }
    for (String endpoint : mirror.endpoints()) {
      text.append("\n[host.\"").append(endpoint).append("\"]\n");
      text.append("  capabilities = [\"pull\", \"resolve\"]\n");
      if (PATH.matcher(endpoint).find()) {
        text.append("  override_path = true\n");
      }
    }
    return text.toString();
  }

  /**
   * Fields of KubeletConfiguration (kubelet.config.k8s.io/v1beta1); the pool's before the
   * cluster's.
   */
  private static SortedMap<String, Object> kubeletPatch(Kubelet pool, Kubelet all) {
    Fields reserved =
        Fields.with("memory", pool.reservedMemory().or(all::reservedMemory).map(Size::text))
            .set("cpu", pool.reservedCpu().or(all::reservedCpu));
    return Fields.with("maxPods", pool.maxPods().or(all::maxPods))
        .setUnlessEmpty("systemReserved", reserved)
        .set("imageGCHighThresholdPercent", pool.imageGcHighPercent().or(all::imageGcHighPercent))
        .set(
            "imageGCLowThresholdPercent",
            pool.imageGcHighPercent()
                .or(all::imageGcHighPercent)
                .map(high -> Math.max(10, high - 5)))
        .set(
            "cpuManagerPolicy",
            pool.exclusiveCpus().or(all::exclusiveCpus).filter(yes -> yes).map(_ -> "static"))
        .map();
  }
}
