package dev.isobar.apis.generate;

import dev.isobar.apis.compute.Cloud;
import dev.isobar.apis.compute.ClusterCleanup;
import dev.isobar.apis.compute.ClusterProviderConfig;
import dev.isobar.apis.compute.Instance;
import dev.isobar.apis.compute.ProviderConfig;
import dev.isobar.apis.compute.ProviderConfigUsage;
import dev.isobar.apis.infrastructure.GpuMachine;
import dev.isobar.apis.infrastructure.GpuMachineTemplate;
import dev.isobar.apis.platform.PlatformCluster;
import dev.isobar.apis.settings.Settings;
import dev.isobar.apis.workspace.GpuWorkspace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files that are made from the records. */
final class Deliverables {
  private static final String COMPUTE = "compute.isobar.dev";
  private static final String INFRASTRUCTURE = "infrastructure.isobar.dev";
  private static final String PLATFORM = "platform.isobar.dev";

  private static final Kind CLOUD = new Kind(COMPUTE, "Cloud", Cloud.class);
  private static final Kind INSTANCE = new Kind(COMPUTE, "Instance", Instance.class);
  private static final Kind PROVIDER_CONFIG =
      new Kind(COMPUTE, "ProviderConfig", ProviderConfig.class);
  private static final Kind CLUSTER_PROVIDER_CONFIG =
      new Kind(COMPUTE, "ClusterProviderConfig", ClusterProviderConfig.class);
  private static final Kind PROVIDER_CONFIG_USAGE =
      new Kind(COMPUTE, "ProviderConfigUsage", ProviderConfigUsage.class);
  private static final Kind CLUSTER_CLEANUP =
      new Kind(COMPUTE, "ClusterCleanup", ClusterCleanup.class);
  private static final Kind GPU_MACHINE = new Kind(INFRASTRUCTURE, "GpuMachine", GpuMachine.class);
  private static final Kind GPU_MACHINE_TEMPLATE =
      new Kind(INFRASTRUCTURE, "GpuMachineTemplate", GpuMachineTemplate.class);
  private static final Kind PLATFORM_CLUSTER =
      new Kind(PLATFORM, "PlatformCluster", PlatformCluster.class);
  private static final Kind GPU_WORKSPACE = new Kind(PLATFORM, "GpuWorkspace", GpuWorkspace.class);
  private static final Kind SETTINGS =
      new Kind("isobar.fn.crossplane.io", "Settings", Settings.class);

  /** Their components' documentation is that of the records they are of. */
  static final List<Class<? extends Record>> ROOTS =
      List.of(
          CLOUD.type(),
          INSTANCE.type(),
          PROVIDER_CONFIG.type(),
          CLUSTER_PROVIDER_CONFIG.type(),
          PROVIDER_CONFIG_USAGE.type(),
          CLUSTER_CLEANUP.type(),
          GPU_MACHINE.type(),
          GPU_MACHINE_TEMPLATE.type(),
          PLATFORM_CLUSTER.type(),
          GPU_WORKSPACE.type());

  static final Class<? extends Record> INPUT = SETTINGS.type();

  private Deliverables() {}

  /** Texts by path from the root of the checkout. */
  static SortedMap<String, String> all() {
    SortedMap<String, String> files = new TreeMap<>();
    files.put(
        "apis/clouds/crd.yaml", crd(CLOUD, "Cluster", Map.of(), List.of("isobar", "crossplane")));
    files.put("apis/instances/crd.yaml", managed(INSTANCE));
    files.put("apis/providerconfigs/crd.yaml", config(PROVIDER_CONFIG, "Namespaced"));
    files.put("apis/clusterproviderconfigs/crd.yaml", config(CLUSTER_PROVIDER_CONFIG, "Cluster"));
    files.put("apis/providerconfigusages/crd.yaml", config(PROVIDER_CONFIG_USAGE, "Namespaced"));
    files.put("apis/clustercleanups/crd.yaml", managed(CLUSTER_CLEANUP));
    files.put("apis/gpumachines/crd.yaml", machine(GPU_MACHINE));
    files.put("apis/gpumachinetemplates/crd.yaml", machine(GPU_MACHINE_TEMPLATE));
    files.put(
        "package/function/input/settings.yaml",
        text(SETTINGS.type(), YamlText.of(SETTINGS.inputCrd())));
    composite(files, PLATFORM_CLUSTER, "pcl");
    composite(files, GPU_WORKSPACE, "gws");
    return files;
  }

  private static String managed(Kind kind) {
    return crd(kind, "Namespaced", Map.of(), List.of("crossplane", "managed", "isobar"));
  }

  private static String config(Kind kind, String scope) {
    return crd(kind, scope, Map.of(), List.of("crossplane", "provider", "isobar"));
  }

  private static String machine(Kind kind) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("cluster.x-k8s.io/provider", "infrastructure-isobar");
    // Cluster API looks here for the versions of the kind that keep its contract v1beta2.
    labels.put("cluster.x-k8s.io/v1beta2", Kind.VERSION);
    return crd(kind, "Namespaced", labels, List.of("cluster-api", "isobar"));
  }

  private static String crd(
      Kind kind, String scope, Map<String, String> labels, List<String> categories) {
    return text(kind.type(), YamlText.of(kind.crd(scope, labels, categories)));
  }

  /** Both flavours of a composite. */
  private static void composite(Map<String, String> files, Kind kind, String shortName) {
    String folder = "apis/" + kind.plural() + "/";
    Kind composite = kind.named("X" + kind.name());
    files.put(
        folder + "definition.yaml",
        text(kind.type(), YamlText.of(composite.claimableXrd(kind, List.of(shortName)))));
    files.put(
        folder + "namespaced/definition.yaml",
        text(kind.type(), YamlText.of(kind.namespacedXrd(List.of(shortName)))));
    files.put(
        folder + "composition.yaml", text(SETTINGS.type(), PipelineText.of(composite, SETTINGS)));
    files.put(
        folder + "namespaced/composition.yaml",
        text(SETTINGS.type(), PipelineText.of(kind, SETTINGS)));
  }

  private static String text(Class<?> source, String yaml) {
    return """
    # Made from %s by the tests of apis; do not edit.
    # Make anew: mvn -pl apis test -Dtest=DeliverablesTest -Disobar.regenerate=true
    """
            .formatted(source.getName())
        + yaml;
  }
}
