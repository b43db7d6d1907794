package dev.isobar.function.compose.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.ManagementCluster;
import dev.isobar.function.compose.Manifest;
import dev.isobar.function.contract.Answer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A cluster whose control plane EKS runs: its nodes, its add-ons, its life. */
final class EksClusterTest {
  private static final String POOL =
      "pools: [{name: a, machineType: m6i.2xlarge, autoscale: {min: 0, max: 4}, taints: [{key:"
          + " example.org/only, value: eo, effect: NoSchedule}]}]";

  private static final String GPUS =
      "pools: [{name: g, machineType: p4d.24xlarge, replicas: 1, gpu: {partitioning: {mig: {layout:"
          + " {1g.5gb: 7}}}}}]";

  private static Tree composed(ManagementCluster cluster, String key) {
    return Tree.of(cluster.composed(key));
  }

  private static String key(ManagementCluster cluster, String prefix) {
    return cluster.keys().stream().filter(one -> one.startsWith(prefix)).findFirst().orElseThrow();
  }

  private static Object template(ManagementCluster cluster, String prefix) {
    return composed(cluster, key(cluster, prefix)).at("spec", "template", "spec").plain();
  }

  @Test
  void consistsOfThePartsThatEksHas() {
    assertThat(EksLab.with("{}").keys())
        .containsExactly(
            "addon.metrics-server",
            "addon.volumes",
            "cleanup",
            "cluster",
            "control-plane",
            "infrastructure",
            "sessions");
  }

  @Test
  void clusterRefersToWhatItsProviderMakes() {
    assertThat(composed(EksLab.with("{}"), "cluster").at("spec").plain())
        .isEqualTo(
            Manifest.plain(
                """
                clusterNetwork: {services: {cidrBlocks: [172.24.0.0/13]}, serviceDomain: cluster.local}
                controlPlaneRef: {apiGroup: controlplane.cluster.x-k8s.io, kind: AWSManagedControlPlane, name: eo-lab-f4bd8-cp}
                infrastructureRef: {apiGroup: infrastructure.cluster.x-k8s.io, kind: AWSManagedCluster, name: eo-lab-f4bd8}
                """));
    assertThat(composed(EksLab.with("{}"), "infrastructure").at("spec").fields()).isEmpty();
  }

  @Test
  void theAutoscalerIsToldOfTheRootDiskThatNodesGet() {
    assertThat(
            composed(EksLab.with(POOL), "pool.a")
                .at("metadata", "annotations")
                .at("capacity.cluster-autoscaler.kubernetes.io/ephemeral-disk")
                .text())
        .contains("80Gi");
  }

  @Test
  void nodesJoinByNodeadm() {
    assertThat(template(EksLab.with(POOL), "pool.a.bootstrap."))
        .isEqualTo(
            Manifest.plain(
                """
                kubelet:
                  flags: ['--node-labels=isobar.dev/pool=a']
                  config:
                    registerWithTaints: [{key: example.org/only, value: eo, effect: NoSchedule}]
                """));
  }

  @Test
  void whatNodesAreGivenStandsThereBeforeNodeadmRuns() {
    ManagementCluster cluster =
        EksLab.with(
            """
            nodes:
              timeServers: [ntp.example.org]
              kubelet: {maxPods: 60}
              registryMirrors: [{registry: docker.io, endpoints: ['https://mirror.example.org']}]
              trustedAuthorities: [{name: corp, certificate: '%s'}]
            pools: [{name: a, machineType: m6i.2xlarge, replicas: 1, disks: [{name: scratch, size: 100Gi, mountPath: /scratch}]}]
            """
                .formatted(ManagementCluster.CERTIFICATE));
    Tree spec = Tree.of(template(cluster, "pool.a.bootstrap."));
    assertThat(spec.at("kubelet", "config").plain()).isEqualTo(Manifest.plain("{maxPods: 60}"));
    assertThat(spec.at("ntp").plain())
        .isEqualTo(Manifest.plain("{enabled: true, servers: [ntp.example.org]}"));
    assertThat(texts(spec.at("files"), "path"))
        .containsExactly(
            "/etc/isobar/ca/corp.crt",
            "/etc/containerd/certs.d/docker.io/hosts.toml",
            "/usr/local/sbin/isobar-mount-disk");
    assertThat(spec.at("preNodeadmCommands").items().stream().flatMap(one -> one.text().stream()))
        .hasSize(2)
        .noneMatch(command -> command.contains("containerd"))
        .contains("/usr/local/sbin/isobar-mount-disk scratch /scratch 100");
  }

  private static List<String> texts(Tree list, String field) {
    return list.items().stream().flatMap(one -> one.at(field).text().stream()).toList();
  }

  record Machines(String reason, String claim, String cloud, String ami) {}

  static Stream<Machines> machines() {
    String arm = "pools: [{name: a, machineType: m7g.xlarge, replicas: 1}]";
    String pinned =
        "clusterApi: {eks: {versions: [{kubernetes: '1.35', addons: [{name: vpc-cni, version: v1},"
            + " {name: coredns, version: v1}, {name: kube-proxy, version: v1}], images: [{id:"
            + " ami-0123456789abcdef0}]}]}}";
    return Stream.of(
        new Machines(
            "the newest that AWS recommends", POOL, "{}", "eksLookupType: AmazonLinux2023"),
        new Machines("the same for arm64", arm, "{}", "eksLookupType: AmazonLinux2023"),
        new Machines("one with the driver", GPUS, "{}", "eksLookupType: AmazonLinux2023GPU"),
        new Machines("one of the Cloud's", POOL, pinned, "id: ami-0123456789abcdef0"),
        new Machines("which lacks the driver", GPUS, pinned, "eksLookupType: AmazonLinux2023GPU"));
  }

  @ParameterizedTest
  @MethodSource("machines")
  void machinesHaveImagesOfTheirKind(Machines row) {
    ManagementCluster cluster = EksLab.with(row.claim).cloud(row.cloud);
    String prefix = row.claim.contains("name: g") ? "pool.g.machines." : "pool.a.machines.";
    Tree machine = Tree.of(template(cluster, prefix));
    assertThat(machine.at("ami").plain()).isEqualTo(Manifest.plain("{" + row.ami + "}"));
    assertThat(machine.at("cloudInit").plain())
        .isEqualTo(Manifest.plain("{insecureSkipSecretsManager: true}"));
    assertThat(machine.at("uncompressedUserData").truth()).contains(true);
    assertThat(machine.at("instanceMetadataOptions", "httpTokens").text()).contains("required");
  }

  @Test
  void deploymentsHaveAVersionThatClusterApiTakes() {
    Tree spec = composed(EksLab.with(POOL), "pool.a").at("spec", "template", "spec");
    assertThat(spec.at("version").text()).contains("v1.35.0");
    assertThat(spec.at("bootstrap", "configRef", "kind").text()).contains("NodeadmConfigTemplate");
  }

  /** Driver and container toolkit are on the images, and EKS's API servers reach pods. */
  @Test
  void theGpuOperatorBringsNeitherDriverNorToolkit() {
    Tree profile = composed(EksLab.with(GPUS), "addon.gpu-operator");
    Tree values =
        Tree.of(
            Manifest.plain(
                profile
                    .at("spec", "helmCharts")
                    .items()
                    .getFirst()
                    .at("values")
                    .text()
                    .orElse("")));
    assertThat(values.at("driver", "enabled").truth()).contains(false);
    assertThat(values.at("toolkit", "enabled").truth()).contains(false);
    assertThat(profile.at("spec", "dependsOn").exists()).isFalse();
  }

  @Test
  void volumesAreMadeWithTheRoleOfTheCloud() {
    ManagementCluster cluster =
        EksLab.with("{}")
            .cloud("clusterApi: {eks: {volumesRole: 'arn:aws:iam::111122223333:role/ebs'}}");
    Tree values =
        Tree.of(
            Manifest.plain(
                composed(cluster, "addon.volumes")
                    .at("spec", "helmCharts")
                    .items()
                    .getFirst()
                    .at("values")
                    .text()
                    .orElse("")));
    assertThat(values.at("controller").plain())
        .isEqualTo(
            Manifest.plain(
                """
                region: eu-central-1
                k8sTagClusterId: eo-lab-f4bd8
                replicaCount: 2
                serviceAccount: {annotations: {eks.amazonaws.com/role-arn: 'arn:aws:iam::111122223333:role/ebs'}}
                """));
  }

  @Test
  void comesToRestAsEksHasIt() {
    ManagementCluster cluster = EksLab.with(POOL);
    Tree status = Tree.of(cluster.settle().status());
    assertThat(status.at("stage").text()).contains("Ready");
    assertThat(status.at("version").text()).contains("1.35");
    assertThat(status.at("controlPlane").exists()).isFalse();
    assertThat(status.at("availableUpgrades").items()).isEmpty();
    var _ =
        cluster.reported(
            "cluster", "spec: {controlPlaneEndpoint: {host: 'https://0A.eks.example', port: 443}}");
    assertThat(Tree.of(cluster.composed().status()).at("endpoint").text())
        .contains("https://0A.eks.example:443");
  }

  private static String condition(Answer.Composed composed, String type) {
    return composed.conditions().stream()
        .filter(one -> one.type().equals(type))
        .map(one -> one.status() + " " + one.reason() + ": " + one.message())
        .findFirst()
        .orElse("");
  }

  @Test
  void nodesFollowTheControlPlaneWithItsAddons() {
    ManagementCluster cluster = EksLab.with("version: '1.34'\n" + POOL);
    assertThat(Tree.of(cluster.settle().status()).at("availableUpgrades").plain())
        .isEqualTo(List.of("1.35"));
    cluster.claim("version: '1.35'");
    var _ = cluster.reconcile();
    var _ = cluster.reported("control-plane", "status: {version: '1.34'}");
    Answer.Composed rolling = cluster.reconcile();
    assertThat(condition(rolling, "Upgrading"))
        .isEqualTo("TRUE ControlPlane: the control plane is brought to 1.35");
    assertThat(composed(cluster, "control-plane").at("spec", "version").text()).contains("v1.35");
    assertThat(texts(composed(cluster, "control-plane").at("spec", "addons"), "version"))
        .contains("v1.34.0-eksbuild.5");
    assertThat(composed(cluster, "pool.a").at("spec", "template", "spec", "version").text())
        .contains("v1.34.0");
    var _ = cluster.reported("control-plane", "status: {version: '1.35'}");
    assertThat(texts(composed(cluster, "control-plane").at("spec", "addons"), "version"))
        .as("add-ons once the control plane is there")
        .contains("v1.35.0-eksbuild.2");
    assertThat(composed(cluster, "pool.a").at("spec", "template", "spec", "version").text())
        .as("and nodes in the same answer")
        .contains("v1.35.0");
    Answer.Composed done = cluster.settle();
    assertThat(condition(done, "Upgrading")).isEqualTo("FALSE UpToDate: everything runs 1.35");
    assertThat(composed(cluster, "pool.a").at("spec", "template", "spec", "version").text())
        .contains("v1.35.0");
    assertThat(texts(composed(cluster, "control-plane").at("spec", "addons"), "version"))
        .contains("v1.35.0-eksbuild.2");
  }

  static Stream<Trouble> blocked() {
    String refused =
        "{type: EKSControlPlaneReady, status: 'False', message: 'UpdateClusterVersion: access"
            + " denied'}";
    String brought = "TRUE ControlPlane: the control plane is brought to 1.35";
    return Stream.of(
        new Trouble("EKS is to begin", "[]", brought),
        new Trouble(
            "EKS refuses it",
            "[" + refused + "]",
            brought + "; not ready: EKSControlPlaneReady: UpdateClusterVersion: access denied"),
        new Trouble(
            "EKS is at it",
            "[{type: EKSControlPlaneUpdating, status: 'True'}, " + refused + "]",
            brought));
  }

  @ParameterizedTest
  @MethodSource("blocked")
  void anUpgradeSaysWhyItDoesNotGoOn(Trouble row) {
    ManagementCluster cluster = EksLab.with("version: '1.34'");
    var _ = cluster.settle();
    var _ = cluster.claim("version: '1.35'").reconcile();
    var _ =
        cluster.reported(
            "control-plane", "status: {version: '1.34', conditions: " + row.status + "}");
    assertThat(condition(cluster.composed(), "Upgrading")).as(row.reason).isEqualTo(row.condition);
  }

  record Trouble(String reason, String status, String condition) {}

  static Stream<Trouble> troubles() {
    return Stream.of(
        new Trouble(
            "the API works, an add-on does not",
            "addons: [{name: coredns, status: DEGRADED, issues: [{message: no nodes}]}]",
            "TRUE Weakened: the Kubernetes API works, but EKS add-on coredns is DEGRADED: no nodes;"
                + " the platform team must act if it is not replaced or back soon"),
        new Trouble(
            "the provider's own words",
            "conditions: [{type: EKSAddonsConfigured, status: 'False', message: no such version}]",
            "TRUE Weakened: the Kubernetes API works, but EKSAddonsConfigured: no such version; the"
                + " platform team must act if it is not replaced or back soon"),
        new Trouble(
            "an update breaks off what comes after it",
            "conditions: [{type: EKSControlPlaneUpdating, status: 'True'}, {type:"
                + " EKSAddonsConfigured, status: 'False', message: no such version}]",
            "TRUE Available: the Kubernetes API works"),
        new Trouble(
            "no API any more",
            "{ready: false, failureMessage: EKS cluster in unexpected FAILED state}",
            "FALSE Degraded: EKS cluster in unexpected FAILED state"));
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void tellsWhatDoesNotWork(Trouble row) {
    ManagementCluster cluster = EksLab.with("{}");
    var _ = cluster.settle();
    var _ =
        cluster.reported(
            "control-plane",
            row.status.startsWith("{") ? "status: " + row.status : "status:\n  " + row.status);
    assertThat(condition(cluster.composed(), "ControlPlaneReady")).isEqualTo(row.condition);
  }

  @Test
  void saysWhatIsWaitedFor() {
    ManagementCluster cluster = EksLab.with("{}");
    var _ = cluster.reconcile();
    var _ =
        cluster.reported(
            "control-plane",
            "status: {conditions: [{type: VpcReady, status: 'False', message: VpcLimitExceeded}]}");
    var _ =
        cluster.reported("cluster", "status: {initialization: {infrastructureProvisioned: true}}");
    assertThat(condition(cluster.composed(), "ControlPlaneReady"))
        .isEqualTo("FALSE Provisioning: VpcReady: VpcLimitExceeded");
  }

  /** Another text asks for the newest image: machines are made anew, which look it up. */
  @Test
  void anotherImageRevisionReplacesNodes() {
    ManagementCluster cluster = EksLab.with(POOL);
    var _ = cluster.settle();
    String before = key(cluster, "pool.a.machines.");
    cluster.claim("imageRevision: september");
    assertThat(cluster.keys().stream().filter(key -> key.startsWith("pool.a.machines.")))
        .contains(before)
        .hasSize(2);
    var _ = cluster.settle();
    assertThat(key(cluster, "pool.a.machines.")).isNotEqualTo(before);
    assertThat(cluster.refusals()).isEmpty();
  }
}
