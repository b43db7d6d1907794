package dev.isobar.apis.platform;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Items;
import dev.isobar.apis.schema.Key;
import java.util.List;

/** What is installed into a cluster besides what it cannot do without. */
@Doc(
    "What is installed into the cluster. Pod network, cloud controller and volumes come by"
        + " themselves, the GPU Operator as soon as a pool has GPUs.")
public record Addons(
    @Doc("Metrics for kubectl top and horizontal autoscaling.") @Default("true")
        boolean metricsServer,
    @Doc("Prometheus, Alertmanager and Grafana (kube-prometheus-stack).") @Default("false")
        boolean monitoring,
    @Doc("Certificates from ACME and other issuers (cert-manager).") @Default("false")
        boolean certManager,
    @Doc("Way in for HTTP: Traefik, or None.") @Default("\"None\"") Ingress ingress,
    @Doc("The NVIDIA GPU Operator.") @Default("{}") GpuOperator gpuOperator,
    @Doc("Volumes of the cloud.") @Default("{}") Volumes volumes,
    @Doc("Further charts and manifests of your own.") @Key("name") @Items(max = 40) @Default("[]")
        List<ExtraAddon> extra) {
  /** The ingress controller; spelled as in the API. */
  public enum Ingress {
    None,
    Traefik
  }
}
