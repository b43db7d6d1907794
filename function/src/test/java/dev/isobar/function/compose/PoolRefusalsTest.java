package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What pools cannot have, said in one sentence: where, what is wrong, what to do instead. */
final class PoolRefusalsTest {
  private static final String WHOLE = "gpu: {partitioning: {none: {}}}";

  record Row(String reason, String pools, String sentence) {}

  static Stream<Row> machines() {
    return Stream.of(
        new Row(
            "a type that does not exist",
            "{name: a, machineType: m2.large, replicas: 1}",
            "spec.pools[0].machineType: Cloud wekeo has no machine type \"m2.large\"; did you mean"
                + " m1.large?"),
        new Row(
            "a fall-back that does not exist",
            "{name: a, machineTypes: [g2.a100.2, g2.a100], replicas: 1, " + WHOLE + "}",
            "spec.pools[0].machineTypes[1]: Cloud wekeo has no machine type \"g2.a100\"; did you"
                + " mean g2.a100.2?"),
        new Row(
            "no disk",
            "{name: a, machineType: m1.diskless, replicas: 1}",
            "spec.pools[0].rootDisk: is missing, and machine type m1.diskless brings no disk of its"
                + " own; set it, for example to {size: 50Gi}"),
        new Row(
            "a zone that does not exist",
            "{name: a, machineType: m1.large, replicas: 1, zones: [az3]}",
            "spec.pools[0].zones[0]: Cloud wekeo has no zone \"az3\"; did you mean az1?"),
        new Row(
            "a zone without the type",
            "{name: a, machineType: g3.h100.8, replicas: 1, zones: [az1], " + WHOLE + "}",
            "spec.pools[0].machineType: machine type g3.h100.8 does not exist in zone az1; it"
                + " exists in az2"),
        new Row(
            "fall-backs of CPU nodes",
            "{name: a, machineTypes: [m1.large, m1.small], replicas: 1}",
            "spec.pools[0].machineTypes[1]: only GPU pools may have fall-backs; name one type in"
                + " machineType, or make two pools"),
        new Row(
            "a fall-back without GPUs",
            "{name: a, machineTypes: [g2.a100.2, m1.large], replicas: 1, " + WHOLE + "}",
            "spec.pools[0].machineTypes[1]: m1.large has no GPU and g2.a100.2 has 2 x A100-80GB;"
                + " fall-backs must have the same GPUs; make a pool of its own for it"),
        new Row(
            "a fall-back of another architecture",
            "{name: a, machineTypes: [g2.a100.2, a1.large], replicas: 1, " + WHOLE + "}",
            "spec.pools[0].machineTypes[1]: a1.large is arm64 and g2.a100.2 is amd64; fall-backs"
                + " must have the same architecture; make a pool of its own for it"),
        new Row(
            "GPUs without a word on how to share them",
            "{name: a, machineType: g2.a100.2, replicas: 1}",
            "spec.pools[0].gpu: is missing, and machine type g2.a100.2 has 2 x A100-80GB; say how"
                + " the GPUs are offered: gpu: {partitioning: {none: {}}} for whole GPUs"),
        new Row(
            "no GPUs to share",
            "{name: a, machineType: m1.large, replicas: 1, " + WHOLE + "}",
            "spec.pools[0].gpu: machine type m1.large has no GPU as far as Cloud wekeo says; remove"
                + " it, choose a machine type with GPUs, or have the platform team set gpu of the"
                + " machine type in the Cloud"));
  }

  static Stream<Row> sizes() {
    return Stream.of(
        new Row(
            "a type nobody knows the size of",
            "{name: a, machineType: m1.unknown, autoscale: {min: 0, max: 1}}",
            "spec.pools[0].autoscale: cpu and memory of machine type m1.unknown are not known, so"
                + " it cannot be autoscaled; the platform team must set both in spec.machineTypes"
                + " of Cloud wekeo"),
        new Row(
            "more zones than nodes",
            "{name: a, machineType: m1.large, autoscale: {min: 0, max: 1}, zones: [az1, az2]}",
            "spec.pools[0].autoscale.max: 1 is less than the 2 zones the nodes are spread over; set"
                + " it to at least 2, or name fewer zones"),
        new Row(
            "limits the wrong way round",
            "{name: a, machineType: m1.large, autoscale: {min: 5, max: 3}}",
            "spec.pools[0].autoscale.min: 5 is above max 3; set it to 3 or less"),
        new Row(
            "no CPU for the system",
            "{name: a, machineType: m1.large, replicas: 1, kubelet: {exclusiveCpus: true}}",
            "spec.pools[0].kubelet.reservedCpu: is missing, and exclusiveCpus needs CPU kept for"
                + " the system; set it, for example to 1"));
  }

  static Stream<Row> names() {
    return Stream.of(
        new Row(
            "the control plane's name",
            "{name: cp, machineType: m1.large, replicas: 1}",
            "spec.pools[0].name: machines of pool cp would be called like those of the control"
                + " plane; choose another name for the pool"),
        new Row(
            "another pool's part in a zone",
            "{name: a, machineType: m1.large, replicas: 2, zones: [az1, az2]}, {name: a-az2,"
                + " machineType: m1.large, replicas: 1}",
            "spec.pools[1].name: machines of pool a-az2 would be called like those of pool a in"
                + " zone az2; choose another name for the pool"));
  }

  private static String marked(String marks) {
    return "{name: a, machineType: m1.large, replicas: 1, " + marks + "}";
  }

  private static Row role(String role) {
    String label = "node-role.kubernetes.io/" + role;
    return new Row(
        "the role of the control plane",
        marked("labels: {" + label + ": ''}"),
        "spec.pools[0].labels["
            + label
            + "]: makes nodes pass for machines of the control plane, and what holds the cloud's"
            + " credentials would run on them; choose another role, for example"
            + " node-role.kubernetes.io/worker");
  }

  static Stream<Row> marks() {
    return Stream.of(
        new Row(
            "a label of ours",
            marked("labels: {isobar.dev/pool: b}"),
            "spec.pools[0].labels[isobar.dev/pool]: is set by Isobar; choose a label of your own"),
        new Row(
            "a label of Kubernetes' domains, which nodes may not set",
            marked("labels: {kubernetes.io/hostname: b}"),
            "spec.pools[0].labels[kubernetes.io/hostname]: Kubernetes does not let nodes set labels"
                + " of its own domains; choose a label of your own, or one under"
                + " node-role.kubernetes.io/ or node-restriction.kubernetes.io/"),
        role("control-plane"),
        role("master"),
        new Row(
            "a label that is none",
            marked("labels: {'a b': b}"),
            "spec.pools[0].labels[a b]: is not a valid key; write NAME or DOMAIN/NAME, the name of"
                + " letters, digits, dashes, dots and underscores, at most 63"),
        new Row(
            "a value that would end the list of labels",
            marked("labels: {a: 'b,c=d'}"),
            "spec.pools[0].labels[a]: is not a valid value; write letters, digits, dashes, dots and"
                + " underscores, at most 63, with a letter or digit at both ends"),
        new Row(
            "a taint of ours",
            marked("taints: [{key: nvidia.com/gpu, effect: NoSchedule}]"),
            "spec.pools[0].taints[0].key: nvidia.com/gpu is set by Isobar or Kubernetes; choose a"
                + " key of your own"),
        new Row(
            "the same taint twice",
            marked(
                "taints: [{key: a, effect: NoSchedule}, {key: a, value: b, effect: NoSchedule}]"),
            "spec.pools[0].taints[1]: is the second taint a of effect NoSchedule; keep one of"
                + " them"),
        new Row(
            "a taint that is none",
            marked("taints: [{key: a/b/c, effect: NoSchedule}]"),
            "spec.pools[0].taints[0].key: is not a valid key; write NAME or DOMAIN/NAME, the name"
                + " of letters, digits, dashes, dots and underscores, at most 63"),
        new Row(
            "a value that is none",
            marked("taints: [{key: a, value: '-', effect: NoSchedule}]"),
            "spec.pools[0].taints[0].value: is not a valid value; write letters, digits, dashes,"
                + " dots and underscores, at most 63, with a letter or digit at both ends"));
  }

  static Stream<Row> disks() {
    String disk =
        "disks: [{name: x, size: 1Gi, mountPath: %s}, {name: y, size: 1Gi, mountPath: %s}]";
    return Stream.of(
        new Row(
            "a folder of the node",
            marked(disk.formatted("/var/lib/kubelet/pods", "/b")),
            "spec.pools[0].disks[0].mountPath: /var/lib/kubelet/pods belongs to the node itself;"
                + " choose a folder of your own, for example /mnt/x"),
        new Row(
            "a folder that holds folders of the node",
            marked(disk.formatted("/a", "/var")),
            "spec.pools[0].disks[1].mountPath: /var belongs to the node itself; choose a folder of"
                + " your own, for example /mnt/y"),
        new Row(
            "the name of the machine's own disk",
            marked("disks: [{name: root, size: 1Gi, mountPath: /a}]"),
            "spec.pools[0].disks[0].name: root is the name of the disk the machine starts from;"
                + " choose another name, for example data"),
        new Row(
            "a disk of next to nothing",
            marked("disks: [{name: x, size: 1Ki, mountPath: /a}]"),
            "spec.pools[0].disks[0].size: 1Ki is no size of a disk; set it to 1Gi up to 64Ti"),
        new Row(
            "a disk larger than any",
            marked("rootDisk: {size: 9999999Pi}"),
            "spec.pools[0].rootDisk.size: 9999999Pi is no size of a disk; set it to 1Gi up to"
                + " 64Ti"),
        new Row(
            "two at one folder",
            marked(disk.formatted("/a", "/a")),
            "spec.pools[0].disks[1].mountPath: another disk is mounted at /a too; choose another"
                + " folder"));
  }

  @ParameterizedTest
  @MethodSource({"machines", "sizes", "names", "marks", "disks"})
  void isRefused(Row row) {
    assertThat(ManagementCluster.with("pools: [" + row.pools + "]").refusals())
        .as(row.reason)
        .containsExactly(row.sentence);
  }

  @Test
  void ourMachinesNeedCredentials() {
    assertThat(
            ManagementCluster.with(
                    "pools: [{name: a, machineType: g2.a100.2, replicas: 1, " + WHOLE + "}]")
                .cloud("providerConfigRef: null")
                .refusals())
        .containsExactly(
            "spec.pools[0].gpu: Cloud wekeo has no spec.providerConfigRef, and GPU machines are"
                + " made with it; the platform team must set it, or spec.clusterApi.gpuMachines of"
                + " the Cloud to Native");
  }

  @Test
  void aRefusalOfTheGpuPlannerNamesThePool() {
    assertThat(
            ManagementCluster.with(
                    "pools: [{name: a, machineType: g2.a100.2, replicas: 1, gpu: {partitioning:"
                        + " {mig: {layout: {1g.10gb: 8}}}}}]")
                .refusals())
        .singleElement()
        .asString()
        .startsWith("spec.pools[0].gpu.partitioning.mig.layout");
  }

  @Test
  void aShareOfAGpuIsNotDividedByMig() {
    assertThat(
            ManagementCluster.with(
                    "pools: [{name: a, machineType: g1.part, replicas: 1, gpu: {partitioning: {mig:"
                        + " {demand: [{memory: 20Gi, count: 1}]}}}}]")
                .cloud(
                    "machineTypes: [{name: m1.large}, {name: g1.part, gpu: {model: A100-80GB,"
                        + " count: 1, partition: 1/8}}]")
                .refusals())
        .containsExactly(
            "spec.pools[0].gpu.partitioning.mig: machine type g1.part has 1/8 of a GPU, and MIG"
                + " divides whole ones alone; set partitioning to none: {}, or choose a machine"
                + " type with whole GPUs");
  }

  @Test
  void norIsOneThatAFallbackHas() {
    assertThat(
            ManagementCluster.with(
                    "pools: [{name: a, machineTypes: [g1.whole, g1.part], replicas: 1, gpu:"
                        + " {partitioning: {mig: {demand: [{memory: 20Gi, count: 1}]}}}}]")
                .cloud(
                    "machineTypes: [{name: m1.large}, {name: g1.whole, gpu: {model: A100-80GB,"
                        + " count: 1}}, {name: g1.part, gpu: {model: A100-80GB, count: 1,"
                        + " partition: 1/8}}]")
                .refusals())
        .containsExactly(
            "spec.pools[0].gpu.partitioning.mig: machine type g1.part has 1/8 of a GPU, and MIG"
                + " divides whole ones alone; set partitioning to none: {}, or choose a machine"
                + " type with whole GPUs");
  }

  @Test
  void aRoleThatIsANameForPeopleIsTaken() {
    assertThat(
            ManagementCluster.with(
                    "pools: [" + marked("labels: {node-role.kubernetes.io/worker: ''}") + "]")
                .refusals())
        .isEmpty();
  }

  record Whim(String reason, String cloud, String sentence) {}

  static Stream<Whim> whims() {
    return Stream.of(
        new Whim(
            "the credentials of a cluster are taken away",
            "workloadCredentials: null",
            "Cloud wekeo: spec.workloadCredentials: is missing, and the cluster already uses it;"
                + " the platform team must set it again"));
  }

  @ParameterizedTest
  @MethodSource("whims")
  void aCloudThatTakesAwayWhatAClusterUsesIsRefusedAndNothingChanges(Whim row) {
    var cluster =
        ManagementCluster.with(
            "pools: [{name: a, machineType: g2.a100.2, replicas: 1, " + WHOLE + "}]");
    cluster.settle();
    assertThat(cluster.cloud(row.cloud).refusals()).as(row.reason).containsExactly(row.sentence);
  }

  @Test
  void aCloudThatLosesItsBalancerRefusesNobodyWhoHasOne() {
    var cluster = ManagementCluster.with("controlPlane: {replicas: 3}");
    cluster.settle();
    assertThat(cluster.cloud("network: {loadBalancer: None}").refusals()).isEmpty();
  }
}
