package dev.isobar.function.compose.jupyterhub;

import dev.isobar.apis.platform.Addons;
import dev.isobar.apis.schema.Cidr;
import dev.isobar.apis.schema.Span;
import dev.isobar.apis.tree.Fields;
import dev.isobar.apis.workspace.HubIngress;
import dev.isobar.apis.workspace.HubStorage;
import dev.isobar.apis.workspace.IdleServers;
import dev.isobar.apis.workspace.JupyterHub;
import dev.isobar.apis.workspace.QueueingScheduler;
import dev.isobar.apis.workspace.ServerNetwork;
import dev.isobar.function.compose.workspace.MetadataRange;
import dev.isobar.function.compose.workspace.ServerPlace;
import dev.isobar.function.compose.workspace.WorkspacePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The values of the chart jupyterhub 4.4, whose schema refuses every key it does not know.
 *
 * @see <a
 *     href="https://github.com/jupyterhub/zero-to-jupyterhub-k8s/blob/4.4.0/jupyterhub/values.yaml">its
 *     values</a>
 */
final class HubValues {
  /** A node is made first, its GPUs are divided, and an image of many gigabytes is fetched. */
  private static final int START_SECONDS = 30 * 60;

  /** How often idle servers are looked for, at most. */
  private static final long CULL_EVERY = 600;

  /** How often idle kernels are looked for, at most. */
  private static final long KERNELS_EVERY = 300;

  /** The class of the cluster's own way in. */
  private static final String TRAEFIK = "traefik";

  /** The port of Service kubernetes, and of the API server on EKS. */
  private static final int HTTPS = 443;

  private final WorkspacePlan plan;
  private final JupyterHub hub;

  HubValues(WorkspacePlan plan, JupyterHub hub) {
    this.plan = plan;
    this.hub = hub;
  }

  SortedMap<String, Object> map() {
    Fields off = Fields.with("enabled", false);
    Fields values =
        Fields.with("hub", hub())
            .set(
                "proxy",
                Fields.with("service", Fields.with("type", "ClusterIP"))
                    .set("chp", Fields.with("resources", requests("100m", "128Mi"))))
            .set("singleuser", servers())
            .set("cull", cull(hub.idle()))
            // It would fetch the images of all profiles on every node, those without GPUs included.
            .set("prePuller", Fields.with("hook", off).set("continuous", off))
            .set(
                "scheduling",
                Fields.with("userPlaceholder", off)
                    .set("userScheduler", Fields.with("enabled", kai().isEmpty())));
    hub.gateway()
        .ifPresentOrElse(
            gateway ->
                values.set(
                    "httpRoute",
                    Fields.with("enabled", true)
                        .set("hostnames", List.of(hub.host()))
                        .set(
                            "gateway",
                            Fields.with("name", gateway.name())
                                .set("namespace", gateway.namespace())
                                .set("sectionName", gateway.listener()))),
            () -> values.set("ingress", ingress()));
    return values.map();
  }

  private Fields hub() {
    var login = new LoginValues(hub);
    SortedMap<String, Object> code = login.extraConfig();
    code.putAll(ServerOwner.extraConfig());
    return Fields.with("config", login.config())
        .set("extraConfig", code)
        .setUnlessEmpty("extraEnv", login.extraEnv())
        .setUnlessEmpty("loadRoles", login.loadRoles())
        .set("networkPolicy", toTheApi())
        .set("resources", requests("200m", "512Mi"))
        .set("activeServerLimit", plan.spec().quota().maxServers());
  }

  /**
   * The hub asks the API server for its servers. The chart allows ranges of addresses, which Cilium
   * does not apply to nodes; what is allowed by its port alone may go anywhere. Cilium looks at the
   * port that the Service leads to, others may look at that of the Service.
   */
  private Fields toTheApi() {
    List<SortedMap<String, Object>> ports =
        Stream.of(HTTPS, plan.cluster().network().api().port())
            .distinct()
            .map(port -> Fields.with("port", port).set("protocol", "TCP").map())
            .toList();
    return Fields.with("egress", List.of(Fields.with("ports", ports).map()));
  }

  /** Without any a pod is the first that a node under pressure gives up. */
  private static Fields requests(String cpu, String memory) {
    return Fields.with("requests", Fields.with("cpu", cpu).set("memory", memory));
  }

  private Fields ingress() {
    String className = hub.ingress().flatMap(HubIngress::className).orElse(TRAEFIK);
    var annotations = new TreeMap<String, Object>();
    if (className.equals(TRAEFIK) && plan.cluster().addons().ingress() == Addons.Ingress.Traefik) {
      // Without it Traefik takes the host on its port without TLS as well.
      annotations.put("traefik.ingress.kubernetes.io/router.entrypoints", "websecure");
    }
    hub.ingress().map(HubIngress::annotations).ifPresent(annotations::putAll);
    hub.ingress()
        .flatMap(HubIngress::clusterIssuer)
        .ifPresent(issuer -> annotations.put("cert-manager.io/cluster-issuer", issuer));
    var secret =
        hub.ingress()
            .flatMap(one -> one.tlsSecret().or(() -> one.clusterIssuer().map(_ -> "hub-tls")));
    Fields tls = Fields.with("hosts", List.of(hub.host())).set("secretName", secret);
    return Fields.with("enabled", true)
        .set("ingressClassName", className)
        .setUnlessEmpty("annotations", annotations)
        .set("hosts", List.of(hub.host()))
        .set("tls", List.of(tls.map()));
  }

  private Fields servers() {
    Fields servers =
        Fields.with("profileList", new ServerValues(plan).list())
            .set("storage", storage(hub.storage()))
            .set("networkPolicy", network(hub.networkPolicy()))
            // It would be a privileged container in each server; the network policy does it too.
            .set("cloudMetadata", Fields.with("blockWithIptables", false))
            .set("startTimeout", START_SECONDS)
            .setUnlessEmpty("extraLabels", queueLabels());
    hub.idle()
        .kernelsAfter()
        .ifPresent(
            after -> servers.set("extraFiles", Fields.with("jupyter-server", kernels(after))));
    return servers;
  }

  private SortedMap<String, Object> queueLabels() {
    var labels = new TreeMap<String, Object>();
    plan.spec()
        .scheduler()
        .flatMap(QueueingScheduler::kueue)
        .ifPresent(_ -> labels.put("kueue.x-k8s.io/queue-name", "workspace"));
    kai().ifPresent(kai -> labels.put(ServerPlace.KAI_QUEUE, kai.queue()));
    return labels;
  }

  private Optional<QueueingScheduler.Kai> kai() {
    return plan.spec().scheduler().flatMap(QueueingScheduler::kai);
  }

  private static Fields kernels(Span after) {
    Fields manager =
        Fields.with("cull_idle_timeout", after.seconds())
            .set("cull_interval", Math.clamp(after.seconds(), 1, KERNELS_EVERY))
            .set("cull_connected", true)
            .set("cull_busy", false);
    return Fields.with("mountPath", "/etc/jupyter/jupyter_server_config.json")
        .set("data", Fields.with("MappingKernelManager", manager));
  }

  private static Fields cull(IdleServers idle) {
    long timeout = idle.cullAfter().seconds();
    return Fields.with("enabled", true)
        .set("timeout", timeout)
        .set("every", Math.clamp(timeout, 1, CULL_EVERY))
        .set("maxAge", idle.maxAge().map(Span::seconds).orElse(0L));
  }

  private static Fields storage(HubStorage storage) {
    List<SortedMap<String, Object>> volumes = new ArrayList<>();
    List<SortedMap<String, Object>> mounts = new ArrayList<>();
    for (HubStorage.SharedVolume shared : storage.shared()) {
      String name = "shared-" + shared.name();
      volumes.add(
          Fields.with("name", name)
              .set(
                  "persistentVolumeClaim",
                  Fields.with("claimName", shared.claimName()).set("readOnly", shared.readOnly()))
              .map());
      mounts.add(
          Fields.with("name", name)
              .set("mountPath", shared.mountPath().orElse("/shared/" + shared.name()))
              .set("readOnly", shared.readOnly())
              .map());
    }
    return Fields.with("capacity", storage.home().text())
        .set(
            "dynamic",
            Fields.with("storageAccessModes", List.of(storage.accessMode().name()))
                .set("storageClass", storage.storageClass()))
        .setUnlessEmpty("extraVolumes", volumes)
        .setUnlessEmpty("extraVolumeMounts", mounts);
  }

  private static Fields network(ServerNetwork network) {
    List<SortedMap<String, Object>> egress = new ArrayList<>();
    if (network.privateAddresses()) {
      // Cilium does not apply ranges of addresses to pods, so neither to those behind services.
      egress.add(to("namespaceSelector", new TreeMap<String, Object>()));
    }
    network.allowed().stream()
        .map(Cidr::plain)
        .forEach(range -> egress.add(to("ipBlock", block(range).map())));
    return Fields.with("enabled", true)
        .set(
            "egressAllowRules",
            Fields.with("cloudMetadataServer", false)
                .set("nonPrivateIPs", true)
                .set("privateIPs", network.privateAddresses()))
        .setUnlessEmpty("egress", egress);
  }

  private static SortedMap<String, Object> to(String peer, SortedMap<String, Object> which) {
    return Fields.with("to", List.of(Fields.with(peer, which).map())).map();
  }

  /** A range without the metadata service. */
  private static Fields block(Cidr range) {
    return Fields.with("cidr", range.text())
        .setUnlessEmpty(
            "except",
            range.overlaps(MetadataRange.ADDRESS)
                ? List.of(MetadataRange.ADDRESS.text())
                : List.of());
  }
}
