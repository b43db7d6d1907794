package dev.isobar.function.compose.ec2;

import dev.isobar.function.compose.ManagementCluster;
import dev.isobar.function.compose.Manifest;

/** A claim on a Cloud of EC2. */
public final class Ec2Lab {
  /** A Cloud with three zones, two minors, and machine types of every sort. */
  public static final String CLOUD =
      """
      provider: EC2
      region: eu-central-1
      clusterApi: {identityRef: {kind: AWSClusterRoleIdentity, name: research}}
      providerConfigRef: {name: research}
      sshKey: platform
      zones: [eu-central-1a, eu-central-1b, eu-central-1c]
      images:
      - {kubernetes: 1.34.6, id: ami-0134600000000000a}
      - {kubernetes: 1.35.2, id: ami-0135200000000000a}
      - {kubernetes: 1.35.2, id: ami-0135200000000000b, purpose: gpu}
      machineTypes:
      - {name: m6i.xlarge, cpu: 4, memory: 16Gi}
      - {name: m6i.2xlarge, cpu: 8, memory: 32Gi}
      - {name: m7g.xlarge, cpu: 4, memory: 16Gi, architecture: arm64}
      - {name: p4d.24xlarge, cpu: 96, memory: 1152Gi, scarce: true, gpu: {model: A100-40GB, count: 8}}
      - {name: p5.48xlarge, cpu: 192, memory: 2048Gi, scarce: true, zones: [eu-central-1b], gpu: {model: H100-80GB, count: 8}}
      """;

  private static final String CLAIM = "controlPlane: {machineType: m6i.xlarge}\n";

  private Ec2Lab() {}

  /** Claim eo-lab of namespace eo4eu with this YAML laid over the least a claim on EC2 can say. */
  public static ManagementCluster with(String claim) {
    return ManagementCluster.with(CLAIM).cloud(Manifest.of(CLOUD)).claim(claim);
  }
}
