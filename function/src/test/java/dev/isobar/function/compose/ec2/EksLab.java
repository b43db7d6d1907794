package dev.isobar.function.compose.ec2;

import dev.isobar.function.compose.ManagementCluster;
import dev.isobar.function.compose.Manifest;
import java.util.Map;

/** A claim whose control plane EKS runs. */
public final class EksLab {
  private static final String CLOUD =
      """
      clusterApi:
        gpuMachines: Native
        eks:
          versions:
          - kubernetes: '1.34'
            addons:
            - {name: vpc-cni, version: v1.20.4-eksbuild.1}
            - {name: kube-proxy, version: v1.34.0-eksbuild.5}
            - {name: coredns, version: v1.12.3-eksbuild.1}
          - kubernetes: '1.35'
            addons:
            - {name: vpc-cni, version: v1.21.1-eksbuild.3}
            - {name: kube-proxy, version: v1.35.0-eksbuild.2}
            - {name: coredns, version: v1.13.2-eksbuild.1, configuration: '{"replicaCount":3}'}
      """;

  private static final String CLAIM = "controlPlane: {kind: Managed, machineType: null}\n";

  private EksLab() {}

  /** Claim eo-lab of namespace eo4eu with this YAML laid over the least a claim can say. */
  public static ManagementCluster with(String claim) {
    return ManagementCluster.with(CLAIM).cloud(cloud()).claim(claim);
  }

  /** The Cloud of EC2, with two versions of EKS. */
  public static Map<String, Object> cloud() {
    return Manifest.merged(Manifest.of(Ec2Lab.CLOUD), CLOUD);
  }
}
