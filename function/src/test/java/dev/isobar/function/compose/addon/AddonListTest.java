package dev.isobar.function.compose.addon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.ManagementCluster;
import dev.isobar.function.compose.Manifest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which add-ons a claim gets, after whom, and behind which gates. */
final class AddonListTest {
  private static final String GPUS =
      "pools: [{name: g, machineType: g2.a100.2, replicas: 1, gpu: {partitioning: {none: {}}}}]\n";

  private static final String EVERYTHING =
      GPUS
          + """
          addons:
            monitoring: true
            certManager: true
            ingress: Traefik
            extra:
            - {name: first, chart: {repository: 'https://charts.example.org', name: x, version: 1.0.0}}
            - {name: second, manifests: "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}", dependsOn: [first, volumes]}
          """;

  private static Tree spec(ManagementCluster cluster, String addon) {
    return Tree.of(cluster.composed("addon." + addon)).at("spec");
  }

  private static String chart(ManagementCluster cluster, String addon) {
    Tree release = spec(cluster, addon).at("helmCharts").items().getFirst();
    return release.at("repositoryURL").text().orElse("")
        + " "
        + release.at("chartName").text().orElse("").replaceAll("^isobar-[0-9a-f]{8}/", "")
        + " "
        + release.at("chartVersion").text().orElse("");
  }

  private static String values(ManagementCluster cluster, String addon) {
    Tree release = spec(cluster, addon).at("helmCharts").items().getFirst();
    return release.at("values").text().orElse("");
  }

  /** The add-ons with what each waits for. */
  private static String list(ManagementCluster cluster) {
    var list = new TreeMap<String, String>();
    for (String key : cluster.keys()) {
      if (key.startsWith("addon.") && !key.endsWith(".config")) {
        List<String> after =
            spec(cluster, key.substring(6)).at("dependsOn").items().stream()
                .map(one -> one.text().orElse("").replace("eo-lab-f4bd8-", ""))
                .toList();
        list.put(key.substring(6), String.join("+", after));
      }
    }
    return list.toString();
  }

  record Row(String reason, String claim, String cloud, String expected) {}

  static Stream<Row> rows() {
    return Stream.of(
        new Row(
            "the least; who makes nodes ready waits for nobody",
            "{}",
            "{}",
            "{cloud-controller=, cni=, metrics-server=cni, volumes=cloud-controller}"),
        new Row(
            "GPUs bring their operator",
            GPUS,
            "{}",
            "{cloud-controller=, cni=, gpu-operator=cni, metrics-server=cni,"
                + " volumes=cloud-controller}"),
        new Row(
            "everything",
            EVERYTHING,
            "{}",
            "{cert-manager=cni, cloud-controller=, cni=, first=cni, gpu-operator=cni, ingress=cni,"
                + " metrics-server=cni, monitoring=cni+volumes, second=first+volumes,"
                + " volumes=cloud-controller}"),
        new Row(
            "a pod network of their own: nothing to wait for",
            GPUS + "network: {cni: None}\naddons: {metricsServer: false}",
            "{}",
            "{cloud-controller=, gpu-operator=, volumes=cloud-controller}"),
        new Row(
            "no credentials for clusters: no cloud controller, no volumes",
            "addons: {monitoring: true}",
            "workloadCredentials: null",
            "{cni=, metrics-server=cni, monitoring=cni}"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void followsTheClaim(Row row) {
    assertThat(list(ManagementCluster.with(row.claim).cloud(row.cloud)))
        .as(row.reason)
        .isEqualTo(row.expected);
  }

  @Test
  void onlyWhatNodesCannotDoWithoutStaysWhenTheClusterGoes() {
    ManagementCluster cluster = ManagementCluster.with(EVERYTHING);
    List<String> staying =
        cluster.keys().stream()
            .filter(key -> key.startsWith("addon.") && !key.endsWith(".config"))
            .filter(key -> spec(cluster, key.substring(6)).at("stopMatchingBehavior").exists())
            .toList();
    assertThat(staying).containsExactly("addon.cloud-controller", "addon.cni", "addon.volumes");
    staying.forEach(key ->
        assertThat(spec(cluster, key.substring(6)).at("stopMatchingBehavior").text())
            .contains("LeavePolicies"));
  }

  record Gate(String addon, String claim, String kind, String namespace, String labels) {}

  static Stream<Gate> gates() {
    return Stream.of(
        new Gate("cni", "{}", "apps/v1 DaemonSet", "kube-system", "k8s-app=cilium"),
        new Gate(
            "cni",
            "network: {cni: Calico}",
            "apps/v1 DaemonSet",
            "calico-system",
            "k8s-app=calico-node"),
        new Gate(
            "cloud-controller",
            "{}",
            "apps/v1 DaemonSet",
            "kube-system",
            "app.kubernetes.io/name=openstack-cloud-controller-manager"),
        new Gate("volumes", "{}", "apps/v1 DaemonSet", "kube-system", "app=openstack-cinder-csi"),
        new Gate(
            "cert-manager",
            EVERYTHING,
            "apps/v1 Deployment",
            "cert-manager",
            "app.kubernetes.io/name=webhook"),
        new Gate("gpu-operator", EVERYTHING, "nvidia.com/v1 ClusterPolicy", "", ""));
  }

  @ParameterizedTest
  @MethodSource("gates")
  void countsAsDeployedBehindAGate(Gate row) {
    Tree gate =
        spec(ManagementCluster.with(row.claim), row.addon).at("validateHealths").items().getFirst();
    String labels =
        gate.at("labelFilters").items().stream()
            .map(one -> one.at("key").text().orElse("") + "=" + one.at("value").text().orElse(""))
            .findFirst()
            .orElse("");
    assertThat(
            List.of(
                gate.at("group").text().orElse("")
                    + "/"
                    + gate.at("version").text().orElse("")
                    + " "
                    + gate.at("kind").text().orElse(""),
                gate.at("namespace").text().orElse(""),
                labels,
                gate.at("featureID").text().orElse("")))
        .containsExactly(row.kind, row.namespace, row.labels, "Helm");
    assertThat(gate.at("evaluateCEL").items().getFirst().at("rule").text().orElse(""))
        .startsWith("has(resource.status)");
  }

  record Version(String reason, String claim, String settings, String addon, String expected) {}

  static Stream<Version> versions() {
    String openstack = "https://kubernetes.github.io/cloud-provider-openstack openstack-";
    return Stream.of(
        new Version("built in", "{}", "{}", "cni", "https://helm.cilium.io cilium 1.19.6"),
        new Version(
            "OpenStack's belong to the minor",
            "version: '1.34'",
            "{}",
            "volumes",
            openstack + "cinder-csi 2.34.3"),
        new Version(
            "and the next",
            "{}",
            "{}",
            "cloud-controller",
            openstack + "cloud-controller-manager 2.35.0"),
        new Version(
            "another version",
            "{}",
            "charts: {cni: {chart: cilium, version: 1.20.0}}",
            "cni",
            "https://helm.cilium.io cilium 1.20.0"),
        new Version(
            "another place",
            "{}",
            "charts: {cni: {chart: cilium, repository: 'oci://r.example.org/charts'}}",
            "cni",
            "oci://r.example.org/charts cilium 1.19.6"),
        new Version(
            "of another chart of the same add-on",
            "network: {cni: Calico}",
            "charts: {cni: {chart: cilium, version: 1.20.0}}",
            "cni",
            "https://docs.tigera.io/calico/charts tigera-operator v3.31.7"),
        new Version(
            "an add-on that is only ever one chart",
            "{}",
            "charts: {volumes: {chart: openstack-cinder-csi, version: 2.35.9}}",
            "volumes",
            openstack + "cinder-csi 2.35.9"),
        new Version(
            "the mirror with the longest beginning, of charts of the claim as well",
            EVERYTHING,
            """
            chartMirrors:
            - {from: 'https://charts.', to: 'https://m.example.org/any/'}
            - {from: 'https://charts.example.org', to: 'oci://m.example.org/own'}
            """,
            "first",
            "oci://m.example.org/own x 1.0.0"),
        new Version(
            "the beginning of an address",
            EVERYTHING,
            "chartMirrors: [{from: 'https://helm.', to: 'https://m.example.org/'}]",
            "cni",
            "https://m.example.org/cilium.io cilium 1.19.6"));
  }

  @ParameterizedTest
  @MethodSource("versions")
  void isOfAPinnedChart(Version row) {
    ManagementCluster cluster = ManagementCluster.with(row.claim).settings(row.settings);
    assertThat(chart(cluster, row.addon)).as(row.reason).isEqualTo(row.expected);
  }

  @Test
  void theGpuOperatorsPodsGoWhereGpusAre() {
    String version = "addons: {gpuOperator: {driverVersion: '580'}}";
    String values = values(ManagementCluster.with(EVERYTHING).claim(version), "gpu-operator");
    assertThat(values)
        .contains("key: nvidia.com/gpu", "key: isobar.dev/gpu-not-ready", "strategy: mixed")
        .contains("serviceMonitor:\n    enabled: true")
        .contains("name: isobar-mig", "version: \"580\"")
        .doesNotContain("devicePlugin");
    String shared =
        values(
            ManagementCluster.with(GPUS.replace("none: {}", "timeSlicing: {replicas: 4}"))
                .claim("addons: {gpuOperator: {driverPreinstalled: true}}"),
            "gpu-operator");
    assertThat(shared)
        .contains("name: isobar-sharing", "driver:\n  enabled: false")
        .contains("serviceMonitor:\n    enabled: false");
  }

  record Tainted(String reason, String before, String pools, String more) {}

  private static String tainted(String name, String taints) {
    return "{name: "
        + name
        + ", machineType: g2.a100.2, replicas: 1, taints: ["
        + taints
        + "], gpu: {partitioning: {none: {}}}}";
  }

  static Stream<Tainted> tainted() {
    String team = "{key: team, value: x, effect: NoSchedule}";
    String eager = "{key: eager, effect: NoExecute}";
    String plain = "{name: c, machineType: m1.large, replicas: 1, taints: [" + team + "]}";
    return Stream.of(
        new Tainted("none of its own", "", tainted("g", ""), ""),
        new Tainted("one of its own", "", tainted("g", team), "team:NoSchedule"),
        new Tainted("of a pool without GPUs: no concern of theirs", "", plain, ""),
        new Tainted(
            "of all pools, each once, whatever their order and values",
            "",
            tainted("g", team + "," + eager) + "," + tainted("h", team.replace("x", "y")),
            "eager:NoExecute team:NoSchedule"),
        new Tainted(
            "the same key with two effects",
            "",
            tainted("g", team + "," + team.replace("NoSchedule", "NoExecute")),
            "team:NoExecute team:NoSchedule"),
        new Tainted(
            "nodes that still bear the old one must keep their GPUs until they go",
            tainted("g", team),
            tainted("g", eager),
            "eager:NoExecute team:NoSchedule"));
  }

  @ParameterizedTest
  @MethodSource("tainted")
  void theGpuOperatorToleratesWhatGpuPoolsAreTaintedWith(Tainted row) {
    String whole = tainted("always", "");
    String pools = "pools: [" + whole + "," + row.pools + "]";
    ManagementCluster cluster =
        ManagementCluster.with(row.before.isEmpty() ? pools : "pools: [" + row.before + "]");
    if (!row.before.isEmpty()) {
      cluster.settle();
      cluster.claim("pools: [" + row.pools + "]");
      cluster.reconcile();
    }
    Tree values = Tree.of(Manifest.plain(values(cluster, "gpu-operator")));
    String always = "nvidia.com/gpu:NoSchedule isobar.dev/gpu-not-ready:NoSchedule";
    String expected = (always + " " + row.more).strip();
    assertThat(tolerations(values.at("daemonsets"))).as(row.reason).isEqualTo(expected);
    assertThat(tolerations(values.at("node-feature-discovery", "worker")))
        .as(row.reason)
        .isEqualTo("node-role.kubernetes.io/control-plane:NoSchedule " + expected);
  }

  private static String tolerations(Tree of) {
    return of.at("tolerations").items().stream()
        .map(one ->
            one.at("key").text().orElse("") + ":" + one.at("effect").text().orElse("any effect"))
        .collect(Collectors.joining(" "));
  }

  @Test
  void credentialsNeverPassThroughTheFunction() {
    ManagementCluster cluster = ManagementCluster.with(EVERYTHING);
    Tree profile = spec(cluster, "cloud-controller");
    assertThat(profile.at("templateResourceRefs").plain())
        .hasToString(
            "[{identifier=Credentials, resource={apiVersion=v1, kind=Secret, name=wekeo-workload,"
                + " namespace=clouds}}]");
    for (String key : cluster.keys()) {
      assertThat(Tree.of(cluster.composed(key)).at("kind").text()).as(key).isNotEqualTo("Secret");
    }
    Tree config = Tree.of(cluster.composed("addon.cloud-controller.config"));
    assertThat(config.at("metadata", "annotations", "projectsveltos.io/template").text())
        .contains("true");
    assertThat(config.at("data", "cloud-config.yaml").text().orElse(""))
        .contains("clouds.yaml: {{ index $data \"clouds.yaml\" | quote }}");
  }

  @Test
  void theCloudsBalancerServesServicesWhateverStandsInFrontOfTheApi() {
    assertThat(config(ManagementCluster.with("{}")))
        .isEqualTo(
            """
            [Global]
            use-clouds=true
            clouds-file=/etc/config/clouds.yaml
            cloud="openstack"
            region="RegionOne"

            [LoadBalancer]
            lb-provider=ovn
            lb-method=SOURCE_IP_PORT
            create-monitor=true

            [BlockStorage]
            ignore-volume-az=true
            """);
    assertThat(
            config(
                ManagementCluster.with("{network: {api: {loadBalancer: OVN}}}")
                    .cloud(
                        "network: {loadBalancer: Amphora, externalNetwork: {name: null, id:"
                            + " 00000000-0000-4000-8000-000000000001}}")))
        .contains(
            "lb-provider=amphora\nfloating-network-id=\"00000000-0000-4000-8000-000000000001\"")
        .doesNotContain("lb-method");
    ManagementCluster named = ManagementCluster.with("{}");
    named.settle();
    assertThat(
            config(
                named.reported(
                    "infrastructure",
                    "status: {externalNetwork: {name: public, id:"
                        + " 00000000-0000-4000-8000-000000000002}}")))
        .as("a network known by its name, once the provider has found it")
        .contains("floating-network-id=\"00000000-0000-4000-8000-000000000002\"");
    assertThat(
            config(
                ManagementCluster.with("controlPlane: {replicas: 1}")
                    .cloud("network: {loadBalancer: None}")))
        .contains("[LoadBalancer]\nenabled=false\n");
  }

  /** The cloud.conf of a cloud whose certificate needs no authority. */
  private static String config(ManagementCluster cluster) {
    String text =
        Tree.of(cluster.composed("addon.cloud-controller.config"))
            .at("data", "cloud-config.yaml")
            .text()
            .orElseThrow();
    String encoded = text.substring(text.lastIndexOf("cloud.conf: \"") + 13);
    byte[] decoded = Base64.getDecoder().decode(encoded.substring(0, encoded.indexOf('"')));
    return new String(decoded, StandardCharsets.UTF_8);
  }
}
