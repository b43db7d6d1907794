package dev.isobar.testbed.build;

import java.util.Locale;

/** What is built together, from one go.mod; in the order in which they need each other. */
public enum Part {
  ETCD,
  KUBERNETES,
  HELM,
  CROSSPLANE,
  CLUSTER_API,
  CLUSTER_API_OPENSTACK,
  CLUSTER_API_AWS,
  SVELTOS,
  CROSSPLANE_CLI,
  /** A registry of images. */
  REGISTRY,
  /** NVIDIA's readers of GPU configurations, and a program of ours that asks them. */
  NVIDIA,
  /** What tools that install out of Git read; none of them runs here. */
  GITOPS;

  /** Core's manager of roles has no flag for its metrics, which would take the port 8080. */
  private static final String WITHOUT_METRICS =
      "-X sigs.k8s.io/controller-runtime/pkg/metrics/server.DefaultBindAddress=0";

  /** Without NVIDIA's driver there is nothing to bind to, and nothing is called of it. */
  private static final String WITHOUT_DRIVER = "'-extldflags=-Wl,-z,lazy'";

  /** Its folder among the recipes and the beginning of that in the cache. */
  String folder() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The linker's flags that tell the programs their version. */
  String linkerFlags(String version) {
    return switch (this) {
      case KUBERNETES -> "-s -w " + kubernetesVersion(version);
      case CROSSPLANE -> "-s -w " + crossplaneVersion(version) + " " + WITHOUT_METRICS;
      case CROSSPLANE_CLI -> "-s -w " + crossplaneVersion(version);
      case ETCD,
          HELM,
          CLUSTER_API,
          CLUSTER_API_OPENSTACK,
          CLUSTER_API_AWS,
          SVELTOS,
          REGISTRY,
          GITOPS ->
          "-s -w";
      case NVIDIA -> "-s -w " + WITHOUT_DRIVER;
    };
  }

  /** Whether Go needs a C compiler for it: NVIDIA's library for its driver is bound that way. */
  boolean bindsToC() {
    return this == NVIDIA;
  }

  /** Without it packages that ask for a version of core are refused. */
  private static String crossplaneVersion(String version) {
    return "-X github.com/crossplane/crossplane-runtime/v2/pkg/version.version=" + version;
  }

  /** Without these the API server refuses to start: it cannot tell what to emulate. */
  private static String kubernetesVersion(String version) {
    String[] numbers = version.substring(1).split("\\.", -1);
    String component = "-X k8s.io/component-base/version.";
    return "%sgitVersion=%s %sgitMajor=%s %sgitMinor=%s -X k8s.io/client-go/pkg/version.gitVersion=%s"
        .formatted(component, version, component, numbers[0], component, numbers[1], version);
  }
}
