package dev.isobar.apis.platform;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.FreeForm;
import dev.isobar.apis.schema.Items;
import dev.isobar.apis.schema.Key;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    @Doc(
            "The kinds of the Gateway API. With ingress Traefik, its class and a Gateway for HTTP,"
                + " traefik-gateway in namespace traefik, that HTTPRoutes of all namespaces may"
                + " use; without, for an implementation that extra brings.")
        @Default("false")
        boolean gatewayApi,
    @Doc("Records of a name server for Services, Ingresses and HTTPRoutes (external-dns).")
        Optional<ExternalDns> externalDns,
    @Doc("What monitoring keeps of its measurements.") @Default("{}") Prometheus prometheus,
    @Doc("Whom monitoring tells of trouble.") @Default("{}") Alertmanager alertmanager,
    @Doc(
            "Trouble that kernels report as conditions and events of nodes, XID errors of NVIDIA's"
                + " driver included (node-problem-detector).")
        @Default("false")
        boolean nodeProblemDetector,
    @Doc("Volumes that pods of many nodes write at the same time (ReadWriteMany).")
        Optional<SharedVolumes> sharedVolumes,
    @Doc("Queues for batch work and notebooks, with quotas (Kueue).") @Default("false")
        boolean kueue,
    @Doc("Backups of the cluster's objects and volumes (Velero).") Optional<Backup> backup,
    @Doc(
            "Values of the charts of Isobar's add-ons, by the name of the add-on as in"
                + " status.addons, taken literally. They are laid over Isobar's: objects are"
                + " merged, anything else is replaced, and null removes. What an add-on cannot work"
                + " without is refused.")
        @FreeForm
        @Default("{}")
        Map<String, Object> values,
    @Doc("Further charts and manifests of your own.") @Key("name") @Items(max = 40) @Default("[]")
        List<ExtraAddon> extra) {
  /** The ingress controller; spelled as in the API. */
  public enum Ingress {
    None,
    Traefik
  }
}
