package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Addresses, hosts and names that nobody could ever reach or pass for. */
final class HostRefusalsTest {
  record Row(String reason, String claim, String sentence) {}

  private static Row server(String reason, String address, String says) {
    return new Row(
        reason,
        "network: {dnsServers: [9.9.9.9, " + address + "]}",
        "spec.network.dnsServers[1]: "
            + address
            + " "
            + says
            + ", so nodes could look up no name; write the address of a name server that the"
            + " nodes' network reaches");
  }

  static Stream<Row> nameServers() {
    return Stream.of(
        server("none", "0.0.0.0", "is no host's address"),
        server("loopback", "127.0.0.53", "is every node itself, where no name server is"),
        server("multicast", "224.0.0.251", "is for multicast"),
        server("broadcast", "255.255.255.255", "is nobody's address"),
        server("a pod's", "172.16.0.10", "is of podCidr 172.16.0.0/13, which only the cluster has"),
        server(
            "a service's",
            "172.24.0.10",
            "is of serviceCidr 172.24.0.0/13, which only the cluster has"));
  }

  private static Row floating(String reason, String address, String range) {
    return new Row(
        reason,
        "network: {api: {address: " + address + "}}",
        "spec.network.api.address: "
            + address
            + " is of "
            + range
            + ", and nodes would look for the API there, where no floating address is; write a"
            + " floating address that `openstack floating ip list` shows, or leave it out and get"
            + " one");
  }

  static Stream<Row> floatingAddresses() {
    return Stream.of(
        floating("among the nodes", "10.8.0.5", "nodeCidr 10.8.0.0/20"),
        floating("among the pods", "172.16.0.5", "podCidr 172.16.0.0/13"),
        floating("among the services", "172.24.0.5", "serviceCidr 172.24.0.0/13"));
  }

  private static String mirror(String registry, String endpoint) {
    return "nodes: {registryMirrors: [{registry: '%s', endpoints: ['%s']}]}"
        .formatted(registry, endpoint);
  }

  private static Row endpoint(String reason, String endpoint, String says) {
    return new Row(
        reason,
        mirror("docker.io", endpoint),
        "spec.nodes.registryMirrors[0].endpoints[0]: " + says);
  }

  private static Row noAddress(String reason, String endpoint) {
    return endpoint(
        reason,
        endpoint,
        "\""
            + endpoint
            + "\" is no address of a registry: it has more than host, port and path, or a host that"
            + " cannot be; write for example https://mirror.example.org:5000");
  }

  static Stream<Row> mirrors() {
    return Stream.of(
        new Row(
            "a port of a registry",
            mirror("r.example.org:99999", "https://m.example.org"),
            "spec.nodes.registryMirrors[0].registry: port \"99999\" is none; there are 1 to 65535;"
                + " write the port that images are named with, or none"),
        endpoint(
            "a port of a mirror",
            "https://m.example.org:99999/v2/hub",
            "port \"99999\" is none; there are 1 to 65535; write for example"
                + " https://m.example.org/v2/hub"),
        endpoint(
            "port 0",
            "http://10.8.0.9:0",
            "port \"0\" is none; there are 1 to 65535; write for example http://10.8.0.9"),
        endpoint(
            "a colon and no port",
            "https://m.example.org:",
            "port \"\" is none; there are 1 to 65535; write for example https://m.example.org"),
        noAddress("a word for a port", "https://m.example.org:https"),
        noAddress("a user", "https://me@m.example.org"),
        noAddress("a query", "https://m.example.org/v2?ns=docker.io"),
        noAddress("no host", "https:///v2"),
        noAddress("a dot in front", "https://.example.org"));
  }

  private static Row prefix(String field, String prefix) {
    return new Row(
        field + " " + prefix,
        login("groupsClaim: groups, " + field + ": '" + prefix + "'"),
        "spec.security.oidc."
            + field
            + ": \""
            + prefix
            + "\" lets those who log in pass for Kubernetes' own system: names; choose another one,"
            + " for example oidc:");
  }

  private static String login(String more) {
    return "security: {oidc: {issuer: 'https://l.example.org', clientId: a, " + more + "}}";
  }

  static Stream<Row> logins() {
    return Stream.of(
        prefix("usernamePrefix", "system:"),
        prefix("usernamePrefix", "system:serviceaccount:"),
        prefix("groupsPrefix", "system:"),
        prefix("groupsPrefix", "system"));
  }

  static Stream<Row> addresses() {
    String chart =
        "addons: {extra: [{name: a, chart: {repository: '%s', name: x, version: 1.0.0}}]}";
    String repository = "spec.addons.extra[0].chart.repository: ";
    return Stream.of(
        new Row(
            "a port of an issuer",
            "security: {oidc: {issuer: 'https://l.example.org:99999/realms/lab', clientId: a}}",
            "spec.security.oidc.issuer: port \"99999\" is none; there are 1 to 65535; write for"
                + " example https://l.example.org/realms/lab"),
        new Row(
            "a port of a repository",
            chart.formatted("oci://r.example.org:0/charts"),
            repository
                + "port \"0\" is none; there are 1 to 65535; write for example"
                + " oci://r.example.org/charts"),
        new Row(
            "a repository without a host",
            chart.formatted("https:///charts"),
            repository
                + "\"https:///charts\" has no host; write for example https://charts.example.org"),
        new Row(
            "a name no Cloud has",
            "cloud: ../wekeo",
            "spec.cloud: \"../wekeo\" is not allowed; it must be the name of a Cloud:"
                + " lower-case letters, digits, dashes, dots"),
        time("two dots", "ntp..example.org"),
        time("numbers above 255", "300.1.1.1"),
        time("an address cut short", "192.0.2"),
        time("a dash before a dot", "ntp-.example.org"));
  }

  private static Row time(String reason, String server) {
    return new Row(
        reason,
        "nodes: {timeServers: ['" + server + "']}",
        "spec.nodes.timeServers[0]: \""
            + server
            + "\" is neither a host name nor an address; write one such as ntp.example.org or"
            + " 192.0.2.1");
  }

  static Stream<Row> secrets() {
    String key = "spec.security.encryptionConfiguration.key: ";
    String must =
        " is not allowed; it must be a key of a Secret: letters, digits, dashes, underscores and"
            + " dots, of which only one may be in front";
    return Stream.of(
        secret("a", ".", key + "\".\"" + must),
        secret("a", "..", key + "\"..\"" + must),
        secret("a", "..data", key + "\"..data\"" + must),
        secret(
            "a..b",
            "k",
            "spec.security.encryptionConfiguration.name: \"a..b\" is not allowed; it must be the"
                + " name of a Secret"));
  }

  private static Row secret(String name, String key, String sentence) {
    return new Row(
        name + " " + key,
        "security: {encryptionConfiguration: {name: '%s', key: '%s'}}".formatted(name, key),
        sentence);
  }

  private static Row text(String reason, String text, String says) {
    return new Row(reason, "nodes: {sshKey: \"" + text + "\"}", "spec.nodes.sshKey: " + says);
  }

  static Stream<Row> texts() {
    return Stream.of(
        text(
            "the line break of a block of YAML",
            "mine\\n",
            "has a line break in it, which nothing takes here; write it on one line: \"mine\""),
        text(
            "two lines",
            "mine\\r\\nyours",
            "has a line break in it, which nothing takes here; write it on one line: \"mine"
                + " yours\""),
        text(
            "a tab",
            "\\tmine",
            "has a tab in it, which nothing takes here; write it on one line: \"mine\""),
        text(
            "what ends a text in C",
            "mi\\0ne",
            "has the control character U+0000 in it, which nothing takes here; write it on one"
                + " line: \"mi ne\""),
        text(
            "nothing but a line break",
            "\\n",
            "has a line break in it, which nothing takes here;" + " write it, or leave it out"),
        text("blanks", "  ", "is nothing but blanks; write it, or leave it out"),
        new Row(
            "of a flag",
            "controlPlane: {apiServerFlags: {vmodule: \"a=1\\nb=2\"}}",
            "spec.controlPlane.apiServerFlags[vmodule]: has a line break in it, which nothing takes"
                + " here; write it on one line: \"a=1 b=2\""));
  }

  @ParameterizedTest
  @MethodSource({
    "nameServers",
    "floatingAddresses",
    "mirrors",
    "logins",
    "addresses",
    "secrets",
    "texts"
  })
  void isRefused(Row row) {
    assertThat(ManagementCluster.with(row.claim).refusals())
        .as(row.reason)
        .containsExactly(row.sentence);
  }

  static Stream<Row> good() {
    return Stream.of(
        new Row(
            "some clouds have their name server there",
            "network: {dnsServers: [169.254.169.253]}",
            ""),
        new Row("a floating address", "network: {api: {address: 192.0.2.7}}", ""),
        new Row(
            "the range of nodes is not used with an existing network",
            "network: {existing: {network: {name: a}}, api: {address: 10.8.0.5}}",
            ""),
        new Row("a proxy cache", mirror("_default", "https://m.example.org:5000/v2/hub"), ""),
        new Row("an IPv6 address", mirror("docker.io", "http://[2001:db8::1]:5000"), ""),
        new Row(
            "no prefix", login("groupsClaim: groups, groupsPrefix: '', usernamePrefix: '-'"), ""),
        new Row("time servers", "nodes: {timeServers: [ntp, 0.pool.ntp.org, 192.0.2.1]}", ""),
        new Row(
            "an issuer and a repository with ports",
            "{security: {oidc: {issuer: 'https://l.example.org:8443/a', clientId: a}}, addons:"
                + " {extra: [{name: a, chart: {repository: 'https://c.example.org:443', name: x,"
                + " version: 1.0.0}}]}}",
            ""),
        new Row("another prefix", login("usernamePrefix: 'sso:'"), ""),
        new Row(
            "a key with a dot in front",
            "security: {encryptionConfiguration: {name: a.b, key: .k}}",
            ""));
  }

  @ParameterizedTest
  @MethodSource("good")
  void isTaken(Row row) {
    assertThat(ManagementCluster.with(row.claim).refusals()).as(row.reason).isEmpty();
  }

  @Test
  void theCloudsNameServersAreLookedAtToo() {
    ManagementCluster cluster =
        ManagementCluster.with("{}").cloud("network: {dnsServers: [127.0.0.1]}");
    assertThat(cluster.refusals())
        .containsExactly(
            "Cloud wekeo: spec.network.dnsServers[0]: 127.0.0.1 is every node itself, where no name"
                + " server is, so nodes could look up no name; the platform team must write the"
                + " address of a name server that the nodes' network reaches");
    cluster.claim("network: {dnsServers: [9.9.9.9]}");
    assertThat(cluster.refusals()).as("they are not used").isEmpty();
  }

  record Kept(String reason, String key, String observed, String claim) {}

  static Stream<Kept> kept() {
    String flag =
        "spec: {kubeadmConfigSpec: {clusterConfiguration: {apiServer: {extraArgs: [{name: %s,"
            + " value: '%s'}]}}}}";
    String file =
        "spec: {kubeadmConfigSpec: {files: [{path: /etc/containerd/certs.d/%s/hosts.toml, content:"
            + " '[host.\"%s\"]'}]}}";
    return Stream.of(
        new Kept(
            "a name server",
            "infrastructure",
            "spec: {managedSubnets: [{cidr: 10.8.0.0/20, dnsNameservers: [0.0.0.0]}]}",
            "network: {dnsServers: [0.0.0.0]}"),
        new Kept(
            "a prefix",
            "control-plane",
            flag.formatted("oidc-username-prefix", "system:"),
            login("usernamePrefix: 'system:'")),
        new Kept(
            "a flag nobody knows",
            "control-plane",
            flag.formatted("a-flag", "x"),
            "controlPlane: {apiServerFlags: {a-flag: x}}"),
        new Kept(
            "a mirror",
            "control-plane",
            file.formatted("r.example.org:99999", "https://m.example.org:0"),
            mirror("r.example.org:99999", "https://m.example.org:0")));
  }

  /** It was let through once; whoever mends it replaces machines, and says when. */
  @ParameterizedTest
  @MethodSource("kept")
  void whatAClusterHasIsKept(Kept row) {
    ManagementCluster cluster = ManagementCluster.with("{}");
    cluster.settle();
    cluster.observed(row.key, row.observed);
    assertThat(cluster.claim(row.claim).refusals()).as(row.reason).isEmpty();
  }
}
