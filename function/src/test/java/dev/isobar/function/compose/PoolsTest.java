package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What pools become: a MachineDeployment each, or one per zone, and what the autoscaler is told.
 */
final class PoolsTest {
  private static final String SIZE = "cluster.x-k8s.io/cluster-api-autoscaler-node-group-";
  private static final String CAPACITY = "capacity.cluster-autoscaler.kubernetes.io/";
  private static final String NONE = "gpu: {partitioning: {none: {}}}";

  private static ManagementCluster with(String pool) {
    return ManagementCluster.with("pools: [{name: a, " + pool + "}]");
  }

  private static Tree deployment(String pool) {
    return Tree.of(with(pool).composed("pool.a"));
  }

  record Row(String reason, String pool, String path, String expected) {}

  static Stream<Row> rows() {
    String cpu = "machineType: m1.large, replicas: 2";
    String gpu = "machineType: g2b.a100.2, replicas: 2, " + NONE;
    return Stream.of(
        new Row("a fixed number", cpu, "replicas", "2"),
        new Row("none is a number", "machineType: m1.large, replicas: 0", "replicas", "0"),
        new Row(
            "the autoscaler's number is not ours to set",
            "machineType: m1.large, autoscale: {min: 0, max: 3}",
            "replicas",
            "null"),
        new Row("new before old", cpu, "rollout", rollout(1, 0)),
        new Row("GPUs there are enough of: new before old", gpu, "rollout", rollout(1, 0)),
        new Row(
            "scarce: old before new",
            "machineType: g2.a100.2, replicas: 1, " + NONE,
            "rollout",
            rollout(0, 1)),
        new Row(
            "one scarce fall-back is enough",
            "machineTypes: [g2b.a100.2, g2.a100.2], replicas: 1, " + NONE,
            "rollout",
            rollout(0, 1)),
        new Row(
            "CPU nodes are drained for five minutes", cpu, "template.spec.deletion", drain(300)),
        new Row("GPU nodes for a day", gpu, "template.spec.deletion", drain(86400)),
        new Row(
            "or as the claim says",
            cpu + ", drainTimeout: 2h",
            "template.spec.deletion",
            drain(7200)),
        new Row("no zone", cpu, "template.spec.failureDomain", "null"),
        new Row("one zone", cpu + ", zones: [az2]", "template.spec.failureDomain", "az2"),
        new Row(
            "our GPU machines find their zone themselves",
            gpu + ", zones: [az2, az1]",
            "template.spec.failureDomain",
            "null"));
  }

  private static String rollout(int surge, int unavailable) {
    return "{strategy={rollingUpdate={maxSurge=%d, maxUnavailable=%d}, type=RollingUpdate}}"
        .formatted(surge, unavailable);
  }

  private static String drain(int seconds) {
    return "{nodeDrainTimeoutSeconds=" + seconds + ", nodeVolumeDetachTimeoutSeconds=300}";
  }

  @Test
  void thoseOfEarlierReleasesWaitForVolumesNoLongerEither() {
    ManagementCluster cluster = with("machineType: m1.large, replicas: 2");
    cluster.settle();
    cluster
        .observed(
            "pool.a",
            "spec: {template: {spec: {deletion: {nodeVolumeDetachTimeoutSeconds: null}}}}")
        .claim("pools: []");
    Tree spec = Tree.of(cluster.composed("pool.a")).at("spec");
    assertThat(String.valueOf(spec.at("template", "spec", "deletion").plain()))
        .isEqualTo(drain(300));
    assertThat(spec.at("replicas").whole()).contains(0L);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void areMachineDeployments(Row row) {
    Tree at = deployment(row.pool).at("spec");
    for (String field : row.path.split("\\.")) {
      at = at.at(field);
    }
    assertThat(String.valueOf(at.plain())).as(row.reason).isEqualTo(row.expected);
  }

  @Test
  void nativeGpuMachinesStayInTheFirstZone() {
    ManagementCluster cluster =
        with("machineType: g2.a100.2, replicas: 1, zones: [az2, az1], " + NONE)
            .cloud("clusterApi: {gpuMachines: Native}");
    Tree machine = Tree.of(cluster.composed("pool.a")).at("spec", "template", "spec");
    assertThat(machine.at("failureDomain").text()).contains("az2");
    assertThat(machine.at("infrastructureRef", "kind").text()).contains("OpenStackMachineTemplate");
  }

  @Test
  void aPoolThatComesToHaveGpusGetsTheMachinesTheCloudHasForThem() {
    ManagementCluster cluster = with("machineType: m1.large, replicas: 2");
    cluster.settle();
    cluster.claim("pools: [{name: a, machineType: g2.a100.2, replicas: 2, " + NONE + "}]");
    assertThat(
            Tree.of(cluster.composed("pool.a"))
                .at("spec", "template", "spec", "infrastructureRef", "kind")
                .text())
        .contains("GpuMachineTemplate");
  }

  record Native(String reason, String pool, String note) {}

  static Stream<Native> natives() {
    String types = "machineTypes: [g2.a100.2, g2b.a100.2], replicas: 1, ";
    return Stream.of(
        new Native("nothing to say", "machineType: g2.a100.2, replicas: 1, " + NONE, ""),
        new Native(
            "fall-backs",
            types + NONE,
            "only machine type g2.a100.2 is used, because the Cloud's GPU machines are Native,"
                + " which knows no fall-back type: g2b.a100.2 is never tried"),
        new Native(
            "zones",
            "machineType: g2.a100.2, replicas: 1, zones: [az2, az1], " + NONE,
            "only zone az2 is used, because the Cloud's GPU machines are Native, which knows no"
                + " fall-back zone: az1 is never tried"));
  }

  @ParameterizedTest
  @MethodSource("natives")
  void nativeGpuMachinesSayWhatTheyDoWithout(Native row) {
    ManagementCluster cluster = with(row.pool).cloud("clusterApi: {gpuMachines: Native}");
    cluster.settle();
    assertThat(message(cluster)).as(row.reason).isEqualTo(row.note);
  }

  @Test
  void nativeGpuMachinesOfSeveralResourcesNeverScaleFromZero() {
    String pool =
        "machineType: g2.a100.2, autoscale: {min: %d, max: 2}, gpu: {partitioning: {mig: {layout:"
            + " {1g.10gb: 3, 2g.20gb: 2}}}}";
    String why =
        "the autoscaler cannot know of more than one GPU resource before a node exists, so it never"
            + " adds the first node";
    ManagementCluster cluster = with(pool.formatted(0)).cloud("clusterApi: {gpuMachines: Native}");
    assertThat(cluster.refusals())
        .containsExactly(
            "spec.pools[0].autoscale.min: is 0, and nodes offer nvidia.com/mig-1g.10gb,"
                + " nvidia.com/mig-2g.20gb: "
                + why
                + "; set it to 1, or one profile only in its layout, or have the platform team set"
                + " spec.clusterApi.gpuMachines of the Cloud to Isobar");
    cluster.claim("pools: [{name: a, " + pool.formatted(1) + "}]");
    cluster.settle();
    assertThat(message(cluster)).isEmpty();
    cluster.claim("pools: [{name: a, " + pool.formatted(0) + "}]");
    assertThat(message(cluster))
        .as("refusing what exists would change nothing")
        .isEqualTo(
            why
                + " once all are gone; set spec.pools[0].autoscale.min to 1, or one profile only in"
                + " its layout");
  }

  private static String message(ManagementCluster cluster) {
    return Tree.of(cluster.composed().status())
        .at("pools")
        .items()
        .getFirst()
        .at("message")
        .text()
        .orElse("");
  }

  @Test
  void theSharesOfZonesSumUpToTheWhole() {
    Seeds.each(
        60,
        random -> {
          int zones = random.nextInt(2, 7);
          int min = random.nextInt(0, 40);
          int max = Math.max(min, zones) + random.nextInt(0, 40);
          List<String> names = new ArrayList<>();
          for (int i = 0; i < zones; i++) {
            names.add("z" + i);
          }
          boolean fixed = random.nextBoolean();
          String size =
              fixed ? "replicas: " + min : "autoscale: {min: %d, max: %d}".formatted(min, max);
          ManagementCluster cluster =
              with("machineType: m1.large, zones: " + names + ", " + size).cloud("zones: " + names);
          long least = 0;
          long most = 0;
          for (String zone : names) {
            Tree part = Tree.of(cluster.composed("pool.a.in." + zone));
            assertThat(part.at("spec", "template", "spec", "failureDomain").text()).contains(zone);
            Tree notes = part.at("metadata", "annotations");
            long share =
                fixed ? part.at("spec", "replicas").whole().orElseThrow() : number(notes, "min");
            assertThat(share).isBetween((long) min / zones, (long) min / zones + 1);
            least += share;
            most += fixed ? share : number(notes, "max");
          }
          assertThat(least).isEqualTo(min);
          assertThat(most).isEqualTo(fixed ? min : max);
        });
  }

  private static long number(Tree annotations, String limit) {
    return Long.parseLong(annotations.at(SIZE + limit + "-size").text().orElseThrow());
  }

  record Told(String reason, String pool, String expected) {}

  static Stream<Told> told() {
    String scaled = "autoscale: {min: 0, max: 4}";
    String labels = "isobar.dev/pool=a,kubernetes.io/arch=%s,kubernetes.io/os=linux%s";
    return Stream.of(
        new Told(
            "a CPU pool",
            "machineType: m1.large, " + scaled,
            "{cpu=8, ephemeral-disk=40Gi, labels="
                + labels.formatted("amd64", "")
                + ", memory=32Gi}"),
        new Told(
            "its root disk, pods, zone, labels and taints, those of Cluster API's domains included",
            "machineType: m1.large, rootDisk: {size: 70Gi}, kubelet: {maxPods: 60}, zones: [az2],"
                + " labels: {tier: x, node-role.kubernetes.io/lab: ''}, taints: [{key: only, value:"
                + " eo, effect: NoExecute}, {key: p, effect: PreferNoSchedule}], "
                + scaled,
            "{cpu=8, ephemeral-disk=70Gi, labels=isobar.dev/pool=a,kubernetes.io/arch=amd64,"
                + "kubernetes.io/os=linux,node-role.kubernetes.io/lab=,tier=x,topology.kubernetes.io/zone=az2,"
                + " maxPods=60, memory=32Gi, taints=only=eo:NoExecute,p=:PreferNoSchedule}"),
        new Told(
            "whole GPUs: one resource, so the autoscaler can count it; the label lets it wait for"
                + " it",
            "machineType: g2.a100.2, " + scaled + ", " + NONE,
            "{cpu=32, ephemeral-disk=200Gi, gpu-count=2, gpu-type=nvidia.com/gpu,"
                + " labels=cluster-api/accelerator=A100-80GB,"
                + labels.formatted("amd64", "")
                + ", memory=240Gi, taints=nvidia.com/gpu=:NoSchedule}"),
        new Told(
            "shared GPUs are counted in shares",
            "machineType: g2.a100.2, "
                + scaled
                + ", gpu: {partitioning: {timeSlicing: {replicas: 4}}}",
            "{cpu=32, ephemeral-disk=200Gi, gpu-count=8, gpu-type=nvidia.com/gpu,"
                + " labels=cluster-api/accelerator=A100-80GB,"
                + labels.formatted("amd64", ",SHARING")
                + ", memory=240Gi, taints=nvidia.com/gpu=:NoSchedule}"),
        new Told(
            "slices of one kind: their own resource, and no accelerator label",
            "machineType: g2.a100.2, "
                + scaled
                + ", gpu: {partitioning: {mig: {layout: {1g.10gb: 7}}}}",
            "{cpu=32, ephemeral-disk=200Gi, gpu-count=14, gpu-type=nvidia.com/mig-1g.10gb,"
                + " labels="
                + labels.formatted("amd64", ",MIG")
                + ", memory=240Gi, taints=nvidia.com/gpu=:NoSchedule}"),
        new Told(
            "slices of two kinds: the annotations hold one, so the template's capacity must tell;"
                + " the least of the fall-backs",
            "machineTypes: [g2.a100.2, g2b.a100.2], "
                + scaled
                + ", gpu: {partitioning: {mig: {layout: {1g.10gb: 3, 2g.20gb: 2}}}}",
            "{cpu=24, ephemeral-disk=100Gi, labels="
                + labels.formatted("amd64", ",MIG")
                + ", memory=240Gi, taints=nvidia.com/gpu=:NoSchedule}"));
  }

  @ParameterizedTest
  @MethodSource("told")
  void theAutoscalerIsToldWhatANodeOffers(Told row) {
    var told = new TreeMap<String, String>();
    Tree notes = deployment(row.pool).at("metadata", "annotations");
    for (String key : notes.fields()) {
      if (key.startsWith(CAPACITY)) {
        told.put(key.substring(CAPACITY.length()), notes.at(key).text().orElse(""));
      }
    }
    assertThat(
            told.toString()
                .replaceAll("nvidia.com/mig.config=[a-z0-9-]+", "MIG")
                .replaceAll("nvidia.com/device-plugin.config=[a-z0-9-]+", "SHARING"))
        .as(row.reason)
        .isEqualTo(row.expected);
    assertThat(number(notes, "min")).isZero();
    assertThat(number(notes, "max")).isEqualTo(4);
  }

  @Test
  void theAutoscalerIsToldNothingOfAFixedNumber() {
    assertThat(
            deployment("machineType: m1.large, replicas: 2").at("metadata", "annotations").exists())
        .isFalse();
  }

  @Test
  void theAutoscalerIsToldToPauseBecauseItDoesNotLookAtTheCluster() {
    ManagementCluster cluster =
        with("machineType: m1.large, autoscale: {min: 0, max: 1}").claim("paused: true");
    assertThat(
            Tree.of(cluster.composed("pool.a"))
                .at("metadata", "annotations", "cluster.x-k8s.io/paused")
                .text())
        .contains("true");
    assertThat(Tree.of(cluster.composed("cluster")).at("spec", "paused").truth()).contains(true);
  }

  record Joining(String reason, String pool, String machines, String taints) {}

  static Stream<Joining> joining() {
    String own = "{effect=NoSchedule, key=isobar.dev/gpu-not-ready}";
    String gpu = "{effect=NoSchedule, key=nvidia.com/gpu}";
    String of = "machineType: g2.a100.2, replicas: 1, ";
    return Stream.of(
        new Joining("CPU nodes", "machineType: m1.large, replicas: 1", "Isobar", "null"),
        new Joining(
            "our machines wait for their GPUs", of + NONE, "Isobar", "[" + gpu + ", " + own + "]"),
        new Joining("nobody would lift the taint of others", of + NONE, "Native", "[" + gpu + "]"),
        new Joining(
            "with the claim's own between",
            of + NONE + ", taints: [{key: only, value: eo, effect: NoExecute}]",
            "Isobar",
            "[" + gpu + ", {effect=NoExecute, key=only, value=eo}, " + own + "]"));
  }

  @ParameterizedTest
  @MethodSource("joining")
  void nodesJoinWithTaints(Joining row) {
    ManagementCluster cluster =
        with(row.pool).cloud("clusterApi: {gpuMachines: " + row.machines + "}");
    String key =
        cluster.keys().stream()
            .filter(one -> one.contains(".bootstrap."))
            .findFirst()
            .orElseThrow();
    Tree join = Tree.of(cluster.composed(key)).at("spec", "template", "spec", "joinConfiguration");
    assertThat(String.valueOf(join.at("nodeRegistration", "taints").plain()))
        .as(row.reason)
        .isEqualTo(row.taints);
  }

  @Test
  void whoMakesMachinesIsDecidedOnce() {
    String pool =
        "{name: %s, machineType: g2.a100.2, replicas: 1, gpu: {partitioning: {none: {}}}}";
    ManagementCluster cluster = ManagementCluster.with("pools: [" + pool.formatted("a") + "]");
    cluster.settle();
    cluster
        .cloud("clusterApi: {gpuMachines: Native}")
        .claim("pools: [" + pool.formatted("a") + ", " + pool.formatted("b") + "]");
    cluster.settle();
    assertThat(kindOfMachines(cluster, "pool.a")).isEqualTo("GpuMachineTemplate");
    assertThat(kindOfMachines(cluster, "pool.b")).isEqualTo("OpenStackMachineTemplate");
  }

  private static String kindOfMachines(ManagementCluster cluster, String key) {
    return Tree.of(cluster.composed(key))
        .at("spec", "template", "spec")
        .at("infrastructureRef", "kind")
        .text()
        .orElse("");
  }
}
