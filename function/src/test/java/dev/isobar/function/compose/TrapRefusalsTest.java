package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that mean something else to those who get them than to those who write them. */
final class TrapRefusalsTest {
  record Row(String reason, String claim, String sentence) {}

  private static String pool(String more) {
    return "pools: [{name: a, machineType: m1.large, replicas: 1, " + more + "}]";
  }

  private static Row name(String reason, String name) {
    return new Row(
        reason,
        "controlPlane: {certificateNames: ['" + name + "']}",
        "spec.controlPlane.certificateNames[0]: \""
            + name
            + "\" is not allowed; it must be a host name in lower case such as api.example.org or"
            + " *.example.org, or an IP address");
  }

  private static Row port(String reason, int port, String owner) {
    return new Row(
        reason,
        "network: {api: {port: " + port + "}}",
        "spec.network.api.port: "
            + port
            + " is the port of "
            + owner
            + " on every machine of the control plane; choose another one, for example 6443 or"
            + " 443");
  }

  private static Row flag(String reason, String flag, String value, String says) {
    return new Row(
        reason,
        "controlPlane: {apiServerFlags: {%s: '%s'}}".formatted(flag, value),
        "spec.controlPlane.apiServerFlags[" + flag + "]: " + says);
  }

  static Stream<Row> certificates() {
    return Stream.of(
        name("a URL", "https://api.example.org"),
        name("a blank", "api example"),
        name("an underscore", "api_1.example.org"),
        name("upper case", "API.example.org"),
        name("a dot at the end", "api.example.org."),
        name("a wildcard further in", "api.*.example.org"),
        name("a wildcard alone", "*"),
        name("a port", "api.example.org:6443"),
        noAddress("192.0.2.1:6443"),
        noAddress("1:2"),
        noAddress(":::"),
        noAddress("1::2::3"),
        noAddress("1:2:3:4:5:6:7:8:9"),
        noAddress("12345::"),
        noAddress("1.2.3.4::"));
  }

  private static Row noAddress(String address) {
    return new Row(
        address,
        "controlPlane: {certificateNames: ['" + address + "']}",
        "spec.controlPlane.certificateNames[0]: \""
            + address
            + "\" is no IP address, and kubeadm would make no control plane; write an address such"
            + " as 192.0.2.1 or 2001:db8::1, without a port");
  }

  static Stream<Row> ports() {
    return Stream.of(
        port("the machine's own", 22, "SSH"),
        port("the pod network's", 179, "Calico"),
        port("the database's", 2379, "etcd"),
        port("the kubelet's", 10250, "Kubernetes itself"),
        port("the scheduler's", 10259, "Kubernetes itself"),
        port("the first of Services", 30000, "Services of type NodePort (30000 to 32767)"),
        port("the last of Services", 32767, "Services of type NodePort (30000 to 32767)"));
  }

  private static Row address(String address, String range, String what) {
    return new Row(
        address,
        "network: {api: {address: " + address + "}}",
        "spec.network.api.address: "
            + address
            + " is of "
            + range
            + ", which is for "
            + what
            + "; write a floating address that `openstack floating ip list` shows, or leave it out"
            + " and get one");
  }

  static Stream<Row> networks() {
    return Stream.of(
        address("0.0.0.0", "0.0.0.0/8", "\"this network\""),
        address("255.255.255.255", "240.0.0.0/4", "nobody"),
        new Row(
            "an existing network's name servers",
            "network: {existing: {network: {name: lab}}, dnsServers: [192.0.2.1]}",
            "spec.network.dnsServers: 192.0.2.1 would not be used: nodes get the name servers of"
                + " the existing network's subnet; remove it, or let the cloud's administrator"
                + " change the subnet"),
        new Row(
            "more pods than kubeadm divides among nodes",
            "network: {podCidr: 64.0.0.0/7}",
            "spec.network.podCidr: 64.0.0.0/7 is wider than kubeadm takes; choose a range of /8 or"
                + " narrower"),
        new Row(
            "a driver nobody installs",
            "addons: {gpuOperator: {driverPreinstalled: true, driverVersion: 580.95.05}}",
            "spec.addons.gpuOperator.driverVersion: 580.95.05 would not be used: with"
                + " driverPreinstalled, the image brings the driver; remove it, or set"
                + " driverPreinstalled to false"),
        new Row(
            "an existing network's packets",
            "network: {existing: {network: {name: lab}}, mtu: 1400}",
            "spec.network.mtu: 1400 would not be used: the existing network has its own; remove it,"
                + " or let the cloud's administrator change the network"),
        new Row(
            "an existing network's addresses",
            "network: {existing: {network: {name: lab}}, nodeCidr: 10.1.0.0/20}",
            "spec.network.nodeCidr: 10.1.0.0/20 would not be used: nodes get their addresses from"
                + " the existing network; remove it, and name one of the network's subnets by"
                + " existing.subnet"));
  }

  static Stream<Row> times() {
    String endless =
        " would be no limit at all: a pod that does not leave would keep its node for ever; set it"
            + " to 1s, the least there is, or more";
    String uncounted = " is more than Cluster API can count; set it to at most 24855d";
    return Stream.of(
        new Row(
            "none at all", pool("drainTimeout: 0s"), "spec.pools[0].drainTimeout: 0s" + endless),
        new Row(
            "none in many words",
            "controlPlane: {drainTimeout: 0d0h}",
            "spec.controlPlane.drainTimeout: 0d0h" + endless),
        new Row(
            "more than 32 bits",
            pool("drainTimeout: 9999999d"),
            "spec.pools[0].drainTimeout: 9999999d" + uncounted),
        new Row(
            "more than 32 bits to start",
            pool("healthCheck: {startupTimeout: 24856d}"),
            "spec.pools[0].healthCheck.startupTimeout: 24856d" + uncounted));
  }

  static Stream<Row> flags() {
    String off =
        "would switch NodeRestriction off, which kubeadm sets, and every node could change all"
            + " others and read their pods' Secrets; write NodeRestriction";
    return Stream.of(
        flag("another", "enable-admission-plugins", "PodNodeSelector", off + ",PodNodeSelector"),
        flag("none", "enable-admission-plugins", "", off),
        flag(
            "off",
            "disable-admission-plugins",
            "ServiceAccount, NodeRestriction",
            "names NodeRestriction, without which every node could change all others and read their"
                + " pods' Secrets; take it out of the list"),
        flag(
            "no pod security",
            "disable-admission-plugins",
            "PodSecurity",
            "names PodSecurity, which spec.security.podSecurity sets up; take it out of the list,"
                + " and set spec.security.podSecurity.enforce to Privileged if pods shall have no"
                + " limits"));
  }

  @ParameterizedTest
  @MethodSource({"certificates", "ports", "networks", "times", "flags"})
  void isRefused(Row row) {
    assertThat(ManagementCluster.with(row.claim).refusals())
        .as(row.reason)
        .containsExactly(row.sentence);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "controlPlane: {certificateNames: [api.example.org, '*.example.org', 192.0.2.1,"
            + " '2001:db8::1', '::1', '1:2:3:4:5:6:7:8', '::ffff:192.0.2.1', localhost]}",
        "controlPlane: {apiServerFlags: {enable-admission-plugins:"
            + " 'NodeRestriction,PodNodeSelector'}}",
        "controlPlane: {apiServerFlags: {disable-admission-plugins: DefaultStorageClass}}",
        "controlPlane: {drainTimeout: 1s}",
        "network: {api: {port: 443}}",
        "network: {existing: {network: {name: lab}}, nodeCidr: 10.8.0.0/20}"
      })
  void isTaken(String claim) {
    assertThat(ManagementCluster.with(claim).refusals()).isEmpty();
  }

  @Test
  void aRangeThatCannotBeTakenBackIsLeft() {
    ManagementCluster cluster =
        ManagementCluster.with("network: {existing: {network: {name: lab}}}");
    cluster.settle();
    cluster.claim("network: {nodeCidr: 10.1.0.0/20}");
    assertThat(cluster.refusals()).isEmpty();
  }

  private static final String IMAGES =
      """
      images:
      - {kubernetes: 1.30.1, name: kube-1.30}
      - {kubernetes: 1.31.4, name: kube-1.31}
      - {kubernetes: 1.36.1, name: kube-1.36}
      - {kubernetes: 1.36.2, name: kube-1.36.2}
      - {kubernetes: 1.37.0, name: kube-1.37}
      """;

  static Stream<Row> versions() {
    String known = "spec.version: Isobar knows Kubernetes 1.31 to 1.36, not ";
    return Stream.of(
        new Row("too old", "version: '1.30'", known + "1.30; nearest is 1.31.4"),
        new Row("too new", "version: 1.37.0", known + "1.37; nearest is 1.36.1"));
  }

  @ParameterizedTest
  @MethodSource("versions")
  void nothingIsBegunThatIsobarDoesNotKnow(Row row) {
    assertThat(ManagementCluster.with(row.claim).cloud(IMAGES).refusals())
        .as(row.reason)
        .containsExactly(row.sentence);
  }

  @Test
  void norIsAnythingBroughtToIt() {
    ManagementCluster cluster = ManagementCluster.with("version: 1.36.1").cloud(IMAGES);
    assertThat(cluster.settle().status().get("availableUpgrades")).hasToString("[1.36.2]");
    assertThat(cluster.claim("version: '1.37'").refusals())
        .containsExactly(
            "spec.version: Isobar knows Kubernetes 1.31 to 1.36, not 1.37; leave it at"
                + " 1.36.1 until a release of Isobar goes further");
  }

  record Release(
      String reason, String running, String version, String release, List<String> refusals) {}

  static Stream<Release> releases() {
    String says = "spec.version: Cluster API v1.13.0, as settings.clusterApiVersion says, ";
    String brought = "; the platform team must bring Cluster API to ";
    String nearest = " or newer; until then, nearest is 1.35.2";
    List<String> unknown =
        List.of(
            says
                + "writes what kubeadm of Kubernetes 1.36.0 refuses"
                + brought
                + "v1.13.1"
                + nearest);
    return Stream.of(
        new Release("a new cluster of 1.36", "", "1.36.0", "v1.13.0", unknown),
        new Release("one that runs 1.35", "1.35.2", "1.36.0", "v1.13.0", unknown),
        new Release(
            "a patch whose rollout it would not end besides",
            "1.35.2",
            "1.36.1",
            "v1.13.0",
            List.of(
                says
                    + "never ends the rollout of a control plane to Kubernetes 1.36.1, whose API"
                    + " server may not reach the new nodes"
                    + brought
                    + "v1.13.2"
                    + nearest)),
        new Release("the first release that knows it", "", "1.36.0", "v1.13.1", List.of()),
        new Release("and brings clusters to it", "1.35.2", "1.36.0", "v1.13.1", List.of()),
        new Release("of a minor, what it ends", "1.35.2", "1.36", "v1.13.1", List.of()),
        new Release("older Kubernetes", "", "1.35.2", "v1.13.0", List.of()),
        new Release("the minor after it", "1.35.2", "1.36", "v1.14.0", List.of()));
  }

  @ParameterizedTest
  @MethodSource("releases")
  void whatClusterApiDoesNotKnowIsNotBegunEither(Release row) {
    String first = row.running.isEmpty() ? row.version : row.running;
    ManagementCluster cluster =
        ManagementCluster.with("version: '" + first + "'")
            .cloud(
                "images: [{kubernetes: 1.35.2, name: a}, {kubernetes: 1.36.0, name: b},"
                    + " {kubernetes: 1.36.1, name: c}]");
    if (!row.running.isEmpty()) {
      cluster.settle();
    }
    cluster.settings("clusterApiVersion: " + row.release).claim("version: '" + row.version + "'");
    assertThat(cluster.refusals()).as(row.reason).isEqualTo(row.refusals);
  }

  @Test
  void whatRunsGoesOn() {
    ManagementCluster cluster = ManagementCluster.with("version: 1.31.4").cloud(IMAGES);
    cluster.settle();
    cluster.observed("control-plane", "spec: {version: v1.30.1}");
    assertThat(cluster.claim("version: '1.30'").refusals()).isEmpty();
    assertThat(cluster.claim("version: '1.31'").refusals()).isEmpty();
  }
}
