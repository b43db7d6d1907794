package dev.isobar.function.compose.capi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.ManagementCluster;
import dev.isobar.function.compose.Manifest;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole objects, with the fields of Cluster API 1.13 and later, contract v1beta2. */
final class ClusterApiObjectsTest {
  private static final String META =
      """
      metadata:
        name: eo-lab-f4bd8
        namespace: eo4eu
        labels: {isobar.dev/cluster: eo-lab-f4bd8, cluster.x-k8s.io/cluster-name: eo-lab-f4bd8}
      """;

  private static final String POOL =
      """
      pools:
      - name: g
        machineTypes: [g2.a100.2, g2b.a100.2]
        autoscale: {min: 1, max: 4}
        gpu: {partitioning: {mig: {layout: {1g.10gb: 3, 2g.20gb: 2}}}}
        disks: [{name: scratch, size: 100Gi, mountPath: /scratch}]
        labels: {tier: x, node-role.kubernetes.io/lab: ""}
        zones: [az2, az1]
        serverGroup: together
        healthCheck: {startupTimeout: 45m, unreadyTimeout: 90s, maxUnhealthy: "2"}
      """;

  private static final String POOL_LABELS =
      """
      metadata: {labels: {isobar.dev/pool: g}}
      """;

  /** The object of the key, or of the only key that begins so. */
  private static SortedMap<String, Object> object(ManagementCluster cluster, String key) {
    String whole =
        cluster.keys().stream()
            .filter(one -> one.equals(key) || (key.endsWith(".") && one.startsWith(key)))
            .findFirst()
            .orElseThrow();
    return cluster.composed(whole);
  }

  private static Map<String, Object> expected(String overlay) {
    return expected(overlay, "{}");
  }

  private static Map<String, Object> expected(String overlay, String more) {
    Map<String, Object> merged = Manifest.merged(Manifest.merged(Manifest.of(META), overlay), more);
    return Manifest.object(Tree.of(merged).plain());
  }

  @Test
  void cluster() {
    assertThat(object(ManagementCluster.with("{}"), "cluster"))
        .isEqualTo(
            expected(
                """
                apiVersion: cluster.x-k8s.io/v1beta2
                kind: Cluster
                metadata:
                  annotations:
                    isobar.dev/fixed: |-
                      cloud=wekeo
                      cloud.loadBalancer=OVN
                      cloud.region=RegionOne
                      controlPlane.kind=Kubeadm
                      network.api.address=
                      network.api.loadBalancer=OVN
                      network.api.port=6443
                      network.api.publicAddress=true
                      network.cni=Cilium
                      network.existing.network=
                      network.existing.router=
                      network.existing.subnet=
                      network.mtu=
                      network.nodeCidr=10.8.0.0/20
                      network.podCidr=172.16.0.0/13
                      network.serviceCidr=172.24.0.0/13
                      network.serviceDomain=cluster.local
                  finalizers: [cluster.cluster.x-k8s.io]
                spec:
                  clusterNetwork:
                    apiServerPort: 6443
                    pods: {cidrBlocks: [172.16.0.0/13]}
                    services: {cidrBlocks: [172.24.0.0/13]}
                    serviceDomain: cluster.local
                  controlPlaneRef: {apiGroup: controlplane.cluster.x-k8s.io, kind: KubeadmControlPlane, name: eo-lab-f4bd8-cp}
                  infrastructureRef: {apiGroup: infrastructure.cluster.x-k8s.io, kind: OpenStackCluster, name: eo-lab-f4bd8}
                """));
  }

  @Test
  void controlPlane() {
    String files =
        """
        files:
        - path: /etc/kubernetes/isobar/admission.yaml
          owner: root:root
          permissions: "0644"
          content: |
            apiVersion: apiserver.config.k8s.io/v1
            kind: AdmissionConfiguration
            plugins:
              - name: PodSecurity
                configuration:
                  apiVersion: pod-security.admission.config.k8s.io/v1
                  kind: PodSecurityConfiguration
                  defaults:
                    enforce: baseline
                    enforce-version: latest
                    audit: restricted
                    audit-version: latest
                    warn: restricted
                    warn-version: latest
                  exemptions:
                    usernames: []
                    runtimeClasses: []
                    namespaces: [calico-apiserver, calico-system, gpu-operator, kube-system, monitoring, projectsveltos, tigera-operator]
        """;
    String node =
        """
        nodeRegistration:
          name: "{{ local_hostname }}"
          kubeletExtraArgs:
          - {name: cloud-provider, value: external}
          - {name: provider-id, value: "openstack://RegionOne/'{{ instance_id }}'"}
        """;
    String spec =
        """
        apiVersion: controlplane.cluster.x-k8s.io/v1beta2
        kind: KubeadmControlPlane
        metadata:
          name: eo-lab-f4bd8-cp
          annotations: {isobar.dev/content-hash: 3ed30cfb}
        spec:
          replicas: 3
          version: v1.35.2
          machineTemplate:
            spec:
              infrastructureRef: {apiGroup: infrastructure.cluster.x-k8s.io, kind: OpenStackMachineTemplate, name: eo-lab-f4bd8-cp-9e514c36}
              deletion: {nodeDrainTimeoutSeconds: 300, nodeVolumeDetachTimeoutSeconds: 300}
          remediation: {maxRetry: 3, retryPeriodSeconds: 1200, minHealthyPeriodSeconds: 3600}
          rollout:
            before: {certificatesExpiryDays: 30}
            strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1}}
          kubeadmConfigSpec:
            clusterConfiguration:
              apiServer:
                extraArgs:
                - {name: admission-control-config-file, value: /etc/kubernetes/isobar/admission.yaml}
                extraVolumes:
                - {name: isobar, hostPath: /etc/kubernetes/isobar, mountPath: /etc/kubernetes/isobar, readOnly: true, pathType: DirectoryOrCreate}
              controllerManager: {extraArgs: [{name: cloud-provider, value: external}]}
              etcd:
                local:
                  extraArgs:
                  - {name: election-timeout, value: "5000"}
                  - {name: heartbeat-interval, value: "500"}
                  - {name: quota-backend-bytes, value: "4294967296"}
        """;
    String config =
        "initConfiguration:\n" + node.indent(2) + "joinConfiguration:\n" + node.indent(2) + files;
    assertThat(object(ManagementCluster.with("{}"), "control-plane"))
        .isEqualTo(expected(spec + config.indent(4)));
  }

  @Test
  void machineDeployment() {
    assertThat(object(ManagementCluster.with(POOL), "pool.g"))
        .isEqualTo(
            expected(
                """
                apiVersion: cluster.x-k8s.io/v1beta2
                kind: MachineDeployment
                metadata:
                  name: eo-lab-f4bd8-g
                  labels: {cluster.x-k8s.io/deployment-name: eo-lab-f4bd8-g}
                  annotations:
                    capacity.cluster-autoscaler.kubernetes.io/cpu: "24"
                    capacity.cluster-autoscaler.kubernetes.io/ephemeral-disk: 100Gi
                    capacity.cluster-autoscaler.kubernetes.io/labels: isobar.dev/pool=g,kubernetes.io/arch=amd64,kubernetes.io/os=linux,node-role.kubernetes.io/lab=,nvidia.com/mig.config=mig-bd12f978,tier=x
                    capacity.cluster-autoscaler.kubernetes.io/memory: 240Gi
                    capacity.cluster-autoscaler.kubernetes.io/taints: nvidia.com/gpu=:NoSchedule
                    cluster.x-k8s.io/autoscaling-options-scaledowngpuutilizationthreshold: "0.0001"
                    cluster.x-k8s.io/autoscaling-options-scaledownutilizationthreshold: "0.0001"
                    cluster.x-k8s.io/cluster-api-autoscaler-node-group-max-size: "4"
                    cluster.x-k8s.io/cluster-api-autoscaler-node-group-min-size: "1"
                spec:
                  clusterName: eo-lab-f4bd8
                  selector:
                    matchLabels: {cluster.x-k8s.io/cluster-name: eo-lab-f4bd8, cluster.x-k8s.io/deployment-name: eo-lab-f4bd8-g}
                  rollout: {strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 0, maxUnavailable: 1}}}
                  template:
                    metadata:
                      annotations: {isobar.dev/node-startup-timeout: 2700s}
                      labels:
                        cluster.x-k8s.io/cluster-name: eo-lab-f4bd8
                        cluster.x-k8s.io/deployment-name: eo-lab-f4bd8-g
                        isobar.dev/pool: g
                        node-role.kubernetes.io/lab: ""
                    spec:
                      clusterName: eo-lab-f4bd8
                      version: v1.35.2
                      bootstrap: {configRef: {apiGroup: bootstrap.cluster.x-k8s.io, kind: KubeadmConfigTemplate, name: eo-lab-f4bd8-g-bootstrap-7460e067}}
                      infrastructureRef: {apiGroup: infrastructure.isobar.dev, kind: GpuMachineTemplate, name: eo-lab-f4bd8-g-2b5dd469}
                      deletion: {nodeDrainTimeoutSeconds: 86400, nodeVolumeDetachTimeoutSeconds: 300}
                """,
                POOL_LABELS));
  }

  @Test
  void bootstrapTemplate() {
    Map<String, Object> object = object(ManagementCluster.with(POOL), "pool.g.bootstrap.");
    assertThat(String.valueOf(object))
        .as("formats the disk")
        .contains("path=/usr/local/sbin/isobar-mount-disk, permissions=0755");
    assertThat(Manifest.merged(object, "spec: {template: {spec: {files: null}}}"))
        .isEqualTo(
            expected(
                """
                apiVersion: bootstrap.cluster.x-k8s.io/v1beta2
                kind: KubeadmConfigTemplate
                metadata:
                  name: eo-lab-f4bd8-g-bootstrap-7460e067
                  annotations: {isobar.dev/gpu-config: '{"mig":[{"devices":"all","mig-devices":{"1g.10gb":3,"2g.20gb":2},"mig-enabled":true}]}'}
                spec:
                  template:
                    spec:
                      joinConfiguration:
                        nodeRegistration:
                          name: "{{ local_hostname }}"
                          kubeletExtraArgs:
                          - {name: cloud-provider, value: external}
                          - {name: node-labels, value: "isobar.dev/pool=g,nvidia.com/mig.config=mig-bd12f978,tier=x"}
                          - {name: provider-id, value: "openstack://RegionOne/'{{ instance_id }}'"}
                          taints:
                          - {key: nvidia.com/gpu, effect: NoSchedule}
                          - {key: isobar.dev/gpu-not-ready, effect: NoSchedule}
                      preKubeadmCommands: [/usr/local/sbin/isobar-mount-disk scratch /scratch 100]
                """,
                POOL_LABELS));
  }

  @Test
  void gpuMachineTemplate() {
    assertThat(object(ManagementCluster.with(POOL), "pool.g.machines."))
        .isEqualTo(
            expected(
                """
                apiVersion: infrastructure.isobar.dev/v1alpha1
                kind: GpuMachineTemplate
                metadata:
                  name: eo-lab-f4bd8-g-2b5dd469
                  annotations: {isobar.dev/architecture: amd64}
                spec:
                  template:
                    spec:
                      providerConfigRef: {kind: ClusterProviderConfig, name: wekeo}
                      machineTypes: [g2.a100.2, g2b.a100.2]
                      image: {name: kube-1.35.2-gpu}
                      disks: [{name: scratch, size: 100Gi, mountPath: /scratch}]
                      zones: [az2, az1]
                      sshKey: platform
                      placementGroup: together
                      tags: {isobar-cluster: eo-lab-f4bd8, isobar-pool: g}
                      expectedResources: {nvidia.com/mig-1g.10gb: 6, nvidia.com/mig-2g.20gb: 4}
                """,
                POOL_LABELS));
  }

  @Test
  void healthChecks() {
    ManagementCluster cluster = ManagementCluster.with(POOL);
    String check =
        """
        apiVersion: cluster.x-k8s.io/v1beta2
        kind: MachineHealthCheck
        metadata: {name: eo-lab-f4bd8-%s}
        spec:
          clusterName: eo-lab-f4bd8
          selector: {matchLabels: {cluster.x-k8s.io/cluster-name: eo-lab-f4bd8, %s}}
          checks:
            nodeStartupTimeoutSeconds: %d
            unhealthyNodeConditions:
            - {type: Ready, status: "False", timeoutSeconds: %4$d}
            - {type: Ready, status: Unknown, timeoutSeconds: %4$d}
          remediation: {triggerIf: {unhealthyLessThanOrEqualTo: %5$s}}
        """;
    assertThat(object(cluster, "control-plane.health"))
        .isEqualTo(
            expected(check.formatted("cp", "cluster.x-k8s.io/control-plane: ''", 1800, 300, "1")));
    assertThat(object(cluster, "pool.g.health"))
        .isEqualTo(
            expected(
                check.formatted(
                    "g", "cluster.x-k8s.io/deployment-name: eo-lab-f4bd8-g", 0, 90, "2"),
                POOL_LABELS));
    assertThat(
            ManagementCluster.with(
                    "{controlPlane: {healthCheck: {enabled: false}}, pools: [{name: a, machineType:"
                        + " m1.large, replicas: 1, healthCheck: {enabled: false}}]}")
                .keys())
        .as("switched off")
        .noneMatch(key -> key.endsWith(".health"));
  }

  record Brake(String reason, String pool, int now, String limit) {}

  static Stream<Brake> brakes() {
    return Stream.of(
        new Brake("one node", "replicas: 1", 1, "1"),
        new Brake("two nodes, of which 40% is none", "replicas: 2", 2, "1"),
        new Brake("three nodes, of which 40% is one", "replicas: 3", 3, "40%"),
        new Brake("each zone for itself", "replicas: 4, zones: [az1, az2]", 2, "1"),
        new Brake("autoscaled, and small now", "autoscale: {min: 0, max: 9}", 2, "1"),
        new Brake("autoscaled, and big now", "autoscale: {min: 0, max: 9}", 5, "40%"),
        new Brake("as the user has it", "replicas: 2, healthCheck: {maxUnhealthy: 40%}", 2, "40%"));
  }

  @ParameterizedTest
  @MethodSource("brakes")
  void poolsHealAndBrake(Brake row) {
    ManagementCluster cluster =
        ManagementCluster.with("pools: [{name: a, machineType: m1.large, " + row.pool + "}]");
    cluster.settle();
    String key =
        cluster.keys().stream()
            .filter(one -> one.matches("pool\\.a.*\\.health"))
            .findFirst()
            .orElseThrow();
    cluster.reported(key.replace(".health", ""), "spec: {replicas: " + row.now + "}");
    assertThat(object(cluster, key).toString())
        .as(row.reason)
        .contains("unhealthyLessThanOrEqualTo=" + row.limit + "}");
  }

  record Audit(String reason, String flags, boolean written) {}

  static Stream<Audit> audits() {
    return Stream.of(
        new Audit("nobody asked", "v: '2'", false),
        new Audit("to the log of the API server", "audit-log-path: '-'", true));
  }

  @ParameterizedTest
  @MethodSource("audits")
  void auditingHasAPolicyAsNothingIsLoggedWithout(Audit row) {
    String file = "/etc/kubernetes/isobar/audit.yaml";
    Tree config =
        Tree.of(
                ManagementCluster.with("controlPlane: {apiServerFlags: {" + row.flags + "}}")
                    .composed("control-plane"))
            .at("spec", "kubeadmConfigSpec");
    assertThat(
            config.at("files").items().stream()
                .anyMatch(one -> one.at("path").text().filter(file::equals).isPresent()))
        .as(row.reason)
        .isEqualTo(row.written);
    assertThat(
            config.at("clusterConfiguration", "apiServer", "extraArgs").items().stream()
                .anyMatch(one -> one.at("value").text().filter(file::equals).isPresent()))
        .as(row.reason)
        .isEqualTo(row.written);
  }
}
