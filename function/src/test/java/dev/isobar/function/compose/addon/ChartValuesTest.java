package dev.isobar.function.compose.addon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.ManagementCluster;
import dev.isobar.function.compose.Manifest;
import dev.isobar.function.compose.ec2.Ec2Lab;
import dev.isobar.function.compose.plan.ChartTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The values Isobar gives charts against the keys that they have: Helm takes any key in silence,
 * and a slip would do nothing. What keys there are was read out of the charts' sources, and is
 * beside this test.
 */
final class ChartValuesTest {
  /** Its source of this very version could not be read. */
  private static final Set<String> UNREAD = Set.of("jupyterhub");

  record Row(String reason, ManagementCluster cluster) {
    @Override
    public String toString() {
      return reason;
    }
  }

  static Stream<Row> clusters() {
    String services = ServiceAddonsTest.GPUS + ServiceAddonsTest.SERVICES;
    String dns = "addons: {externalDns: {zones: [lab.example.org], %s}}";
    return Stream.of(
        new Row("all services", ManagementCluster.with(services)),
        new Row(
            "shared GPUs, preinstalled driver",
            ManagementCluster.with(
                    ServiceAddonsTest.GPUS.replace("none: {}", "timeSlicing: {replicas: 4}"))
                .claim("addons: {gpuOperator: {driverPreinstalled: true}}")
                .settings("gpuOperator: {migReboot: true}")),
        new Row("Calico", ManagementCluster.with("network: {cni: Calico}")),
        new Row("shares of NFS", ManagementCluster.with(ServiceAddonsTest.SHARES)),
        new Row(
            "shares of CephFS",
            ManagementCluster.with(
                "addons: {sharedVolumes: {manila: {type: a, protocol: CephFS}}}")),
        new Row("EC2", Ec2Lab.with(ServiceAddonsTest.FILES)),
        new Row("Designate", ManagementCluster.with(dns.formatted("designate: {}"))),
        new Row(
            "Route 53",
            Ec2Lab.with(dns.formatted("route53: {credentialsSecretRef: {name: aws, key: file}}"))));
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void haveNoKeyThatTheChartDoesNotKnow(Row row) throws IOException {
    List<String> unknown = new ArrayList<>();
    for (String key : row.cluster.keys()) {
      Tree object = Tree.of(row.cluster.composed(key));
      for (Tree release : object.at("spec", "helmCharts").items()) {
        String chart = release.at("chartName").text().orElse("").replaceFirst("^.*/", "");
        Tree values = Tree.of(Manifest.of(release.at("values").text().orElse("{}")));
        for (String version : UNREAD.contains(chart) ? List.<String>of() : ends(chart)) {
          collect(values, "", known(chart, version), chart + " " + version + " ", unknown);
        }
      }
    }
    assertThat(unknown).isEmpty();
  }

  /** The first and the last version of a chart. */
  private static List<String> ends(String chart) {
    var versions = ChartTable.chart(chart).orElseThrow().versions();
    return List.copyOf(
        new TreeSet<>(List.of(versions.firstEntry().getValue(), versions.lastEntry().getValue())));
  }

  private static void collect(
      Tree values,
      String path,
      Map<String, Set<String>> known,
      String chart,
      List<String> unknown) {
    Set<String> keys = known.get(path.isEmpty() ? "/" : path);
    if (keys == null || keys.contains("*")) {
      return;
    }
    for (String key : values.fields()) {
      String place = path.isEmpty() ? key : path + "." + key;
      if (!keys.contains(key)) {
        unknown.add(chart + place);
      }
      collect(values.at(key), place, known, chart, unknown);
      values.at(key).items().forEach(item -> collect(item, place + "[]", known, chart, unknown));
    }
  }

  private static Map<String, Set<String>> known(String chart, String version) throws IOException {
    String name = "charts/" + chart + "-" + version + ".txt";
    var known = new TreeMap<String, Set<String>>();
    try (InputStream file = ChartValuesTest.class.getResourceAsStream(name)) {
      String text =
          new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
      text.lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(line -> {
            String[] parts = line.split(": ", 2);
            known.put(parts[0], new TreeSet<>(Arrays.asList(parts[1].split(" "))));
          });
    }
    return known;
  }

  /** A newer version in the table must bring its keys. */
  @Test
  void everyChartOfTheTableWasRead() throws IOException {
    for (ChartTable.Row row : ChartTable.rows()) {
      for (String version : UNREAD.contains(row.chart()) ? List.<String>of() : ends(row.chart())) {
        assertThat(known(row.chart(), version)).as(row.chart()).containsKey("/");
      }
    }
  }

  @Test
  void slipsAreFound() throws IOException {
    List<String> unknown = new ArrayList<>();
    collect(
        Tree.of(Manifest.of("{provider: {nam: a}, source: []}")),
        "",
        known("external-dns", "1.21.1"),
        "",
        unknown);
    collect(
        Tree.of(Manifest.of("{installation: {calicoNetwork: {ipPools: [{cidr: a, nat: b}]}}}")),
        "",
        known("tigera-operator", "v3.31.7"),
        "",
        unknown);
    assertThat(unknown)
        .containsExactly("provider.nam", "source", "installation.calicoNetwork.ipPools[].nat");
  }
}
