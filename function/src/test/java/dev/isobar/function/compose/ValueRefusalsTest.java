package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.contract.Answer;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of the right shape that no cluster could live with. */
final class ValueRefusalsTest {
  record Row(String reason, String claim, String sentence) {}

  private static final String PRIVATE =
      "; choose a range of private addresses, for example one of" + " 10.0.0.0/8";

  static Stream<Row> networks() {
    return Stream.of(
        new Row(
            "multicast",
            "network: {podCidr: 224.0.0.0/8}",
            "spec.network.podCidr: 224.0.0.0/8 has addresses of 224.0.0.0/4, which is for multicast"
                + PRIVATE),
        new Row(
            "loopback",
            "network: {serviceCidr: 127.0.0.0/12}",
            "spec.network.serviceCidr: 127.0.0.0/12 has addresses of 127.0.0.0/8, which is for a"
                + " host's talk with itself"
                + PRIVATE),
        new Row(
            "link-local, where the metadata service is",
            "network: {nodeCidr: 169.254.0.0/16}",
            "spec.network.nodeCidr: 169.254.0.0/16 has addresses of 169.254.0.0/16, which is for"
                + " single links and the cloud's metadata"
                + PRIVATE),
        new Row(
            "bits behind the prefix",
            "network: {podCidr: 172.16.1.2/13}",
            "spec.network.podCidr: 172.16.1.2/13 does not begin where a range of /13 can; write"
                + " 172.16.0.0/13, the range that holds the address, or another one"),
        new Row(
            "numbers above 255",
            "network: {api: {address: 300.300.300.300}}",
            "spec.network.api.address: 300.300.300.300 is no IPv4 address; write four numbers up to"
                + " 255 with dots between them, such as 192.0.2.1"),
        new Row(
            "a name server above 255",
            "network: {dnsServers: [999.1.1.1]}",
            "spec.network.dnsServers[0]: \"999.1.1.1\" is not allowed; it must be an IPv4 address"
                + " such as 192.0.2.1"),
        new Row(
            "a domain longer than DNS has",
            "network: {serviceDomain: " + "a.".repeat(149) + "aa}",
            "spec.network.serviceDomain: has 300 characters; remove 47 characters: at most 253 are"
                + " allowed"),
        new Row(
            "a label longer than DNS has",
            "network: {serviceDomain: " + "a".repeat(64) + ".local}",
            "spec.network.serviceDomain: has a part of 64 characters, and DNS takes 63; choose a"
                + " shorter domain, for example cluster.local"));
  }

  static Stream<Row> machines() {
    return Stream.of(
        new Row(
            "more memory than there is",
            pool("kubelet: {reservedMemory: 500Gi}"),
            "spec.pools[0].kubelet.reservedMemory: 500Gi leaves pods less than 512Mi of the 32Gi of"
                + " machine type m1.large; set it to at most 32256Mi, or choose a larger machine"
                + " type"),
        new Row(
            "more CPUs than there are",
            pool("kubelet: {reservedCpu: '999'}"),
            "spec.pools[0].kubelet.reservedCpu: 999 leaves pods less than 100m of the 8 CPUs of"
                + " machine type m1.large; set it to at most 7900m, or choose a larger machine"
                + " type"),
        new Row(
            "for all nodes, on the machines of the control plane",
            "{controlPlane: {machineType: m1.small}, nodes: {kubelet: {reservedMemory: 4Gi}}}",
            "spec.nodes.kubelet.reservedMemory: 4Gi leaves pods less than 512Mi of the 4Gi of"
                + " machine type m1.small; set it to at most 3584Mi, or choose a larger machine"
                + " type"),
        new Row(
            "replaced before they start",
            pool("healthCheck: {startupTimeout: 1s}"),
            "spec.pools[0].healthCheck.startupTimeout: 1s is too short: no machine is a node by"
                + " then, so each would be replaced for ever; set it to at least 2m, or enabled to"
                + " false if none shall be replaced"),
        new Row(
            "given back before they start",
            "autoscaler: {maxNodeProvisionTime: 0s}",
            "spec.autoscaler.maxNodeProvisionTime: 0s is too short: no machine is a node by then,"
                + " so each would be given back; set it to at least 2m"),
        new Row(
            "replaced at once",
            "controlPlane: {healthCheck: {unreadyTimeout: 0s}}",
            "spec.controlPlane.healthCheck.unreadyTimeout: 0s is too short: a node whose network"
                + " falters for a moment would be replaced; set it to at least 1m, or enabled to"
                + " false if none shall be replaced"),
        new Row(
            "a database of nothing",
            "controlPlane: {etcd: {quota: 1Ki}}",
            "spec.controlPlane.etcd.quota: 1Ki is full before the cluster is, and etcd then refuses"
                + " all writes; set it to 1Gi up to 8Gi"),
        new Row(
            "a database beyond etcd's advice",
            "controlPlane: {etcd: {quota: 500Ti}}",
            "spec.controlPlane.etcd.quota: 500Ti is more than the 8Gi etcd advises at most; set it"
                + " to 1Gi up to 8Gi"),
        new Row(
            "a way round through the parent",
            pool("disks: [{name: a, size: 1Gi, mountPath: /a/../etc}]"),
            "spec.pools[0].disks[0].mountPath: \"/a/../etc\" is not allowed; it must be an absolute"
                + " path without . or .. in it, such as /var/lib/scratch"),
        new Row(
            "a way round through itself",
            pool("disks: [{name: a, size: 1Gi, mountPath: /./etc}]"),
            "spec.pools[0].disks[0].mountPath: \"/./etc\" is not allowed; it must be an absolute"
                + " path without . or .. in it, such as /var/lib/scratch"),
        new Row(
            "a label of the image",
            pool("disks: [{name: cloudimg-rootfs, size: 1Gi, mountPath: /mnt/a}]"),
            "spec.pools[0].disks[0].name: cloudimg-rootfs is a label by which images find file"
                + " systems of their own; choose another name, for example data"),
        new Row(
            "what everybody may write to",
            pool("disks: [{name: a, size: 1Gi, mountPath: /tmp}]"),
            "spec.pools[0].disks[0].mountPath: /tmp belongs to the node itself; choose a folder of"
                + " your own, for example /mnt/a"),
        new Row(
            "the administrator's home",
            pool("disks: [{name: a, size: 1Gi, mountPath: /root}]"),
            "spec.pools[0].disks[0].mountPath: /root belongs to the node itself; choose a folder of"
                + " your own, for example /mnt/a"),
        new Row(
            "the logs, of which pods' are a part",
            pool("disks: [{name: a, size: 1Gi, mountPath: /var/log}]"),
            "spec.pools[0].disks[0].mountPath: /var/log belongs to the node itself; choose a folder"
                + " of your own, for example /mnt/a"));
  }

  static Stream<Row> flags() {
    String kubeadm = "is set by kubeadm to what the rest of the control plane expects; remove it";
    return Stream.of(
        flag(
            "authentication-config",
            "/x",
            "takes the place of spec.security.oidc; remove it and use spec.security.oidc"),
        flag("etcd-cafile", "/x", kubeadm),
        flag("requestheader-client-ca-file", "/x", kubeadm),
        flag(
            "service-cluster-ip-range",
            "10.0.0.0/16",
            "is set by Isobar; remove it and use spec.network.serviceCidr"),
        flag(
            "anonymous-auth",
            "false",
            "shuts out the kubelet's probes, which ask without a login, so the API server would be"
                + " restarted for ever; remove it; whoever has no login may read no more than"
                + " health and version"));
  }

  private static Row flag(String name, String value, String says) {
    return new Row(
        name,
        "controlPlane: {apiServerFlags: {%s: '%s'}}".formatted(name, value),
        "spec.controlPlane.apiServerFlags[" + name + "]: " + says);
  }

  private static Row authority(String reason, String certificate, String problem) {
    return new Row(
        reason,
        "nodes: {trustedAuthorities: [{name: a, certificate: '" + certificate + "'}]}",
        "spec.nodes.trustedAuthorities[0].certificate: "
            + problem
            + "; put in the certificate of the authority itself, from -----BEGIN CERTIFICATE-----"
            + " to -----END CERTIFICATE-----");
  }

  static Stream<Row> authorities() {
    return Stream.of(
        authority("anything", "x".repeat(60), "is no certificate in PEM form"),
        authority(
            "no base64",
            "-----BEGIN CERTIFICATE-----%%-----END CERTIFICATE-----",
            "is a certificate in PEM form around something else, or cut short"),
        authority(
            "a sequence cut short",
            "-----BEGIN CERTIFICATE-----MIIBszCCAVmg-----END CERTIFICATE-----",
            "is a certificate in PEM form around something else, or cut short"),
        authority(
            "its key",
            ManagementCluster.CERTIFICATE + "-----BEGIN PRIVATE KEY-----",
            "holds a private key, which every node would get"));
  }

  private static Row manifests(String reason, String text, String problem) {
    return new Row(
        reason,
        "addons: {extra: [{name: a, manifests: \"" + text + "\"}]}",
        "spec.addons.extra[0].manifests: "
            + problem
            + "; write Kubernetes objects as YAML, each with apiVersion, kind and metadata.name,"
            + " and --- between them");
  }

  static Stream<Row> addons() {
    return Stream.of(
        manifests("no object", "a: [1]", "has no apiVersion"),
        new Row(
            "a namespace nobody looks at",
            "addons: {extra: [{name: a, namespace: b, manifests: '{apiVersion: v1, kind: A,"
                + " metadata: {name: a}}'}]}",
            "spec.addons.extra[0].namespace: has no effect on manifests; remove it, and write"
                + " metadata.namespace: b in the objects"),
        new Row(
            "the pod network's release",
            "addons: {extra: [{name: cilium, namespace: kube-system, chart: {repository:"
                + " 'https://a.example.org', name: a, version: 1.0.0}}]}",
            "spec.addons.extra[0].name: would take over Helm release cilium of namespace"
                + " kube-system, which is add-on cni; choose another name or namespace"));
  }

  private static String pool(String more) {
    return "pools: [{name: a, machineType: m1.large, replicas: 1, " + more + "}]";
  }

  @ParameterizedTest
  @MethodSource({"networks", "machines", "flags", "authorities", "addons"})
  void isRefused(Row row) {
    assertThat(ManagementCluster.with(row.claim).refusals())
        .as(row.reason)
        .containsExactly(row.sentence);
  }

  static Stream<Row> good() {
    return Stream.of(
        new Row(
            "a pod network of one's own has the name it likes",
            "{network: {cni: None}, addons: {extra: [{name: cilium, namespace: kube-system, chart:"
                + " {repository: 'https://a.example.org', name: a, version: 1.0.0}}]}}",
            ""),
        new Row(
            "the default, said", "controlPlane: {apiServerFlags: {anonymous-auth: 'true'}}", ""),
        new Row(
            "folders in folders", pool("disks: [{name: a, size: 1Gi, mountPath: /home/.a}]"), ""));
  }

  @ParameterizedTest
  @MethodSource("good")
  void isTaken(Row row) {
    assertThat(ManagementCluster.with(row.claim).refusals()).as(row.reason).isEmpty();
  }

  @Test
  void whatIsWrittenOnMachinesMustFitIntoTheirUserData() {
    String authorities =
        IntStream.range(0, 20)
            .mapToObj(i -> "{name: a%d, certificate: '%s'}".formatted(i, certificate(9000)))
            .collect(Collectors.joining(", "));
    assertThat(
            ManagementCluster.with(
                    "{nodes: {trustedAuthorities: ["
                        + authorities
                        + "]}, "
                        + pool("labels: {}")
                        + "}")
                .refusals())
        .satisfiesExactly(
            head ->
                assertThat(head)
                    .matches(
                        "spec\\.nodes: what is written on each machine of the control plane comes"
                            + " to 1[0-9]{5} bytes, and its user data has room for 32768; name"
                            + " fewer or smaller trustedAuthorities, registryMirrors or flags, or"
                            + " put certificates into the machine image"),
            pool ->
                assertThat(pool)
                    .startsWith(
                        "spec.pools[0]: what is written on each machine of pool a comes to 1"));
  }

  private static String certificate(int characters) {
    int bytes = characters / 4 * 3;
    byte[] der = new byte[bytes];
    der[0] = 0x30;
    der[1] = (byte) 0x82;
    der[2] = (byte) ((bytes - 4) >> 8);
    der[3] = (byte) (bytes - 4);
    return "-----BEGIN CERTIFICATE-----"
        + Base64.getEncoder().encodeToString(der)
        + "-----END CERTIFICATE-----";
  }

  @Test
  void nodesThatExistAreLeftWithWhatTheyKeep() {
    ManagementCluster cluster =
        ManagementCluster.with(pool("kubelet: {reservedMemory: 16Gi, reservedCpu: '4'}"));
    cluster.settle();
    cluster.cloud("machineTypes: [{name: m1.large, cpu: 4, memory: 16Gi, disk: 40Gi}]");
    assertThat(cluster.refusals()).isEmpty();
    cluster.claim(pool("kubelet: {reservedMemory: 17Gi}"));
    assertThat(cluster.refusals())
        .containsExactly(
            "spec.pools[0].kubelet.reservedMemory: 17Gi leaves pods less than 512Mi of the 16Gi of"
                + " machine type m1.large; set it to at most 15872Mi, or choose a larger machine"
                + " type");
  }

  @Test
  void aQuotaInUseIsKept() {
    ManagementCluster cluster = ManagementCluster.with("controlPlane: {etcd: {quota: 8Gi}}");
    cluster.settle();
    String flags =
        "spec: {kubeadmConfigSpec: {clusterConfiguration: {etcd: {local: {extraArgs: [{name:"
            + " quota-backend-bytes, value: '17179869184'}]}}}}}";
    cluster.observed("control-plane", flags);
    cluster.claim("controlPlane: {etcd: {quota: 16Gi}}");
    assertThat(cluster.refusals()).isEmpty();
    cluster.claim("controlPlane: {etcd: {quota: 32Gi}}");
    assertThat(cluster.refusals()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Cilium", "Calico"})
  void noReleaseOfOursCanBeTakenOver(String cni) {
    String claim =
        """
        network: {cni: %s}
        pools: [{name: a, machineType: g2.a100.2, replicas: 1, gpu: {partitioning: {none: {}}}}]
        addons:
          monitoring: true
          certManager: true
          ingress: Traefik
          extra: [%s]
        """;
    Answer.Composed composed = ManagementCluster.with(claim.formatted(cni, "")).composed();
    List<Tree> releases =
        composed.resources().values().stream()
            .flatMap(one -> Tree.of(one.object()).at("spec", "helmCharts").items().stream())
            .toList();
    assertThat(releases).hasSize(8);
    for (Tree release : releases) {
      String name = release.at("releaseName").text().orElseThrow();
      String extra =
          "{name: %s, namespace: %s, chart: {repository: 'https://a.example.org', name: a, version: 1.0.0}}"
              .formatted(name, release.at("releaseNamespace").text().orElseThrow());
      assertThat(ManagementCluster.with(claim.formatted(cni, extra)).refusals())
          .as(name)
          .anyMatch(sentence -> sentence.contains("would take over Helm release " + name));
    }
  }

  static Stream<Row> permanent() {
    return networks()
        .filter(row -> Stream.of("Cidr: 1", "Cidr: 2", "address").anyMatch(row.claim::contains));
  }

  /** It was let through once, and nobody can change it. */
  @ParameterizedTest
  @MethodSource("permanent")
  void clustersThatExistKeepWhatCannotBeChanged(Row row) {
    ManagementCluster cluster = ManagementCluster.with("{}");
    cluster.settle();
    cluster.observed(
        "cluster",
        "{metadata: {annotations: {isobar.dev/fixed: null}}, spec: {clusterNetwork: null}}");
    cluster.observed("infrastructure", "spec: null");
    cluster.claim(row.claim);
    assertThat(cluster.refusals()).as(row.reason).isEmpty();
  }
}
