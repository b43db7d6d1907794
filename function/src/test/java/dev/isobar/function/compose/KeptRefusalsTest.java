package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.function.contract.Condition;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused where it is new, and left where a cluster has it from before. */
final class KeptRefusalsTest {
  private static final int MEBIBYTE = 1024 * 1024;

  /**
   * A mistake.
   *
   * @param kept makes a cluster one that has it from before
   */
  record Row(
      String reason,
      String claim,
      String settings,
      String sentence,
      UnaryOperator<ManagementCluster> kept) {}

  private static Row range(
      String reason, String claim, String settings, String sentence, String listed) {
    return new Row(
        reason,
        "network: {api: {loadBalancer: Amphora, allowedCidrs: [" + claim + "]}}",
        settings,
        sentence,
        cluster ->
            cluster
                .observed(
                    "infrastructure",
                    "spec: {apiServerLoadBalancer: {allowedCIDRs: [" + listed + "]}}")
                .observed("cluster", "metadata: {annotations: {isobar.dev/fixed: null}}"));
  }

  static Stream<Row> ranges() {
    return Stream.of(
        range(
            "an address with the width of its network",
            "192.0.2.0/24, 10.1.2.3/16",
            "{}",
            "spec.network.api.allowedCidrs[1]: 10.1.2.3/16 does not begin where a range of /16 can;"
                + " write 10.1.0.0/16, the range that holds the address, or 10.1.2.3/32 for the"
                + " address alone",
            "10.1.2.3/16"),
        range(
            "the same in the settings",
            "192.0.2.0/24",
            "managementCidrs: [198.51.100.7/24]",
            "settings.managementCidrs[0]: 198.51.100.7/24 does not begin where a range of /24 can;"
                + " the platform team must write 198.51.100.0/24, the range that holds the address,"
                + " or 198.51.100.7/32 for the address alone",
            "198.51.100.7/24"));
  }

  private static Row server(String reason, String server, String host) {
    return new Row(
        reason,
        "nodes: {timeServers: ['" + server + "']}",
        "{}",
        "spec.nodes.timeServers[0]: \""
            + server
            + "\" is neither a host name nor an address, and nodes would ask nobody for the time;"
            + " write "
            + host
            + ", without scheme or port; the port is always 123",
        cluster ->
            cluster.observed(
                "control-plane",
                "spec: {kubeadmConfigSpec: {ntp: {servers: ['" + server + "']}}}"));
  }

  static Stream<Row> servers() {
    return Stream.of(
        server("a port", "ntp.example.org:123", "ntp.example.org"),
        server("the port of an address", "192.0.2.1:123", "192.0.2.1"),
        server("a scheme", "ntp:pool.example.org", "pool.example.org"));
  }

  private static Row manifests(String reason, String text, String problem) {
    return new Row(
        reason,
        "addons: {extra: [{name: a, manifests: \"" + text + "\"}]}",
        "{}",
        "spec.addons.extra[0].manifests: "
            + problem
            + "; write Kubernetes objects as YAML, each with apiVersion, kind and metadata.name,"
            + " and --- between them",
        cluster -> cluster.observed("addon.a.config", "data: {manifests.yaml: \"" + text + "\"}"));
  }

  static Stream<Row> manifests() {
    String head = "apiVersion: v1\\nkind: ConfigMap\\n";
    return Stream.of(
        manifests("no name", head, "has no metadata.name"),
        manifests(
            "a key twice",
            head + "metadata: {name: a}\\ndata:\\n  a: b\\n  a: c\\n",
            "has key \"a\" in line 5 and again in line 6"));
  }

  @ParameterizedTest
  @MethodSource({"ranges", "servers", "manifests"})
  void isRefused(Row row) {
    assertThat(ManagementCluster.with(row.claim).settings(row.settings).refusals())
        .as(row.reason)
        .containsExactly(row.sentence);
  }

  private static ManagementCluster running() {
    ManagementCluster cluster =
        ManagementCluster.with(
            "{network: {api: {loadBalancer: Amphora}}, addons: {extra: [{name: a, manifests:"
                + " '{apiVersion: v1, kind: A, metadata: {name: a}}'}]}}");
    cluster.settle();
    return cluster;
  }

  @ParameterizedTest
  @MethodSource({"ranges", "servers", "manifests"})
  void isRefusedWhereItIsNew(Row row) {
    ManagementCluster cluster = running().claim(row.claim).settings(row.settings);
    assertThat(cluster.refusals()).as(row.reason).containsExactly(row.sentence);
  }

  @ParameterizedTest
  @MethodSource({"ranges", "servers", "manifests"})
  void isLeftWhereItIsInUse(Row row) {
    ManagementCluster cluster = row.kept.apply(running()).claim(row.claim).settings(row.settings);
    assertThat(cluster.refusals()).as(row.reason).isEmpty();
  }

  static Stream<Row> good() {
    return Stream.of(
        range("all there is", "0.0.0.0/0", "{}", "", ""),
        range("one address", "192.0.2.1/32", "managementCidrs: [198.51.100.0/24]", "", ""),
        server("by name", "ntp.example.org", ""),
        server("by address", "192.0.2.1", ""),
        server("by an address of IPv6", "2001:db8::123", ""));
  }

  @ParameterizedTest
  @MethodSource("good")
  void isTaken(Row row) {
    assertThat(ManagementCluster.with(row.claim).settings(row.settings).refusals())
        .as(row.reason)
        .isEmpty();
  }

  @Test
  void settingsThatNobodyUsesRefuseNothing() {
    String settings =
        "{managementCidrs: [10.1.2.3/16], defaults: {timeServers: ['ntp.example.org:123']}}";
    ManagementCluster cluster =
        ManagementCluster.with("nodes: {timeServers: [ntp.example.org]}").settings(settings);
    assertThat(cluster.refusals()).isEmpty();
    cluster.claim("nodes: {timeServers: []}");
    assertThat(cluster.refusals())
        .containsExactly(
            "settings.defaults.timeServers[0]: \"ntp.example.org:123\" is neither a host name nor"
                + " an address, and nodes would ask nobody for the time; the platform team must"
                + " write ntp.example.org, without scheme or port; the port is always 123");
    assertThat(running().settings(settings).refusals()).as("it has its own").isEmpty();
  }

  private static String chart(String values) {
    return "addons: {extra: [{name: a, chart: {repository: 'https://a.example.org', name: a,"
        + " version: 1.0.0, values: "
        + values
        + "}}]}";
  }

  private static Row size(String reason, String values, int bytes, String what, int most) {
    return new Row(
        reason,
        chart(values),
        "{}",
        "spec.addons.extra[0].chart.values: come to "
            + bytes
            + " bytes, and the "
            + what
            + " that takes them to Sveltos has room for "
            + most
            + "; leave out what is as the chart has it anyway, or publish a chart of your own that"
            + " brings them",
        cluster -> cluster);
  }

  static Stream<Row> sizes() {
    int most = MEBIBYTE + MEBIBYTE / 2 - 65_536;
    String template = "{a: '{{ b }}" + "x".repeat(MEBIBYTE) + "'}";
    return Stream.of(
        size("taken literally, in a ConfigMap", template, MEBIBYTE + 13, "ConfigMap", MEBIBYTE),
        size("signs of two bytes", "{a: " + "é".repeat(most / 2) + "}", most + 9, "profile", most),
        size(
            "signs that JSON spells out",
            "{a: '" + "<".repeat(most / 6) + "'}",
            most + 7,
            "profile",
            most));
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void whatIsTooLargeForAnObjectIsRefused(Row row) {
    ManagementCluster cluster = ManagementCluster.with("{}");
    cluster.settle();
    assertThat(cluster.claim(row.claim).refusals())
        .as(row.reason)
        .singleElement()
        .isEqualTo(row.sentence);
  }

  /**
   * Values that are stored.
   *
   * @param quote what stands around a text with this beginning in YAML
   */
  record Stored(String key, String beginning, String quote, String overlay) {}

  static Stream<Stored> stored() {
    return Stream.of(
        new Stored("addon.a.config", "{{ b }}", "\"", "data: {values.yaml: '%s'}"),
        new Stored("addon.a", "b", "", "spec: {helmCharts: [{values: '%s'}]}"));
  }

  @ParameterizedTest
  @MethodSource("stored")
  void whatIsStoredAlreadyHasFitted(Stored row) {
    String large = row.beginning + "x".repeat(1_600_000);
    ManagementCluster cluster = ManagementCluster.with(chart("{a: '" + row.beginning + "'}"));
    cluster.settle();
    cluster.claim(chart("{a: '" + large + "'}"));
    assertThat(cluster.refusals()).as(row.key).hasSize(1);
    cluster.observed(
        row.key, row.overlay.formatted("a: " + row.quote + large + row.quote + "\n\n"));
    assertThat(cluster.refusals()).as(row.key).isEmpty();
  }

  @Test
  void whatFitsIsTaken() {
    assertThat(ManagementCluster.with(chart("{a: '" + "x".repeat(1_400_000) + "'}")).refusals())
        .isEmpty();
    assertThat(
            ManagementCluster.with(chart("{a: '{{ b }}" + "x".repeat(1_000_000) + "'}")).refusals())
        .isEmpty();
  }

  static Stream<Row> closed() {
    return Stream.of(
        new Row(
            "an API that only its own network reaches",
            "network: {api: {publicAddress: false, allowedCidrs: [192.0.2.0/24]}}",
            "{}",
            "spec.network.api.allowedCidrs: would close nothing: OVN's load balancer cannot keep"
                + " addresses out, and the provider's security groups open the API to all; remove"
                + " it: with publicAddress: false, only the network of the nodes reaches the API",
            cluster -> cluster),
        new Row(
            "a driver's version that is none",
            "addons: {gpuOperator: {driverVersion: '580.95.05 '}}",
            "{}",
            "spec.addons.gpuOperator.driverVersion: \"580.95.05 \" is not allowed; it must be a"
                + " version such as 580.95.05",
            cluster -> cluster));
  }

  @ParameterizedTest
  @MethodSource("closed")
  void isAlwaysRefused(Row row) {
    assertThat(ManagementCluster.with(row.claim).refusals())
        .as(row.reason)
        .containsExactly(row.sentence);
  }

  @Test
  void regionsHaveNoQuotes() {
    assertThat(ManagementCluster.with("{}").cloud("region: Region\"One").refusals())
        .containsExactly(
            "Cloud wekeo: spec.region: \"Region\"One\" is not allowed; it must be a region's name,"
                + " without quotes or blanks at its ends, such as RegionOne");
    assertThat(ManagementCluster.with("{}").cloud("region: 'RegionOne '").refusals()).hasSize(1);
    assertThat(ManagementCluster.with("{}").cloud("region: 'Region One (a)'").refusals()).isEmpty();
  }

  /** Whoever lets all in lets the management cluster in. */
  @Test
  void anApiThatIsOpenToAllNeedsNoWordOnWhoMustReachIt() {
    ManagementCluster cluster =
        ManagementCluster.with(
            "network: {api: {loadBalancer: Amphora, allowedCidrs: [192.0.2.0/24, 0.0.0.0/0]}}");
    assertThat(cluster.composed().conditions())
        .filteredOn(condition -> condition.type().equals("Accepted"))
        .extracting(Condition::reason)
        .containsExactly("Valid");
  }
}
