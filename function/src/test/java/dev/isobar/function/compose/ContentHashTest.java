package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.naming.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A template's name ends in the hash of what the user set. A hash that changes with a release of
 * the function would replace every machine of every cluster, so all of them are written down here.
 */
final class ContentHashTest {
  private static final String POOL = "pools: [{name: a, machineType: m1.small, replicas: 1%s}]";
  private static final String SLICES =
      "pools: [{name: a, machineTypes: [g2.a100.2, g2b.a100.2], autoscale: {min: 1, max: 4}, gpu:"
          + " {partitioning: {mig: {layout: {1g.10gb: 3, 2g.20gb: 2}}}}%s}]";

  private static String pool(String more) {
    return POOL.formatted(more.isEmpty() ? "" : ", " + more);
  }

  private static String slices(String more) {
    return SLICES.formatted(more.isEmpty() ? "" : ", " + more);
  }

  /** The hashes of a cluster with at most one pool, by what they are of. */
  private static SortedMap<String, String> hashes(ManagementCluster cluster) {
    var hashes = new TreeMap<String, String>();
    for (String key : cluster.keys()) {
      String[] parts = key.split("\\.");
      if (key.startsWith("control-plane.machines.")) {
        hashes.put("head", parts[2]);
      } else if (key.startsWith("pool.") && parts.length == 4) {
        hashes.put(parts[2], parts[3]);
      }
    }
    Tree head = Tree.of(cluster.composed("control-plane"));
    hashes.put(
        "config",
        head.at("metadata", "annotations", "isobar.dev/content-hash").text().orElseThrow());
    return hashes;
  }

  record Golden(String reason, String claim, String hashes) {}

  static Stream<Golden> golden() {
    return Stream.of(
        new Golden(
            "the least",
            pool(""),
            "{bootstrap=3ed30cfb, config=3ed30cfb, head=9e514c36, machines=81227d6e}"),
        new Golden(
            "slices of GPUs",
            slices(""),
            "{bootstrap=98e651a2, config=3ed30cfb, head=9e514c36, machines=2a04d9f7}"),
        new Golden(
            "everything of a control plane",
            """
            controlPlane:
              replicas: 5
              rootDisk: {size: 50Gi, type: ssd}
              etcd: {disk: {size: 20Gi}, quota: 8Gi, heartbeatMillis: 100, electionMillis: 1000}
              certificateNames: [api.example.org]
              apiServerFlags: {event-ttl: 2h}
              serverGroup: apart
            security:
              oidc: {issuer: 'https://login.example.org', clientId: kube}
              podSecurity: {enforce: Restricted}
              encryptionConfiguration: {name: encryption, key: config}
            """,
            "{config=bf78633b, head=aad22379}"),
        new Golden(
            "everything of nodes and a pool",
            """
            nodes:
              sshKey: mine
              registryMirrors: [{registry: docker.io, endpoints: ['https://m.example.org'], fallback: false}]
              trustedAuthorities: [{name: corp, certificate: '-----BEGIN CERTIFICATE-----MAMCAQE=-----END CERTIFICATE-----'}]
              timeServers: [ntp.example.org]
              kubelet: {maxPods: 60}
            """
                + pool(
                    "rootDisk: {size: 50Gi}, disks: [{name: scratch, size: 100Gi, mountPath:"
                        + " /scratch}], serverGroup: together, labels: {tier: a}, taints: [{key:"
                        + " only, value: eo, effect: NoSchedule}], kubelet: {reservedMemory: 1Gi}"),
            "{bootstrap=7a73da85, config=7b47cbd2, head=87a59017, machines=d1129704}"));
  }

  @ParameterizedTest
  @MethodSource("golden")
  void surviveReleases(Golden row) {
    assertThat(hashes(ManagementCluster.with(row.claim))).as(row.reason).hasToString(row.hashes);
  }

  @Test
  void areTakenOfNothingButWhatTheUserSet() {
    SortedMap<String, String> expected = new TreeMap<>();
    expected.put("head", "{\"image\":{\"name\":\"kube-1.35.2\"},\"machineTypes\":[\"m1.large\"]}");
    expected.put("config", "{\"version\":\"1.35.2\"}");
    expected.put(
        "machines",
        "{\"image\":{\"name\":\"kube-1.35.2-gpu\"},\"machineTypes\":[\"g2.a100.2\",\"g2b.a100.2\"],"
            + "\"partitioning\":{\"mig\":{\"layout\":{\"1g.10gb\":3,\"2g.20gb\":2}}}}");
    expected.put(
        "bootstrap",
        "{\"partitioning\":{\"mig\":{\"layout\":{\"1g.10gb\":3,\"2g.20gb\":2}}},"
            + "\"version\":\"1.35.2\"}");
    expected.replaceAll((_, text) -> Names.digest(text, 8));
    assertThat(hashes(ManagementCluster.with(slices("")))).isEqualTo(expected);
  }

  record Same(String reason, ManagementCluster cluster) {}

  static Stream<Same> same() {
    ManagementCluster plain = ManagementCluster.with(slices("labels: {a: x, b: y}"));
    return Stream.of(
        new Same("itself", plain),
        new Same("the order of fields", ManagementCluster.with(slices("labels: {b: y, a: x}"))),
        new Same(
            "defaults spelled out",
            ManagementCluster.with(
                slices(
                        "labels: {a: x, b: y}, taints: [], zones: [], disks: [], kubelet: {},"
                            + " healthCheck: {enabled: true, startupTimeout: 30m}")
                    + """

                    controlPlane: {kind: Kubeadm, replicas: 3, etcd: {quota: 4Gi, heartbeatMillis: 500}, apiServerFlags: {}}
                    nodes: {registryMirrors: [], kubelet: {}}
                    security: {podSecurity: {enforce: Baseline, warn: Restricted, exemptNamespaces: []}}
                    """)),
        new Same(
            "what settings contribute",
            ManagementCluster.with(slices("labels: {a: x, b: y}"))
                .settings(
                    """
                    openStackApiVersion: v1beta2
                    charts: {cni: {chart: cilium, version: 1.20.0}}
                    defaults:
                      timeServers: [ntp.example.org]
                      registryMirrors: [{registry: docker.io, endpoints: ['https://m.example.org']}]
                    """)),
        new Same(
            "what the Cloud contributes",
            ManagementCluster.with(slices("labels: {a: x, b: y}"))
                .cloud(
                    """
                    sshKey: other
                    zones: [az7]
                    region: RegionTwo
                    clusterApi: {gpuMachines: Native}
                    network: {externalNetwork: {name: other}, dnsServers: [1.1.1.1], loadBalancer: Amphora}
                    """)),
        new Same(
            "how many, and what can be changed on machines that run",
            ManagementCluster.with(
                slices("labels: {a: x, b: y}, drainTimeout: 48h, healthCheck: {maxUnhealthy: 20%}")
                    + "\n"
                    + "controlPlane: {replicas: 5, drainTimeout: 1h, zones: [az1]}\n"
                    + "nodes: {waitForSessions: false}\n"
                    + "paused: true")));
  }

  @ParameterizedTest
  @MethodSource("same")
  void ignore(Same row) {
    assertThat(hashes(row.cluster))
        .as(row.reason)
        .isEqualTo(hashes(ManagementCluster.with(slices("labels: {a: x, b: y}"))));
  }

  record Other(String changed, String claim) {}

  static Stream<Other> other() {
    return Stream.of(
        new Other("[]", "{}"),
        new Other("[bootstrap, config, head, machines]", "version: '1.34'"),
        new Other("[head]", "controlPlane: {machineType: m1.small}"),
        new Other("[head]", "controlPlane: {rootDisk: {size: 50Gi}}"),
        new Other("[head]", "controlPlane: {rootDisk: {size: 40Gi, type: ssd}}"),
        new Other("[head]", "controlPlane: {serverGroup: apart}"),
        new Other("[config, head]", "controlPlane: {etcd: {disk: {size: 20Gi}}}"),
        new Other("[config]", "controlPlane: {etcd: {quota: 8Gi}}"),
        new Other("[config]", "controlPlane: {etcd: {heartbeatMillis: 400}}"),
        new Other("[config]", "controlPlane: {certificateNames: [api.example.org]}"),
        new Other("[config]", "controlPlane: {apiServerFlags: {v: \"4\"}}"),
        new Other("[config]", "security: {podSecurity: {warn: Baseline}}"),
        new Other("[config]", "security: {oidc: {issuer: 'https://l.example.org', clientId: a}}"),
        new Other("[config]", "security: {encryptionConfiguration: {name: a, key: b}}"),
        new Other("[head, machines]", "nodes: {sshKey: mine}"),
        new Other("[bootstrap, config]", "nodes: {timeServers: [ntp.example.org]}"),
        new Other("[bootstrap, config]", "nodes: {kubelet: {maxPods: 60}}"),
        new Other(
            "[bootstrap, config]",
            "nodes: {registryMirrors: [{registry: docker.io, endpoints:"
                + " ['https://m.example.org']}]}"),
        new Other(
            "[bootstrap, config]",
            "nodes: {trustedAuthorities: [{name: a, certificate: '"
                + ManagementCluster.CERTIFICATE
                + "'}]}"),
        new Other("[machines]", "pools: [{name: a, machineType: m1.large, replicas: 1}]"),
        new Other("[machines]", pool("rootDisk: {size: 50Gi}")),
        new Other("[machines]", pool("serverGroup: together")),
        new Other("[bootstrap, machines]", pool("disks: [{name: a, size: 1Gi, mountPath: /a}]")),
        new Other("[bootstrap]", pool("labels: {tier: a}")),
        new Other("[bootstrap]", pool("taints: [{key: only, effect: NoSchedule}]")),
        new Other("[bootstrap]", pool("kubelet: {maxPods: 60}")),
        new Other("[]", pool("zones: [az1]")));
  }

  @ParameterizedTest
  @MethodSource("other")
  void changeWithWhatIsWrittenOnMachines(Other row) {
    ManagementCluster plain = ManagementCluster.with(pool(""));
    assertThat(changed(plain, ManagementCluster.with(pool("")).claim(row.claim)))
        .as(row.claim)
        .hasToString(row.changed);
  }

  static Stream<Other> otherOfGpus() {
    return Stream.of(
        new Other("[]", slices("")),
        new Other(
            "[machines]",
            SLICES.formatted("").replace("[g2.a100.2, g2b.a100.2]", "[g2b.a100.2, g2.a100.2]")),
        new Other("[machines]", slices("zones: [az2, az1]")),
        new Other(
            "[bootstrap, machines]",
            SLICES.formatted("").replace("1g.10gb: 3, 2g.20gb: 2", "1g.10gb: 7")),
        new Other(
            "[bootstrap, machines]",
            SLICES.formatted("").replace("mig: {layout: {1g.10gb: 3, 2g.20gb: 2}}", "none: {}")));
  }

  @ParameterizedTest
  @MethodSource("otherOfGpus")
  void changeWithWhatIsWrittenOnGpuMachines(Other row) {
    ManagementCluster plain = ManagementCluster.with(slices(""));
    assertThat(changed(plain, ManagementCluster.with(row.claim)))
        .as(row.claim)
        .hasToString(row.changed);
  }

  private static List<String> changed(ManagementCluster one, ManagementCluster other) {
    SortedMap<String, String> before = hashes(one);
    SortedMap<String, String> after = hashes(other);
    List<String> changed = new ArrayList<>(before.keySet());
    changed.removeIf(name -> before.getOrDefault(name, "").equals(after.get(name)));
    return changed;
  }
}
