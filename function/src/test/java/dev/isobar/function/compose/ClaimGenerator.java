package dev.isobar.function.compose;

import dev.isobar.apis.tree.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes up claims that are valid on their Cloud, which a {@link CloudGenerator} made up. */
public final class ClaimGenerator {
  private static final String CERTIFICATE =
      "-----BEGIN CERTIFICATE-----\\nMAMCAQE=\\n-----END CERTIFICATE-----\\n";

  private final Dice dice;

  /** Claims as this chance will have them. */
  public ClaimGenerator(Random random) {
    dice = new Dice(random);
  }

  /** The spec of a claim with up to this many pools. */
  public Map<String, Object> claim(Map<String, Object> cloud, int pools) {
    var claim = new LinkedHashMap<String, Object>();
    claim.put("cloud", "wekeo");
    claim.put("version", version(cloud));
    claim.put("controlPlane", controlPlane(zones(cloud)));
    dice.perhaps(claim, "network", this::network);
    List<Object> list = new ArrayList<>();
    int count = dice.between(0, pools);
    for (int i = 0; i < count; i++) {
      String name = dice.oneOf("general", "a", "big-data", "slices-in-az1") + i;
      list.add(dice.oneIn(2) ? cpuPool(name, zones(cloud)) : gpuPool(name, zones(cloud)));
    }
    claim.put("pools", list);
    dice.perhaps(claim, "nodes", this::nodes);
    dice.perhaps(claim, "security", this::security);
    dice.perhaps(claim, "addons", () -> addons(claim));
    if (dice.oneIn(20)) {
      claim.put("paused", true);
    }
    return claim;
  }

  /** A version the Cloud has images of, as a minor or exactly. */
  private String version(Map<String, Object> cloud) {
    Tree image = dice.oneOf(Tree.of(cloud.get("images")).items());
    String exact = image.at("kubernetes").text().orElseThrow();
    return dice.oneIn(2) ? exact : exact.substring(0, exact.lastIndexOf('.'));
  }

  private static List<String> zones(Map<String, Object> cloud) {
    return Tree.of(cloud.get("zones")).items().stream()
        .map(zone -> zone.text().orElseThrow())
        .toList();
  }

  private Map<String, Object> controlPlane(List<String> zones) {
    var head = new LinkedHashMap<String, Object>();
    String type = dice.oneOf("c.large", "c.diskless", "r.large");
    head.put("machineType", type);
    dice.perhaps(head, "replicas", () -> dice.oneOf(1, 3, 5));
    dice.perhaps(head, "zones", () -> dice.someOf(zones, 0));
    rootDisk(head, type);
    dice.perhaps(head, "etcd", this::etcd);
    dice.perhaps(head, "certificateNames", () -> List.of("api.example.org", "10.0.0.9"));
    dice.perhaps(head, "apiServerFlags", () -> Map.of("v", "4", "event-ttl", "2h"));
    dice.perhaps(head, "serverGroup", () -> "apart");
    dice.perhaps(head, "drainTimeout", () -> "10m");
    dice.perhaps(head, "healthCheck", this::healthCheck);
    return head;
  }

  private Map<String, Object> etcd() {
    return Manifest.of(
        dice.oneOf(
            "{}",
            "{disk: {size: 20Gi}}",
            "{disk: {size: 20Gi, type: ssd}, quota: 8Gi}",
            "{heartbeatMillis: 100, electionMillis: 1000}"));
  }

  private Map<String, Object> healthCheck() {
    return Manifest.of(
        dice.oneOf(
            "{}",
            "{enabled: false}",
            "{startupTimeout: 45m, unreadyTimeout: 10m, maxUnhealthy: \"2\"}",
            "{maxUnhealthy: 100%}"));
  }

  private Map<String, Object> network() {
    var network = new LinkedHashMap<String, Object>();
    dice.perhaps(network, "podCidr", () -> "10.64.0.0/12");
    dice.perhaps(network, "serviceCidr", () -> "10.96.0.0/16");
    dice.perhaps(network, "serviceDomain", () -> "lab.local");
    dice.perhaps(network, "cni", () -> dice.oneOf("Cilium", "Calico", "None"));
    if (dice.oneIn(3)) {
      network.put("existing", Map.of("network", Map.of(dice.oneOf("name"), "lab-net")));
    } else {
      dice.perhaps(network, "nodeCidr", () -> "192.168.0.0/20");
      dice.perhaps(network, "mtu", () -> 1450);
      dice.perhaps(network, "dnsServers", () -> List.of("1.1.1.1", "8.8.8.8"));
    }
    dice.perhaps(
        network,
        "api",
        () ->
            Manifest.of(
                dice.oneOf(
                    "{loadBalancer: OVN}",
                    "{loadBalancer: Amphora, allowedCidrs: [192.0.2.0/24, 198.51.100.0/24]}",
                    "{publicAddress: false}",
                    "{address: 203.0.113.7}",
                    "{port: 443}")));
    return network;
  }

  private Map<String, Object> cpuPool(String name, List<String> zones) {
    var pool = new LinkedHashMap<String, Object>();
    pool.put("name", name);
    String type = dice.oneOf("c.small", "c.large", "c.diskless", "r.large");
    pool.put("machineType", type);
    size(pool, 0);
    dice.perhaps(pool, "zones", () -> dice.someOf(zones, 0));
    rootDisk(pool, type);
    extras(pool);
    return pool;
  }

  private Map<String, Object> gpuPool(String name, List<String> zones) {
    var pool = new LinkedHashMap<String, Object>();
    pool.put("name", name);
    String model = dice.oneOf("A100-80GB", "H100-80GB", "V100-32GB");
    List<String> types = CloudGenerator.GPUS.getOrDefault(model, List.of());
    if (dice.oneIn(2)) {
      pool.put("machineTypes", dice.someOf(types, 1));
    } else {
      pool.put("machineType", types.getFirst());
    }
    dice.perhaps(pool, "zones", () -> dice.someOf(zones, 0));
    String turns = "timeSlicing: {replicas: " + dice.between(2, 128) + "}";
    String way =
        model.startsWith("V100")
            ? dice.oneOf("none: {}", turns)
            : dice.oneOf(
                "none: {}",
                "timeSlicing: {replicas: 2, failRequestsGreaterThanOne: false}",
                "mps: {replicas: " + dice.between(2, 48) + "}",
                "mig: {layout: {1g.10gb: 7}}",
                "mig: {layout: {1g.10gb: 6, 1g.10gb+me: 1}}",
                "mig: {layout: {1g.10gb: 3, 2g.20gb: 2}}",
                "mig: {layout: {1g.20gb: 2, 3g.40gb: 1}}",
                "mig: {layout: {3g.40gb: 2}}");
    pool.put("gpu", Map.of("partitioning", Manifest.of(way)));
    // With native machines no autoscaler begins at nothing where nodes offer several resources.
    boolean several = way.startsWith("mig") && way.contains(", ");
    size(pool, several ? 1 : 0);
    rootDisk(pool, types.getFirst());
    extras(pool);
    return pool;
  }

  private void size(Map<String, Object> pool, int least) {
    if (dice.oneIn(2)) {
      pool.put("replicas", dice.between(0, 9));
    } else {
      int min = dice.between(least, 5);
      pool.put("autoscale", Map.of("min", min, "max", min + dice.between(5, 20)));
    }
  }

  private void rootDisk(Map<String, Object> machines, String type) {
    if (type.endsWith("diskless") || dice.oneIn(3)) {
      machines.put("rootDisk", Manifest.of(dice.oneOf("{size: 50Gi}", "{size: 80Gi, type: ssd}")));
    }
  }

  private void extras(Map<String, Object> pool) {
    dice.perhaps(
        pool,
        "labels",
        () -> Map.of("example.org/team", "eo", "node-role.kubernetes.io/worker", "", "tier", "a"));
    dice.perhaps(
        pool,
        "taints",
        () -> List.of(Manifest.of("{key: example.org/only, value: eo, effect: NoSchedule}")));
    dice.perhaps(
        pool,
        "disks",
        () -> List.of(Manifest.of("{name: scratch, size: 100Gi, mountPath: /scratch}")));
    dice.perhaps(pool, "serverGroup", () -> "together");
    dice.perhaps(pool, "drainTimeout", () -> "48h");
    dice.perhaps(pool, "healthCheck", this::healthCheck);
    dice.perhaps(pool, "kubelet", this::kubelet);
  }

  private Map<String, Object> kubelet() {
    return Manifest.of(
        dice.oneOf(
            "{}",
            "{maxPods: 60}",
            "{reservedMemory: 1Gi, reservedCpu: 500m, exclusiveCpus: true}",
            "{imageGcHighPercent: 70}"));
  }

  private Map<String, Object> nodes() {
    var nodes = new LinkedHashMap<String, Object>();
    dice.perhaps(nodes, "sshKey", () -> "mine");
    dice.perhaps(
        nodes,
        "registryMirrors",
        () ->
            List.of(
                Manifest.of(
                    "{registry: docker.io, endpoints: ['https://mirror.example.org/hub']}")));
    dice.perhaps(
        nodes,
        "trustedAuthorities",
        () -> List.of(Manifest.of("{name: corp, certificate: \"" + CERTIFICATE + "\"}")));
    dice.perhaps(nodes, "timeServers", () -> List.of("ntp.example.org"));
    dice.perhaps(nodes, "kubelet", this::kubelet);
    return nodes;
  }

  private Map<String, Object> security() {
    var security = new LinkedHashMap<String, Object>();
    dice.perhaps(
        security,
        "oidc",
        () ->
            Manifest.of(
                "{issuer: 'https://login.example.org', clientId: kube, groupsClaim: groups}"));
    dice.perhaps(
        security,
        "podSecurity",
        () -> Manifest.of("{enforce: Restricted, exemptNamespaces: [build]}"));
    dice.perhaps(
        security, "encryptionConfiguration", () -> Map.of("name", "encryption", "key", "config"));
    return security;
  }

  private Map<String, Object> addons(Map<String, Object> claim) {
    var addons = new LinkedHashMap<String, Object>();
    for (String name : List.of("metricsServer", "monitoring", "certManager")) {
      dice.perhaps(addons, name, () -> dice.oneIn(2));
    }
    dice.perhaps(addons, "ingress", () -> dice.oneOf("Traefik", "None"));
    dice.perhaps(addons, "gpuOperator", () -> Map.of("driverPreinstalled", true));
    dice.perhaps(addons, "volumes", () -> Map.of("type", "ssd", "reclaim", "Retain"));
    boolean network =
        !Tree.of(claim).at("network", "cni").text().equals(java.util.Optional.of("None"));
    List<Object> extra = new ArrayList<>();
    extra.add(
        Manifest.of(
            """
            name: dashboards
            chart: {repository: 'oci://charts.example.org/team', name: d, version: 1.2.3, values: {text: '{{ x }}'}}
            """));
    extra.add(
        Manifest.merged(
            Manifest.of(
                "{name: rules, manifests: \"apiVersion: v1\\nkind: ConfigMap\\nmetadata: {name:"
                    + " rules}\\n\"}"),
            Map.of("dependsOn", network ? List.of("cni", "dashboards") : List.of("dashboards"))));
    dice.perhaps(addons, "extra", () -> extra);
    return addons;
  }
}
