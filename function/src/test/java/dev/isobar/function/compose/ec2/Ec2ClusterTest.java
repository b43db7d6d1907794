package dev.isobar.function.compose.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.ManagementCluster;
import dev.isobar.function.compose.Manifest;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The parts of a cluster on EC2 that its provider's objects are not: nodes, add-ons, its life. */
final class Ec2ClusterTest {
  private static final String POOL =
      "pools: [{name: a, machineType: m6i.2xlarge, autoscale: {min: 0, max: 4}, zones:"
          + " [eu-central-1a]}]";

  private static final String KNOWN =
      "machineTypes: [{name: m6i.xlarge, cpu: 4, memory: 16Gi}, {name: m6i.2xlarge, cpu: 8, memory:"
          + " 32Gi, disk: 60Gi}]";

  /** GPU nodes of two types, of which the Cloud knows one disk. */
  private static final String ANY =
      "machineTypes: [p4d.24xlarge, p4de.24xlarge], gpu: {partitioning: {none: {}}}";

  private static final String FALLBACKS =
      """
      machineTypes:
      - {name: m6i.xlarge, cpu: 4, memory: 16Gi}
      - {name: p4d.24xlarge, cpu: 96, memory: 1152Gi, gpu: {model: A100-80GB, count: 8}}
      - {name: p4de.24xlarge, cpu: 96, memory: 1152Gi, disk: 300Gi, gpu: {model: A100-80GB, count: 8}}
      """;

  private static final String SUFFIX =
      "; set it back, or make a new cluster and move the work there";

  private static Tree composed(ManagementCluster cluster, String key) {
    return Tree.of(cluster.composed(key));
  }

  private static String key(ManagementCluster cluster, String prefix) {
    return cluster.keys().stream().filter(one -> one.startsWith(prefix)).findFirst().orElseThrow();
  }

  /** The cloud controller finds machines by the names of their nodes, and writes their ids. */
  @Test
  void nodesAreCalledByTheirPrivateNamesAndBearNoId() {
    ManagementCluster cluster = Ec2Lab.with(POOL);
    Object registration =
        Manifest.plain(
            """
            name: '{{ ds.meta_data.local_hostname }}'
            kubeletExtraArgs:
            - {name: cloud-provider, value: external}
            - {name: node-labels, value: isobar.dev/pool=a}
            """);
    assertThat(
            composed(cluster, key(cluster, "pool.a.bootstrap."))
                .at("spec", "template", "spec", "joinConfiguration")
                .at("nodeRegistration")
                .plain())
        .isEqualTo(registration);
  }

  @Test
  void clusterAndControlPlaneReferToWhatTheirProviderMakes() {
    ManagementCluster cluster = Ec2Lab.with("{}");
    assertThat(composed(cluster, "cluster").at("spec", "infrastructureRef").plain())
        .isEqualTo(
            Manifest.plain(
                "{apiGroup: infrastructure.cluster.x-k8s.io, kind: AWSCluster, name:"
                    + " eo-lab-f4bd8}"));
    assertThat(
            composed(cluster, "control-plane")
                .at("spec", "machineTemplate", "spec", "infrastructureRef")
                .at("kind")
                .text())
        .contains("AWSMachineTemplate");
  }

  @Test
  void aPoolScalesFromNothingInItsZone() {
    Tree deployment = composed(Ec2Lab.with(POOL), "pool.a");
    assertThat(deployment.at("spec", "template", "spec", "failureDomain").text())
        .contains("eu-central-1a");
    Tree annotations = deployment.at("metadata", "annotations");
    String capacity = "capacity.cluster-autoscaler.kubernetes.io/";
    assertThat(
            List.of(
                annotations.at(capacity + "cpu").text().orElse(""),
                annotations.at(capacity + "memory").text().orElse(""),
                annotations.at(capacity + "labels").text().orElse("")))
        .containsExactly(
            "8",
            "32Gi",
            "isobar.dev/pool=a,kubernetes.io/arch=amd64,kubernetes.io/os=linux,"
                + "topology.kubernetes.io/zone=eu-central-1a");
  }

  record Root(String reason, String pool, String cloud, String told) {}

  static Stream<Root> roots() {
    String cpu = "machineType: m6i.2xlarge";
    String gpu = "machineType: p4d.24xlarge, gpu: {partitioning: {none: {}}}";
    return Stream.of(
        new Root("nobody says one: what its template has", cpu, "{}", "80Gi"),
        new Root("the claim says one", cpu + ", rootDisk: {size: 50Gi}", "{}", "50Gi"),
        new Root("the Cloud says one", cpu, KNOWN, "60Gi"),
        new Root("of GPU nodes", gpu, "clusterApi: {gpuMachines: Native}", "80Gi"),
        new Root("of machines of our own, which get the same", gpu, "{}", "80Gi"),
        new Root("of another type too, for they have one template", ANY, FALLBACKS, "80Gi"),
        new Root(
            "of the first one that their template has",
            ANY.replace("p4d.24xlarge, p4de.24xlarge", "p4de.24xlarge, p4d.24xlarge"),
            FALLBACKS,
            "300Gi"));
  }

  @ParameterizedTest
  @MethodSource("roots")
  void theAutoscalerIsToldOfTheRootDiskThatNodesGet(Root row) {
    ManagementCluster cluster =
        Ec2Lab.with("pools: [{name: a, autoscale: {min: 0, max: 4}, " + row.pool + "}]")
            .cloud(row.cloud);
    assertThat(disk(cluster)).as(row.reason).isEqualTo(row.told);
  }

  @Test
  void machinesThatStayKeepTheRootDiskThatTheCloudForgot() {
    ManagementCluster cluster = Ec2Lab.with(POOL).cloud(KNOWN);
    cluster.settle();
    cluster.cloud(KNOWN.replace(", disk: 60Gi", ""));
    assertThat(disk(cluster)).isEqualTo("60Gi");
  }

  @Test
  void ofATemplateOfAFormerReleaseNoRootDiskIsTold() {
    ManagementCluster cluster =
        Ec2Lab.with("pools: [{name: a, autoscale: {min: 0, max: 4}, " + ANY + "}]")
            .cloud(FALLBACKS);
    cluster.reconcile();
    assertThat(disk(cluster)).isEqualTo("80Gi");
    cluster.observed(
        key(cluster, "pool.a.machines."), "spec: {template: {spec: {rootDisk: null}}}");
    assertThat(disk(cluster)).as("that of its image, which nobody knows").isEmpty();
  }

  private static String disk(ManagementCluster cluster) {
    return composed(cluster, "pool.a")
        .at("metadata", "annotations", "capacity.cluster-autoscaler.kubernetes.io/ephemeral-disk")
        .text()
        .orElse("");
  }

  record Chart(String addon, String claim, String chart, String values) {}

  static Stream<Chart> charts() {
    return Stream.of(
        new Chart(
            "cloud-controller",
            "version: '1.34'",
            "https://kubernetes.github.io/cloud-provider-aws aws-cloud-controller-manager 0.0.11",
            """
            args: [--v=2, --cloud-provider=aws, --cluster-name=eo-lab-f4bd8, --configure-cloud-routes=false]
            image: {tag: v1.34.3}
            hostNetworking: true
            nodeSelector: {node-role.kubernetes.io/control-plane: ''}
            tolerations:
            - {key: node.cloudprovider.kubernetes.io/uninitialized, operator: Exists, effect: NoSchedule}
            - {key: node-role.kubernetes.io/control-plane, operator: Exists, effect: NoSchedule}
            - {key: node.kubernetes.io/not-ready, operator: Exists, effect: NoSchedule}
            """),
        new Chart(
            "volumes",
            "{controlPlane: {replicas: 1}, addons: {volumes: {reclaim: Retain}}}",
            "https://kubernetes-sigs.github.io/aws-ebs-csi-driver aws-ebs-csi-driver 2.64.0",
            """
            controller:
              region: eu-central-1
              k8sTagClusterId: eo-lab-f4bd8
              replicaCount: 1
              nodeSelector: {node-role.kubernetes.io/control-plane: ''}
              tolerations: [{key: node-role.kubernetes.io/control-plane, operator: Exists, effect: NoSchedule}]
            node: {tolerateAllTaints: true, enableWindows: false}
            storageClasses:
            - name: ebs
              annotations: {storageclass.kubernetes.io/is-default-class: 'true'}
              parameters: {encrypted: 'true', type: gp3}
              reclaimPolicy: Retain
              allowVolumeExpansion: true
              volumeBindingMode: WaitForFirstConsumer
            """));
  }

  @ParameterizedTest
  @MethodSource("charts")
  void addonsAreThoseOfTheCloud(Chart row) {
    Tree release =
        composed(Ec2Lab.with(row.claim), "addon." + row.addon)
            .at("spec", "helmCharts")
            .items()
            .getFirst();
    assertThat(
            release.at("repositoryURL").text().orElse("")
                + " "
                + release.at("chartName").text().orElse("").replaceAll("^isobar-[0-9a-f]{8}/", "")
                + " "
                + release.at("chartVersion").text().orElse(""))
        .isEqualTo(row.chart);
    assertThat(Manifest.plain(release.at("values").text().orElse("")))
        .isEqualTo(Manifest.plain(row.values));
  }

  /** Of 1.36 there is no image, so that the newest one runs, until somebody has another. */
  @Test
  void aClusterNewerThanAllCloudControllersHasTheNewest() {
    ManagementCluster cluster =
        Ec2Lab.with("version: '1.36'")
            .cloud("images: [{kubernetes: 1.36.1, id: ami-0136100000000000a}]");
    assertThat(cloudController(cluster)).isEqualTo("v1.35.2");
    cluster.claim("addons: {values: {cloud-controller: {image: {tag: v1.36.2}}}}");
    assertThat(cloudController(cluster)).isEqualTo("v1.36.2");
  }

  private static String cloudController(ManagementCluster cluster) {
    return composed(cluster, "addon.cloud-controller").at("spec", "helmCharts").items().stream()
        .flatMap(chart -> chart.at("values").text().stream())
        .flatMap(values -> Tree.of(Manifest.of(values)).at("image", "tag").text().stream())
        .collect(Collectors.joining());
  }

  /** Nothing of credentials: neither objects that are filled with them, nor a guard of a Secret. */
  @Test
  void noObjectIsAboutCredentials() {
    assertThat(Ec2Lab.with(POOL).keys())
        .noneMatch(
            key -> key.contains("credentials") || key.equals("addon.cloud-controller.config"));
  }

  @Test
  void comesToRestAndIsReady() {
    ManagementCluster cluster = Ec2Lab.with(POOL);
    cluster.settle();
    var first = cluster.composed();
    assertThat(first.conditions())
        .filteredOn(one -> List.of("AddonsReady", "InfrastructureReady").contains(one.type()))
        .allMatch(one -> one.status().name().equals("TRUE"));
  }

  record Change(String claim, String field, String from, String to) {}

  static Stream<Change> changes() {
    return Stream.of(
        new Change(
            "network: {nodeCidr: 10.9.0.0/20}", "network.nodeCidr", "10.8.0.0/20", "10.9.0.0/20"),
        new Change(
            "network: {api: {publicAddress: false}}", "network.api.publicAddress", "true", "false"),
        new Change("network: {cni: Calico}", "network.cni", "Cilium", "Calico"));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void whatTheInfrastructureForbidsToChangeIsRefused(Change row) {
    ManagementCluster cluster = Ec2Lab.with("{}");
    cluster.settle();
    assertThat(cluster.claim(row.claim).refusals())
        .containsExactly(
            "spec."
                + row.field
                + ": cannot be changed from "
                + row.from
                + " to "
                + row.to
                + SUFFIX);
  }

  @Test
  void anExistingNetworkCannotBeChangedEither() {
    ManagementCluster cluster =
        Ec2Lab.with(
            "network: {existing: {network: {id: vpc-01234567}, subnets: [subnet-01234567]}}");
    cluster.settle();
    cluster.claim(
        "network: {existing: {network: {id: vpc-76543210}, subnets: [subnet-01234567,"
            + " subnet-76543210]}}");
    assertThat(cluster.refusals())
        .containsExactly(
            "spec.network.existing.network: cannot be changed from id vpc-01234567 to id"
                + " vpc-76543210"
                + SUFFIX,
            "spec.network.existing.subnets: cannot be changed from subnet-01234567 to"
                + " subnet-01234567,subnet-76543210"
                + SUFFIX);
  }

  /** The note says what was chosen; where it is lost the objects do. */
  @Test
  void aLostNoteIsWrittenAgainFromWhatExists() {
    ManagementCluster cluster =
        Ec2Lab.with(
            "network: {existing: {network: {id: vpc-01234567}, subnets: [subnet-01234567]}}");
    cluster.settle();
    Object before = composed(cluster, "cluster").at("metadata", "annotations").plain();
    cluster.observed("cluster", "metadata: {annotations: {isobar.dev/fixed: null}}");
    assertThat(composed(cluster, "cluster").at("metadata", "annotations").plain())
        .isEqualTo(before);
    assertThat(cluster.claim("network: {existing: {subnets: [subnet-76543210]}}").refusals())
        .containsExactly(
            "spec.network.existing.subnets: cannot be changed from subnet-01234567 to"
                + " subnet-76543210"
                + SUFFIX);
  }

  record Paid(String reason, String pool, String rollout) {}

  static Stream<Paid> paid() {
    String before = "{rollingUpdate={maxSurge=1, maxUnavailable=0}, type=RollingUpdate}";
    String after = "{rollingUpdate={maxSurge=0, maxUnavailable=1}, type=RollingUpdate}";
    String id = "reservationId: cr-0123456789abcdef0";
    return Stream.of(
        new Paid("by use: new before old", "{}", before),
        new Paid("left over", "{model: Spot}", before),
        new Paid("a reservation has no more", "{model: Reserved, " + id + "}", after),
        new Paid("nor have all of them", "{model: Reserved}", after),
        new Paid("nor has a block: old before new", "{model: Block, " + id + "}", after));
  }

  @ParameterizedTest
  @MethodSource("paid")
  void aMachineOfAReservationIsGivenBackBeforeTheNextIsAskedFor(Paid row) {
    ManagementCluster cluster =
        Ec2Lab.with(
            "pools: [{name: a, machineType: m6i.2xlarge, replicas: 2, capacity: "
                + row.pool
                + "}]");
    assertThat(
            String.valueOf(composed(cluster, "pool.a").at("spec", "rollout", "strategy").plain()))
        .as(row.reason)
        .isEqualTo(row.rollout);
  }

  @Test
  void nodesOfAReservationComeInNoOtherZonesBeforeTheOldOnesGo() {
    String pool =
        "pools: [{name: a, machineType: m6i.2xlarge, replicas: 3, capacity: {model: Reserved},"
            + " zones: [%s]}]";
    ManagementCluster cluster =
        Ec2Lab.with(pool.formatted("eu-central-1a, eu-central-1b, eu-central-1c"));
    cluster.settle();
    assertThat(cluster.claim(pool.formatted("eu-central-1a, eu-central-1b")).refusals())
        .as("a zone that is left gives its machines back first")
        .isEmpty();
    assertThat(cluster.claim(pool.formatted("eu-central-1a")).refusals())
        .containsExactly(
            "spec.pools[0].zones: nodes would have to come in other zones before the present ones"
                + " go, and their machines come from a reservation, so none is asked for before one"
                + " is given back; nothing is changed; set it back; make another pool in the zones"
                + " you want, and remove this one when its work has moved");
  }

  /** Neither a withdrawn image nor other profiles of the Cloud replace a machine. */
  @Test
  void templatesAreKeptAsTheyWereMade() {
    ManagementCluster cluster = Ec2Lab.with(POOL);
    cluster.settle();
    String key = key(cluster, "pool.a.machines.");
    var before = cluster.composed(key);
    cluster.cloud(
        "{sshKey: other, clusterApi: {instanceProfiles: {controlPlane: head, nodes: node}}, images:"
            + " [{kubernetes: 1.35.2, id: ami-0ffffffffffffffff}]}");
    assertThat(cluster.composed(key)).isEqualTo(before);
  }

  /** Machines come from the old template for as long as a rollout lasts. */
  @Test
  void anOldTemplateStaysUntilNoMachineComesFromIt() {
    ManagementCluster cluster = Ec2Lab.with(POOL);
    cluster.settle();
    String old = key(cluster, "pool.a.machines.");
    cluster.claim(POOL.replace("m6i.2xlarge", "m6i.xlarge"));
    assertThat(cluster.keys()).contains(old);
  }
}
