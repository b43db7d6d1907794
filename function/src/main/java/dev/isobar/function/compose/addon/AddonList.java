package dev.isobar.function.compose.addon;

import dev.isobar.apis.platform.ExtraAddon;
import dev.isobar.apis.platform.Network.Cni;
import dev.isobar.function.compose.plan.AddonName;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.Keys;
import dev.isobar.function.compose.sveltos.Addon;
import dev.isobar.function.compose.sveltos.Chart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All add-ons of a cluster, in the order they are listed to users. */
public final class AddonList {
  private AddonList() {}

  /**
   * The add-ons of a plan.
   *
   * @param gpuNodes the nodes that need the GPU Operator
   */
  public static List<Addon> of(ClusterPlan plan, GpuNodes gpuNodes) {
    List<Addon> addons = new ArrayList<>();
    PodNetwork.of(plan).ifPresent(addons::add);
    addons.addAll(ofCloud(plan));
    MetricsServerAddon.of(plan).ifPresent(addons::add);
    MonitoringAddon.of(plan, gpuNodes.any()).ifPresent(addons::add);
    CertManagerAddon.of(plan).ifPresent(addons::add);
    GatewayApiAddon.of(plan).ifPresent(addons::add);
    IngressAddon.of(plan).ifPresent(addons::add);
    ExternalDnsAddon.of(plan).ifPresent(addons::add);
    NodeProblemDetectorAddon.of(plan).ifPresent(addons::add);
    addons.addAll(ShareAddons.of(plan));
    KueueAddon.of(plan).ifPresent(addons::add);
    BackupAddon.of(plan).ifPresent(addons::add);
    if (gpuNodes.any()) {
      addons.add(GpuOperatorAddon.of(plan, gpuNodes.configs(), gpuNodes.taints()));
    }
    addons.replaceAll(addon -> ClaimedValues.over(addon, plan.spec().addons().values()));
    plan.spec().addons().extra().forEach(extra -> addons.add(extra(plan, extra)));
    return addons;
  }

  private static List<Addon> ofCloud(ClusterPlan plan) {
    return switch (plan.cloud().spec().provider()) {
      case OpenStack ->
          Stream.of(CloudController.of(plan), CloudVolumes.of(plan))
              .flatMap(Optional::stream)
              .toList();
      case EC2 ->
          plan.managed()
              ? List.of(EbsVolumes.of(plan))
              : List.of(AwsCloudController.of(plan), EbsVolumes.of(plan));
    };
  }

  /** What pods that need a network wait for; nothing when claim or cloud bring their own. */
  public static List<String> afterNetwork(ClusterPlan plan) {
    return plan.managed() || plan.spec().network().cni() == Cni.None
        ? List.of()
        : List.of(AddonName.CNI.text());
  }

  private static Addon extra(ClusterPlan plan, ExtraAddon extra) {
    List<String> before = extra.dependsOn().isEmpty() ? afterNetwork(plan) : extra.dependsOn();
    Addon addon =
        extra
            .chart()
            .map(chart ->
                Addon.chart(
                    extra.name(),
                    new Chart(
                        chart.repository(),
                        chart.name(),
                        chart.version(),
                        extra.name(),
                        extra.namespace()),
                    chart.values()))
            .orElseGet(() -> Addon.objects(extra.name(), manifests(extra)));
    return addon.after(before);
  }

  private static SortedMap<String, Object> manifests(ExtraAddon extra) {
    var objects = new TreeMap<String, Object>();
    objects.put(Keys.MANIFESTS, extra.manifests().orElse(""));
    return objects;
  }
}
