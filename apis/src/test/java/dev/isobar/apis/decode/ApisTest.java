package dev.isobar.apis.decode;

import static dev.isobar.apis.decode.Written.sentences;
import static dev.isobar.apis.decode.Written.valid;
import static dev.isobar.apis.decode.Written.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.CloudSpec;
import dev.isobar.apis.infrastructure.GpuMachineSpec;
import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.apis.settings.Settings;
import dev.isobar.apis.tree.Tree;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What users of the real APIs write. */
final class ApisTest {
  private static final String CLAIM =
      """
      cloud: wekeo
      version: "1.35"
      controlPlane: {kind: Kubeadm, replicas: 3, machineType: m1.large}
      network: {podCidr: 172.16.0.0/13, serviceCidr: 172.24.0.0/13, cni: Cilium}
      pools:
        - {name: general, machineType: m1.large, autoscale: {min: 2, max: 10}, labels: {}, taints: [], zones: []}
        - name: a100
          machineTypes: [g2.a100.2, g2b.a100.2]
          autoscale: {min: 0, max: 4}
          gpu: {partitioning: {mig: {layout: {1g.10gb: 3, 2g.20gb: 2}}}}
      addons: {monitoring: true, certManager: true, ingress: Traefik, extra: []}
      """;

  private static final String CLOUD =
      """
      provider: OpenStack
      region: RegionOne
      allowedNamespaces: {}
      providerConfigRef: {kind: ClusterProviderConfig, name: wekeo}
      clusterApi:
        identityRef: {kind: OpenStackClusterIdentity, name: wekeo, cloudName: openstack}
        gpuMachines: Isobar
      workloadCredentials: {secretRef: {namespace: clouds, name: wekeo-workload}}
      network: {externalNetwork: {name: public}, dnsServers: [9.9.9.9], loadBalancer: OVN}
      sshKey: platform
      zones: [az1, az2]
      images:
        - {kubernetes: 1.35.2, name: ubuntu-2404-kube-v1.35.2}
        - {kubernetes: 1.34.6, id: 5f1d0a3e, architecture: arm64, purpose: gpu}
      machineTypes:
        - {name: m1.large, cpu: 8, memory: 32Gi, disk: 40Gi}
        - {name: g2.a100.2, cpu: 32, memory: 240Gi, gpu: {vendor: NVIDIA, model: A100-80GB, count: 2}, scarce: true}
      """;

  @Test
  void aClaimKeepsWhatWasSet() {
    PlatformClusterSpec spec =
        valid(Decoder.of(PlatformClusterSpec.class).decode(yaml(CLAIM), "spec"));
    assertThat(Encoder.onlySet(spec))
        .isEqualTo(
            yaml("""
            cloud: wekeo
            version: "1.35"
            controlPlane: {machineType: m1.large}
            pools:
              - {name: general, machineType: m1.large, autoscale: {min: 2, max: 10}}
              - name: a100
                machineTypes: [g2.a100.2, g2b.a100.2]
                autoscale: {min: 0, max: 4}
                gpu: {partitioning: {mig: {layout: {1g.10gb: 3, 2g.20gb: 2}}}}
            addons: {monitoring: true, certManager: true, ingress: Traefik}
            """)
                .plain());
  }

  @Test
  void aCloudIsReadWhole() {
    assertThat(
            valid(Decoder.of(CloudSpec.class).decode(yaml(CLOUD), "Cloud wekeo: spec"))
                .machineTypes())
        .hasSize(2);
  }

  @Test
  void settingsMayBeMissing() {
    Settings settings = valid(Decoder.of(Settings.class).decode(Tree.absent(), "settings"));
    assertThat(Encoder.onlySet(settings)).isEmpty();
  }

  @Test
  void aGpuMachineIsWrittenWithItsDefaults() {
    GpuMachineSpec spec =
        valid(
            Decoder.of(GpuMachineSpec.class)
                .decode(
                    yaml(
                        "{providerConfigRef: {name: wekeo}, machineTypes: [a], image: {id: x},"
                            + " rootDisk: {size: 80Gi}}"),
                    "spec"));
    assertThat(Encoder.everything(spec))
        .isEqualTo(
            yaml("""
            providerConfigRef: {kind: ClusterProviderConfig, name: wekeo}
            machineTypes: [a]
            image: {id: x}
            rootDisk: {size: 80Gi}
            """)
                .plain());
  }

  record Slip(String reason, String right, String wrong, String mistake) {
    @Override
    public String toString() {
      return reason;
    }
  }

  static Stream<Slip> slips() {
    return Stream.of(
        new Slip(
            "YAML takes a minor for a number",
            "version: \"1.35\"",
            "version: 1.35",
            "spec.version: is the number 1.35; put it in quotes so that it is a string"),
        new Slip(
            "a fallback list under the name of the single type",
            "machineTypes: [g2.a100.2, g2b.a100.2]",
            "machineType: [g2.a100.2, g2b.a100.2]",
            "spec.pools[1].machineType: is a list; write a string"),
        new Slip(
            "both sizes of a pool",
            "autoscale: {min: 2, max: 10}",
            "replicas: 2, autoscale: {min: 2, max: 10}",
            "spec.pools[0]: replicas and autoscale are set together; keep exactly one of them"),
        new Slip(
            "two pools of one name",
            "name: a100",
            "name: general",
            "spec.pools[1].name: \"general\" is already the name of spec.pools[0]; give each"
                + " element a name of its own"),
        new Slip(
            "the CNI in lower case",
            "cni: Cilium",
            "cni: cilium",
            "spec.network.cni: \"cilium\" is not allowed; did you mean Cilium? allowed: Cilium,"
                + " Calico and None"),
        new Slip(
            "no slices",
            "layout: {1g.10gb: 3, 2g.20gb: 2}",
            "layout: {1g.10gb: 0}",
            "spec.pools[1].gpu.partitioning.mig.layout[1g.10gb]: 0 is too low; the least that is"
                + " allowed is 1"),
        new Slip(
            "an address without a range",
            "podCidr: 172.16.0.0/13",
            "podCidr: 172.16.0.0",
            "spec.network.podCidr: \"172.16.0.0\" is not allowed; it must be a range of IPv4"
                + " addresses such as 10.8.0.0/20"));
  }

  @ParameterizedTest
  @MethodSource("slips")
  void slipsAreNamed(Slip slip) {
    assertThat(CLAIM).contains(slip.right());
    assertThat(
            sentences(
                Decoder.of(PlatformClusterSpec.class)
                    .decode(yaml(CLAIM.replace(slip.right(), slip.wrong())), "spec")))
        .contains(slip.mistake());
  }
}
