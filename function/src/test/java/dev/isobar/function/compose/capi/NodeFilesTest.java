package dev.isobar.function.compose.capi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.ManagementCluster;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written on nodes besides kubeadm's own configuration. */
final class NodeFilesTest {
  private static final String POOL = "pools: [{name: a, machineType: m1.large, replicas: 1%s}]\n";
  private static final String CERTIFICATE = "certificate: " + ManagementCluster.CERTIFICATE;
  private static final String OTHER = ManagementCluster.CERTIFICATE.replace("MAMCAQE=", "MAMCAQI=");

  private static Tree config(ManagementCluster cluster) {
    String key =
        cluster.keys().stream()
            .filter(one -> one.contains(".bootstrap."))
            .findFirst()
            .orElseThrow();
    return Tree.of(cluster.composed(key)).at("spec", "template", "spec");
  }

  /** The files of a pool's nodes by path. */
  private static Map<String, String> files(Tree config) {
    var files = new TreeMap<String, String>();
    for (Tree file : config.at("files").items()) {
      files.put(file.at("path").text().orElse(""), file.at("content").text().orElse(""));
    }
    return files;
  }

  record Mirror(String reason, String mirror, String file, String text) {}

  static Stream<Mirror> mirrors() {
    return Stream.of(
        new Mirror(
            "Docker Hub goes by another name; its own registry comes last",
            "{registry: docker.io, endpoints: ['https://m.example.org']}",
            "docker.io",
            """
            server = "https://registry-1.docker.io"

            [host."https://m.example.org"]
              capabilities = ["pull", "resolve"]
            """),
        new Mirror(
            "a path is the folder of a proxy cache; two mirrors in their order",
            "{registry: 'quay.io:443', endpoints: ['https://m.example.org/v2/quay',"
                + " 'http://n.example.org']}",
            "quay.io:443",
            """
            server = "https://quay.io:443"

            [host."https://m.example.org/v2/quay"]
              capabilities = ["pull", "resolve"]
              override_path = true

            [host."http://n.example.org"]
              capabilities = ["pull", "resolve"]
            """),
        new Mirror(
            "a slash alone is no path",
            "{registry: quay.io, endpoints: ['https://m.example.org/']}",
            "quay.io",
            """
            server = "https://quay.io"

            [host."https://m.example.org/"]
              capabilities = ["pull", "resolve"]
            """),
        new Mirror(
            "without falling back",
            "{registry: quay.io, endpoints: ['https://m.example.org'], fallback: false}",
            "quay.io",
            """
            server = "https://m.example.org"

            [host."https://m.example.org"]
              capabilities = ["pull", "resolve"]
            """),
        new Mirror(
            "any registry has no address to fall back to",
            "{registry: _default, endpoints: ['https://m.example.org']}",
            "_default",
            """

            [host."https://m.example.org"]
              capabilities = ["pull", "resolve"]
            """));
  }

  @ParameterizedTest
  @MethodSource("mirrors")
  void mirrorsAreContainerdsHosts(Mirror row) {
    Tree config =
        config(
            ManagementCluster.with(
                POOL.formatted("") + "nodes: {registryMirrors: [" + row.mirror + "]}"));
    assertThat(files(config))
        .as(row.reason)
        .isEqualTo(Map.of("/etc/containerd/certs.d/" + row.file + "/hosts.toml", row.text));
  }

  @Test
  void settingsSpeakWhereTheClaimIsSilent() {
    String settings =
        """
        defaults:
          timeServers: [ntp.example.org]
          registryMirrors: [{registry: ghcr.io, endpoints: ['https://m.example.org']}]
          trustedAuthorities: [{name: house, %1$s}, {name: both, %1$s}]
        """
            .formatted(CERTIFICATE);
    Tree silent = config(ManagementCluster.with(POOL.formatted("")).settings(settings));
    assertThat(files(silent).keySet())
        .containsExactly(
            "/etc/containerd/certs.d/ghcr.io/hosts.toml",
            "/etc/isobar/ca/both.crt",
            "/etc/isobar/ca/house.crt");
    assertThat(silent.at("ntp").plain()).hasToString("{enabled=true, servers=[ntp.example.org]}");
    Tree spoken =
        config(
            ManagementCluster.with(
                    POOL.formatted("")
                        + """
                        nodes:
                          timeServers: [ntp.own.example.org]
                          registryMirrors: [{registry: quay.io, endpoints: ['https://m.example.org']}]
                          trustedAuthorities: [{name: both, certificate: %s}]
                        """
                            .formatted(OTHER))
                .settings(settings));
    assertThat(files(spoken).keySet())
        .containsExactly(
            "/etc/containerd/certs.d/quay.io/hosts.toml",
            "/etc/isobar/ca/both.crt",
            "/etc/isobar/ca/house.crt");
    assertThat(files(spoken)).containsEntry("/etc/isobar/ca/both.crt", OTHER);
    assertThat(spoken.at("ntp").plain())
        .hasToString("{enabled=true, servers=[ntp.own.example.org]}");
  }

  @Test
  void authoritiesAreTrustedBeforeImagesAreFetched() {
    Tree config =
        config(
            ManagementCluster.with(
                POOL.formatted("")
                    + "nodes: {trustedAuthorities: [{name: a, "
                    + CERTIFICATE
                    + "}]}"));
    assertThat(config.at("preKubeadmCommands").items().getLast().text())
        .contains("systemctl restart containerd");
    assertThat(config.at("preKubeadmCommands").items().getFirst().text().orElse(""))
        .contains("update-ca-trust", "update-ca-certificates");
  }

  record Patch(String reason, String all, String pool, String patch) {}

  static Stream<Patch> patches() {
    return Stream.of(
        new Patch("nothing asked for", "{}", "{}", ""),
        new Patch("of all nodes", "{maxPods: 60}", "{}", "{\"maxPods\":60}\n"),
        new Patch("the pool's goes first", "{maxPods: 60}", "{maxPods: 30}", "{\"maxPods\":30}\n"),
        new Patch(
            "field by field",
            "{reservedCpu: 500m}",
            "{reservedMemory: 1Gi, exclusiveCpus: true}",
            "{\"cpuManagerPolicy\":\"static\",\"systemReserved\":{\"cpu\":\"500m\",\"memory\":\"1Gi\"}}\n"),
        new Patch(
            "images are removed down to a little less",
            "{imageGcHighPercent: 70}",
            "{}",
            "{\"imageGCHighThresholdPercent\":70,\"imageGCLowThresholdPercent\":65}\n"),
        new Patch(
            "switched off for one pool",
            "{reservedCpu: '1', exclusiveCpus: true}",
            "{exclusiveCpus: false}",
            "{\"systemReserved\":{\"cpu\":\"1\"}}\n"));
  }

  @ParameterizedTest
  @MethodSource("patches")
  void kubeletSettingsAreAPatchOfKubeadms(Patch row) {
    Tree config =
        config(
            ManagementCluster.with(
                POOL.formatted(", kubelet: " + row.pool) + "nodes: {kubelet: " + row.all + "}"));
    assertThat(
            files(config)
                .getOrDefault("/etc/kubernetes/patches/kubeletconfiguration0+merge.json", ""))
        .as(row.reason)
        .isEqualTo(row.patch);
    assertThat(config.at("joinConfiguration", "patches").exists()).isEqualTo(!row.patch.isEmpty());
  }

  @Test
  void disksAreMountedByALabelOfAtMost16Characters() {
    Tree config =
        config(
            ManagementCluster.with(
                POOL.formatted(
                    ", disks: [{name: scratch, size: 1Gi, mountPath: /a}, {name:"
                        + " a-very-long-name-x, size: 1025Mi, mountPath: /b}]")));
    assertThat(config.at("preKubeadmCommands").plain())
        .hasToString(
            "[/usr/local/sbin/isobar-mount-disk scratch /a 1, /usr/local/sbin/isobar-mount-disk"
                + " fb9b49f2a4fe /b 2]");
  }

  @Test
  void theApiServerGetsWhatTheClaimSays() {
    Tree config =
        Tree.of(
                ManagementCluster.with(
                        """
                        controlPlane: {apiServerFlags: {v: "4"}, certificateNames: [b.example.org, a.example.org]}
                        network: {api: {address: 203.0.113.7}}
                        security:
                          oidc: {issuer: 'https://login.example.org', clientId: kube, usernamePrefix: "", groupsClaim: groups}
                          podSecurity: {enforce: Privileged, warn: Baseline, exemptNamespaces: [build, '123', 'on']}
                          encryptionConfiguration: {name: enc, key: config.yaml}
                        """)
                    .composed("control-plane"))
            .at("spec", "kubeadmConfigSpec");
    var flags = new TreeMap<String, String>();
    Tree server = config.at("clusterConfiguration", "apiServer");
    for (Tree flag : server.at("extraArgs").items()) {
      flags.put(flag.at("name").text().orElse(""), flag.at("value").text().orElse(""));
    }
    assertThat(flags)
        .hasToString(
            "{admission-control-config-file=/etc/kubernetes/isobar/admission.yaml,"
                + " encryption-provider-config=/etc/kubernetes/isobar/encryption.yaml,"
                + " oidc-client-id=kube, oidc-groups-claim=groups, oidc-groups-prefix=oidc:,"
                + " oidc-issuer-url=https://login.example.org, oidc-username-claim=sub,"
                + " oidc-username-prefix=-, v=4}");
    assertThat(server.at("certSANs").plain())
        .hasToString("[203.0.113.7, a.example.org, b.example.org]");
    assertThat(files(config).getOrDefault("/etc/kubernetes/isobar/admission.yaml", ""))
        .contains(
            "enforce: privileged",
            "warn: baseline",
            "namespaces: ['123', build, calico-apiserver,");
    assertThat(config.at("files").items().get(1).at("contentFrom").plain())
        .hasToString("{secret={key=config.yaml, name=enc}}");
  }
}
