package dev.isobar.function.compose.plan;

import dev.isobar.apis.compute.LoadBalancer;
import dev.isobar.apis.decode.Encoder;
import dev.isobar.apis.platform.Api;
import dev.isobar.apis.platform.GpuOperator;
import dev.isobar.apis.platform.Network;
import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.apis.platform.Security;
import java.util.Map;
import java.util.Set;

/**
 * Refuses what only a control plane of our own has, where EKS runs it: nothing would come of it.
 * Fields that are as the schema fills them in cannot be told from those nobody wrote.
 */
final class KubeadmFields {
  /** Those that mean something, and zones, which are refused on EC2 altogether. */
  private static final Set<String> MANAGED = Set.of("kind", "managed", "zones");

  private static final String HEAD = "spec.controlPlane.";
  private static final String NETWORK = "spec.network.";
  private static final String REMOVE = "remove it";

  /** The port of EKS, and the one that the schema fills in. */
  private static final Set<Integer> PORTS = Set.of(443, Ec2Checks.API_PORT);

  /** What is said of fields of the control plane; of all others that it has no machines of ours. */
  private static final Map<String, String> PROBLEMS =
      Map.of(
          "replicas",
          "EKS has as many API servers as it thinks fit",
          "etcd",
          "the database is EKS's own",
          "certificateNames",
          "EKS writes the certificate, for the one name it gives the API",
          "apiServerFlags",
          "EKS sets the flags of its API servers itself");

  private static final Map<String, String> REMEDIES =
      Map.of(
          "apiServerFlags",
          "remove it; logs are asked for by controlPlane.managed.logs, login by security.oidc");

  private final PlatformClusterSpec spec;
  private final Mistakes mistakes;

  KubeadmFields(PlatformClusterSpec spec, Mistakes mistakes) {
    this.spec = spec;
    this.mistakes = mistakes;
  }

  void check() {
    for (String field : Encoder.onlySet(spec.controlPlane()).keySet()) {
      refuse(
          !MANAGED.contains(field),
          HEAD + field,
          PROBLEMS.getOrDefault(field, "the control plane of EKS has no machines of yours"),
          REMEDIES.getOrDefault(field, REMOVE));
    }
    checkNetwork(spec.network());
    checkApi(spec.network().api());
    checkSecurity(spec.security());
    checkDriver(spec.addons().gpuOperator());
  }

  private void checkNetwork(Network network) {
    Set<String> set = Encoder.onlySet(network).keySet();
    refuse(
        set.contains("podCidr"),
        NETWORK + "podCidr",
        "on EKS pods have addresses of the nodes' network",
        "remove it, and make network.nodeCidr wide enough for pods, for example 10.8.0.0/16");
    refuse(
        set.contains("cni"),
        NETWORK + "cni",
        network.cni() + " is not what EKS has: its pod network is AWS's own, VPC CNI",
        REMOVE);
    refuse(
        set.contains("serviceDomain"),
        NETWORK + "serviceDomain",
        network.serviceDomain() + " is not the domain of Services on EKS",
        "remove it: it is cluster.local");
  }

  private void checkApi(Api api) {
    refuse(
        api.loadBalancer().filter(LoadBalancer.NLB::equals).isPresent(),
        NETWORK + "api.loadBalancer",
        "EKS brings its own",
        REMOVE);
    refuse(
        !PORTS.contains(api.port()),
        NETWORK + "api.port",
        api.port() + " is not the port of EKS",
        "remove it: it is 443");
    refuse(
        !api.publicAddress() && !api.allowedCidrs().isEmpty(),
        NETWORK + "api.allowedCidrs",
        "is of the public address, and with publicAddress: false there is none",
        "remove it: only the network of the nodes reaches the API");
  }

  private void checkSecurity(Security security) {
    refuse(
        !Encoder.onlySet(security.podSecurity()).isEmpty(),
        "spec.security.podSecurity",
        "EKS keeps its own default, which forbids pods nothing",
        "remove it, and label namespaces with pod-security.kubernetes.io/enforce");
    refuse(
        security.encryptionConfiguration().isPresent(),
        "spec.security.encryptionConfiguration",
        "EKS encrypts Secrets itself",
        "remove it, or name a key of KMS in controlPlane.managed.secretsKey");
  }

  private void checkDriver(GpuOperator operator) {
    operator
        .driverVersion()
        .ifPresent(version ->
            refuse(
                true,
                "spec.addons.gpuOperator.driverVersion",
                version + " would not be used: images of EKS nodes bring the driver",
                REMOVE));
  }

  private void refuse(boolean is, String path, String problem, String remedy) {
    if (is) {
      mistakes.add(path, problem, remedy);
    }
  }
}
