package dev.isobar.function.compose.addon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.ManagementCluster;
import dev.isobar.function.compose.Manifest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept and shown of measurements, and what of the kernel's messages. */
final class ObservationAddonsTest {
  @Test
  void monitoringKeepsWhatTheClaimSaysAndShowsGpus() {
    ManagementCluster cluster = ServiceAddonsTest.services();
    assertThat(
            ServiceAddonsTest.values(cluster, "monitoring")
                .at("prometheus", "prometheusSpec")
                .plain())
        .isEqualTo(
            Tree.of(
                    Manifest.of(
                        """
                        retention: 2592000s
                        serviceMonitorSelectorNilUsesHelmValues: false
                        podMonitorSelectorNilUsesHelmValues: false
                        ruleSelectorNilUsesHelmValues: false
                        probeSelectorNilUsesHelmValues: false
                        scrapeConfigSelectorNilUsesHelmValues: false
                        storageSpec:
                          volumeClaimTemplate:
                            spec:
                              accessModes: [ReadWriteOnce]
                              storageClassName: fast
                              resources: {requests: {storage: 200Gi}}
                        """))
                .plain());
    assertThat(
            ServiceAddonsTest.values(cluster, "monitoring")
                .at("alertmanager", "alertmanagerSpec")
                .plain())
        .isEqualTo(
            Manifest.plain("{configSecret: alertmanager-receivers, useExistingSecret: true}"));
    String dashboard = ServiceAddonsTest.object(cluster, "monitoring", "gpu-dashboard.yaml");
    assertThat(dashboard)
        .contains("grafana_dashboard: \"1\"", "DCGM_FI_PROF_GR_ENGINE_ACTIVE")
        .doesNotContain("{{");
    assertThat(
            ServiceAddonsTest.values(cluster, "gpu-operator")
                .at("dcgmExporter", "serviceMonitor")
                .plain())
        .isEqualTo(Manifest.plain("{enabled: true}"));
    assertThat(ManagementCluster.with("addons: {monitoring: true}").keys())
        .as("no GPUs, nothing to show")
        .doesNotContain("addon.monitoring.config");
  }

  @Test
  void addonsAreMeasuredWhoseChartsServeMeasurements() {
    List<String> measured =
        ServiceAddonsTest.values(ServiceAddonsTest.services(), "monitoring")
            .at("prometheus", "additionalPodMonitors")
            .items()
            .stream()
            .map(monitor ->
                monitor.at("name").text().orElse("")
                    + ": "
                    + monitor.at("namespaceSelector", "matchNames").plain()
                    + " "
                    + monitor.at("selector", "matchLabels").plain()
                    + " "
                    + monitor.at("podMetricsEndpoints").plain())
            .toList();
    assertThat(measured)
        .containsExactly(
            "cert-manager: [cert-manager] {app.kubernetes.io/instance=cert-manager}"
                + " [{port=http-metrics}]",
            "external-dns: [external-dns] {app.kubernetes.io/name=external-dns} [{port=http}]",
            "node-problem-detector: [kube-system]"
                + " {app.kubernetes.io/name=node-problem-detector} [{port=exporter}]",
            "traefik: [traefik] {app.kubernetes.io/name=traefik} [{port=metrics}]",
            "velero: [velero] {app.kubernetes.io/name=velero} [{port=http-monitoring}]");
    assertThat(
            ServiceAddonsTest.values(
                    ManagementCluster.with("addons: {monitoring: true}"), "monitoring")
                .at("prometheus", "additionalPodMonitors")
                .exists())
        .as("whether something is measured that is not there")
        .isFalse();
  }

  @Test
  void errorsOfGpusMarkTheirNodes() {
    Tree values = ServiceAddonsTest.values(ServiceAddonsTest.services(), "node-problem-detector");
    assertThat(values.at("tolerations").plain()).isEqualTo(Manifest.plain("[{operator: Exists}]"));
    String monitor =
        values
            .at("settings", "custom_monitor_definitions", "nvidia-xid-monitor.json")
            .text()
            .orElseThrow();
    String line = "NVRM: Xid (PCI:0000:3b:00): 79, pid=1234, GPU has fallen off the bus.";
    List<String> reasons =
        Tree.of(Manifest.of(monitor)).at("rules").items().stream()
            .filter(rule -> line.matches(".*" + rule.at("pattern").text().orElse("")))
            .map(rule -> rule.at("reason").text().orElse(""))
            .toList();
    assertThat(reasons).containsExactly("NvidiaXid", "GpuFellOffTheBus");
  }
}
