package dev.isobar.function.compose.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.ManagementCluster;
import dev.isobar.function.compose.Manifest;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fields are those of cluster-api-provider-aws 2.11. */
final class AwsMachineTemplateTest {
  private static final String METADATA =
      "instanceMetadataOptions: {httpTokens: required, httpPutResponseHopLimit: 2}\n";

  private static final String NODE =
      METADATA
          + """
          iamInstanceProfile: nodes.cluster-api-provider-aws.sigs.k8s.io
          sshKeyName: platform
          """;

  private static final String PLAIN =
      NODE
          + """
          instanceType: m6i.2xlarge
          ami: {id: ami-0135200000000000a}
          rootVolume: {size: 80, type: gp3, encrypted: true}
          """;

  record Row(String reason, String key, String claim, String cloud, String spec) {}

  private static Row paid(String reason, String capacity, String spec) {
    return new Row(
        reason,
        "pool.a.machines.",
        "pools: [{name: a, machineType: m6i.2xlarge, replicas: 1, capacity: " + capacity + "}]",
        "{}",
        PLAIN + spec);
  }

  static Stream<Row> rows() {
    return Stream.of(
        new Row(
            "a control plane with disks and a placement group",
            "control-plane.machines.",
            """
            nodes: {sshKey: lab}
            controlPlane:
              rootDisk: {size: 50Gi, type: gp2}
              etcd: {disk: {size: 20000Mi}}
              serverGroup: apart
            """,
            "clusterApi: {instanceProfiles: {controlPlane: head, nodes: node}}",
            METADATA
                + """
                instanceType: m6i.xlarge
                ami: {id: ami-0135200000000000a}
                iamInstanceProfile: head
                sshKeyName: lab
                placementGroupName: apart
                rootVolume: {size: 50, type: gp2, encrypted: true}
                nonRootVolumes:
                - {deviceName: /dev/sdf, size: 20, type: gp3, encrypted: true}
                """),
        new Row(
            "nodes without a key, as nobody has one; of a type whose disk the Cloud knows",
            "pool.a.machines.",
            """
            pools:
            - name: a
              machineType: m6i.2xlarge
              replicas: 1
              disks: [{name: x, size: 100Gi, mountPath: /x}, {name: y, size: 1Ti, type: st1, mountPath: /y}]
            """,
            "{sshKey: null, machineTypes: [{name: m6i.xlarge}, {name: m6i.2xlarge, disk: 60Gi}]}",
            METADATA
                + """
                instanceType: m6i.2xlarge
                ami: {id: ami-0135200000000000a}
                iamInstanceProfile: nodes.cluster-api-provider-aws.sigs.k8s.io
                sshKeyName: ''
                rootVolume: {size: 60, type: gp3, encrypted: true}
                nonRootVolumes:
                - {deviceName: /dev/sdf, size: 100, type: gp3, encrypted: true}
                - {deviceName: /dev/sdg, size: 1024, type: st1, encrypted: true}
                """),
        new Row(
            "GPU nodes, made by Cluster API's provider",
            "pool.g.machines.",
            "pools: [{name: g, machineType: p5.48xlarge, replicas: 1, zones: [eu-central-1b],"
                + " rootDisk: {size: 200Gi}, gpu: {partitioning: {none: {}}}}]",
            "clusterApi: {gpuMachines: Native}",
            NODE
                + """
                instanceType: p5.48xlarge
                ami: {id: ami-0135200000000000b}
                rootVolume: {size: 200, type: gp3, encrypted: true}
                """),
        paid("by use", "{}", ""),
        paid("what is left over", "{model: Spot}", "marketType: Spot\n"),
        paid(
            "what is left over, up to a price",
            "{model: Spot, maxPrice: '1.25'}",
            "marketType: Spot\nspotMarketOptions: {maxPrice: '1.25'}\n"),
        paid(
            "a capacity block",
            "{model: Block, reservationId: cr-0123456789abcdef0}",
            "marketType: CapacityBlock\ncapacityReservationId: cr-0123456789abcdef0\n"),
        paid(
            "one reservation",
            "{model: Reserved, reservationId: cr-0123456789abcdef0}",
            "capacityReservationId: cr-0123456789abcdef0\n"),
        paid(
            "any reservation",
            "{model: Reserved}",
            "capacityReservationPreference: CapacityReservationsOnly\n"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isAsItsProviderHasIt(Row row) {
    ManagementCluster cluster = Ec2Lab.with(row.claim).cloud(row.cloud);
    Tree template = Tree.of(cluster.composed(key(cluster, row.key)));
    assertThat(
            template.at("apiVersion").text().orElse("")
                + " "
                + template.at("kind").text().orElse(""))
        .isEqualTo("infrastructure.cluster.x-k8s.io/v1beta2 AWSMachineTemplate");
    assertThat(template.at("spec").plain())
        .as(row.reason)
        .isEqualTo(Manifest.plain("template:\n  spec:\n" + row.spec.indent(4)));
  }

  private static String key(ManagementCluster cluster, String prefix) {
    return cluster.keys().stream().filter(one -> one.startsWith(prefix)).findFirst().orElseThrow();
  }

  /** A template never changes, so whoever pays otherwise gets other machines. */
  @Test
  void paymentIsPartOfTheTemplatesName() {
    String pool = "pools: [{name: a, machineType: m6i.2xlarge, replicas: 1%s}]";
    String byUse = key(Ec2Lab.with(pool.formatted("")), "pool.a.machines.");
    String spot = key(Ec2Lab.with(pool.formatted(", capacity: {model: Spot}")), "pool.a.machines.");
    assertThat(spot).isNotEqualTo(byUse);
  }

  /**
   * GPU nodes of our own provider.
   *
   * @param pool how they are paid for and where they stand
   * @param disk what the Cloud says of their type's
   * @param spec what its machines have besides those of any other pool
   */
  record Own(String reason, String pool, String disk, String spec) {}

  static Stream<Own> own() {
    return Stream.of(
        new Own(
            "a capacity block, together in a placement group",
            "zones: [eu-central-1b], serverGroup: training, capacity: {model: Block, reservationId:"
                + " cr-0123456789abcdef0}",
            "",
            """
            rootDisk: {size: 80Gi, type: gp3}
            zones: [eu-central-1b]
            placementGroup: training
            capacity: {model: Block, reservationId: cr-0123456789abcdef0}
            """),
        new Own(
            "what is left over, up to a price, wherever it is",
            "capacity: {model: Spot, maxPrice: '12.50'}",
            "",
            """
            rootDisk: {size: 80Gi, type: gp3}
            zones: [eu-central-1a, eu-central-1b, eu-central-1c]
            capacity: {model: Spot, maxPrice: '12.50'}
            """),
        new Own(
            "disks as those of other nodes: what the Cloud says, and gp3",
            "zones: [eu-central-1b], disks: [{name: x, size: 100Gi, mountPath: /x},"
                + " {name: y, size: 1Ti, type: st1, mountPath: /y}]",
            ", disk: 300Gi",
            """
            rootDisk: {size: 300Gi, type: gp3}
            disks:
            - {name: x, size: 100Gi, type: gp3, mountPath: /x}
            - {name: y, size: 1Ti, type: st1, mountPath: /y}
            zones: [eu-central-1b]
            """),
        new Own(
            "a root disk as the claim has it",
            "zones: [eu-central-1b], rootDisk: {size: 200Gi, type: gp2}",
            ", disk: 300Gi",
            """
            rootDisk: {size: 200Gi, type: gp2}
            zones: [eu-central-1b]
            """));
  }

  /** Whoever makes the machines, they are the cluster's to the cloud controller. */
  @ParameterizedTest
  @MethodSource("own")
  void machinesOfOurOwnProviderKnowAsMuch(Own row) {
    ManagementCluster cluster =
        Ec2Lab.with(
                "pools: [{name: g, machineTypes: [p4d.24xlarge], autoscale: {min: 0, max: 2}, gpu:"
                    + " {partitioning: {mig: {layout: {1g.5gb: 7}}}}, "
                    + row.pool
                    + "}]")
            .cloud(
                "machineTypes: [{name: m6i.xlarge, cpu: 4, memory: 16Gi}, {name: p4d.24xlarge,"
                    + " cpu: 96, memory: 1152Gi, scarce: true, gpu: {model: A100-40GB, count: 8}"
                    + row.disk
                    + "}]");
    Map<String, Object> object = cluster.composed(key(cluster, "pool.g.machines."));
    assertThat(Tree.of(object).at("kind").text()).contains("GpuMachineTemplate");
    assertThat(Tree.of(object).at("spec", "template", "spec").plain())
        .as(row.reason)
        .isEqualTo(
            Manifest.plain(
                """
                providerConfigRef: {kind: ClusterProviderConfig, name: research}
                machineTypes: [p4d.24xlarge]
                image: {id: ami-0135200000000000b}
                sshKey: platform
                instanceProfile: nodes.cluster-api-provider-aws.sigs.k8s.io
                tags: {isobar-cluster: eo-lab-f4bd8, isobar-pool: g, kubernetes.io/cluster/eo-lab-f4bd8: owned}
                expectedResources: {nvidia.com/mig-1g.5gb: 56}
                encryptedDisks: true
                """
                    + row.spec));
  }
}
