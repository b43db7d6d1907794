package dev.isobar.function.compose.addon;

import dev.isobar.apis.compute.LoadBalancer;
import dev.isobar.apis.compute.WorkloadCredentials;
import dev.isobar.function.compose.plan.ClusterPlan;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The Secret {@code cloud-config} inside a cluster. Only Sveltos sees the credentials: the function
 * emits a template that copies {@code clouds.yaml} and {@code cacert} from the Cloud's Secret,
 * still encoded, beside a cloud.conf without any.
 */
final class CloudConfig {
  /** What the template calls the Cloud's Secret. */
  static final String IDENTIFIER = "Credentials";

  private static final String TEMPLATE =
      """
      {{- $data := (getResource "%s").data -}}
      {{- if not (index $data "clouds.yaml") }}{{ fail "the Cloud's workload credentials have no key clouds.yaml" }}{{ end -}}
      apiVersion: v1
      kind: Secret
      metadata:
        name: %s
        namespace: kube-system
      type: Opaque
      data:
        clouds.yaml: {{ index $data "clouds.yaml" | quote }}
      {{- if index $data "cacert" }}
        cacert: {{ index $data "cacert" | quote }}
        cloud.conf: "%s"
      {{- else }}
        cloud.conf: "%s"
      {{- end }}
      """;

  private CloudConfig() {}

  static SortedMap<String, Object> objects(ClusterPlan plan, WorkloadCredentials credentials) {
    var objects = new TreeMap<String, Object>();
    objects.put(
        "cloud-config.yaml",
        TEMPLATE.formatted(
            IDENTIFIER,
            CloudController.SECRET,
            encoded(text(plan, credentials, true)),
            encoded(text(plan, credentials, false))));
    return objects;
  }

  static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(ClusterPlan plan, WorkloadCredentials credentials, boolean authority) {
    var text = new StringBuilder("[Global]\n");
    line(text, "use-clouds", "true");
    line(text, "clouds-file", "/etc/config/clouds.yaml");
    line(text, "cloud", quoted(credentials.cloudName()));
    line(text, "region", quoted(plan.controlPlane().region()));
    if (authority) {
      line(text, "ca-file", "/etc/config/cacert");
    }
    text.append("\n[LoadBalancer]\n");
    loadBalancer(text, plan);
    text.append("\n[BlockStorage]\n");
    // Zones of volumes and of machines are different things in most clouds.
    line(text, "ignore-volume-az", "true");
    return text.toString();
  }

  private static void loadBalancer(StringBuilder text, ClusterPlan plan) {
    // The Cloud's balancer serves the Services, whatever stands in front of the API.
    LoadBalancer balancer = plan.controlPlane().serviceBalancer();
    if (balancer == LoadBalancer.None) {
      line(text, "enabled", "false");
      return;
    }
    if (balancer == LoadBalancer.OVN) {
      line(text, "lb-provider", "ovn");
      line(text, "lb-method", "SOURCE_IP_PORT");
    } else {
      line(text, "lb-provider", "amphora");
    }
    plan.controlPlane()
        .externalNetwork()
        .ifPresent(id -> line(text, "floating-network-id", quoted(id)));
    line(text, "create-monitor", "true");
  }

  private static void line(StringBuilder text, String key, String value) {
    text.append(key).append('=').append(value).append('\n');
  }

  private static String quoted(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
