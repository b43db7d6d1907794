package dev.isobar.function.compose;

import dev.isobar.apis.tree.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Makes up Clouds of EC2 and claims that are valid there, half of them with a control plane of EKS:
 * those of OpenStack, without what they alone have.
 */
public final class Ec2Generator {
  private static final String ADDONS =
      "[{name: vpc-cni, version: v1.21.1-eksbuild.3}, {name: coredns, version: v1.13.2-eksbuild.1},"
          + " {name: kube-proxy, version: v1.%d.0-eksbuild.2}]";

  private static final Map<String, String> ZONES =
      Map.of(
          "az1", "eu-central-1a",
          "az2", "eu-central-1b",
          "Zone-3", "eu-central-1c",
          "nova", "eu-central-1d",
          "az9", "eu-central-1e");

  private final Random random;
  private final Dice dice;

  /** Clouds and claims as this chance will have them. */
  public Ec2Generator(Random random) {
    this.random = random;
    dice = new Dice(random);
  }

  /** The spec of a Cloud. */
  public Map<String, Object> cloud() {
    return onEc2(new CloudGenerator(random).cloud());
  }

  /** The same Cloud after its operator, or discovery, had another idea. */
  public Map<String, Object> changed(Map<String, Object> cloud) {
    Map<String, Object> changed = onEc2(new CloudGenerator(random).changed(cloud));
    return dice.oneIn(4) ? Manifest.merged(changed, "clusterApi: {eks: {versions: []}}") : changed;
  }

  /** The spec of a claim with up to this many pools. */
  public Map<String, Object> claim(Map<String, Object> cloud, int pools) {
    Map<String, Object> claim = new ClaimGenerator(random).claim(cloud, pools);
    claim.computeIfPresent("network", (_, network) -> network(Manifest.object(network)));
    claim.put("controlPlane", machines(Manifest.object(claim.get("controlPlane"))));
    without(claim, "controlPlane", "zones");
    claim.put("pools", Tree.of(claim.get("pools")).items().stream().map(this::pool).toList());
    if (Tree.of(claim).at("addons", "volumes").exists()) {
      claim = Manifest.merged(claim, "addons: {volumes: {type: gp2}}");
    }
    return dice.oneIn(2) ? claim : managed(claim);
  }

  private static void without(Map<String, Object> claim, String part, String... fields) {
    claim.computeIfPresent(
        part,
        (_, before) -> {
          var after = new LinkedHashMap<>(Manifest.object(before));
          after.keySet().removeAll(Set.of(fields));
          return after;
        });
  }

  private Map<String, Object> onEc2(Map<String, Object> cloud) {
    var ec2 = new LinkedHashMap<>(cloud);
    ec2.put("provider", "EC2");
    ec2.put("region", "eu-central-1");
    ec2.remove("workloadCredentials");
    ec2.remove("network");
    var clusterApi = new LinkedHashMap<>(Manifest.object(cloud.get("clusterApi")));
    clusterApi.put("identityRef", Manifest.of("{kind: AWSClusterRoleIdentity, name: research}"));
    clusterApi.putIfAbsent("eks", eks());
    ec2.put("clusterApi", clusterApi);
    ec2.put(
        "zones",
        Tree.of(cloud.get("zones")).items().stream()
            .map(zone -> zone.text().orElseThrow())
            .map(zone -> ZONES.getOrDefault(zone, zone))
            .toList());
    ec2.put("images", Tree.of(cloud.get("images")).items().stream().map(this::image).toList());
    return ec2;
  }

  private Map<String, Object> eks() {
    List<Object> versions = new ArrayList<>();
    for (int minor = 33; minor <= 36; minor++) {
      Map<String, Object> version =
          Manifest.of(
              "{kubernetes: '1.%1$d', addons: %2$s}".formatted(minor, ADDONS.formatted(minor)));
      version.put("images", List.of(Manifest.of("{id: " + ami() + ", purpose: gpu}")));
      versions.add(version);
    }
    var eks = new LinkedHashMap<String, Object>();
    eks.put("versions", versions);
    eks.put("nodeRole", "arn:aws:iam::111122223333:role/nodes");
    dice.perhaps(eks, "volumesRole", () -> "arn:aws:iam::111122223333:role/ebs");
    return eks;
  }

  private String ami() {
    return "ami-%017x".formatted(random.nextLong() & Long.MAX_VALUE);
  }

  private Map<String, Object> image(Tree image) {
    var named = new LinkedHashMap<>(Manifest.object(image.plain()));
    boolean known = image.at("id").text().filter(id -> id.startsWith("ami-")).isPresent();
    if (!known) {
      named.remove("name");
      named.put("id", ami());
    }
    return named;
  }

  private Map<String, Object> network(Map<String, Object> openStack) {
    var network = new LinkedHashMap<>(openStack);
    network.keySet().removeAll(Set.of("mtu", "dnsServers"));
    if (network.containsKey("existing")) {
      network.put(
          "existing",
          Manifest.of(
              "{network: {id: vpc-0123456789abcdef0}, subnets: [subnet-0a000000000000000,"
                  + " subnet-0b000000000000000]}"));
    }
    network.computeIfPresent(
        "api",
        (_, _) ->
            Manifest.of(
                dice.oneOf("{}", "{publicAddress: false}", "{allowedCidrs: [192.0.2.0/24]}")));
    return network;
  }

  private Map<String, Object> pool(Tree pool) {
    Map<String, Object> machines = machines(Manifest.object(pool.plain()));
    dice.perhaps(
        machines,
        "capacity",
        () -> Manifest.of(dice.oneOf("{model: Spot}", "{model: Spot, maxPrice: '1.5'}", "{}")));
    return machines;
  }

  private Map<String, Object> machines(Map<String, Object> openStack) {
    var machines = new LinkedHashMap<>(openStack);
    machines.computeIfPresent(
        "rootDisk", (_, _) -> Manifest.of(dice.oneOf("{size: 50Gi}", "{size: 80Gi, type: gp2}")));
    if (machines.get("etcd") instanceof Map<?, ?> etcd && etcd.containsKey("disk")) {
      machines.put("etcd", Manifest.of("{disk: {size: 20Gi, type: gp3}}"));
    }
    return machines;
  }

  private Map<String, Object> managed(Map<String, Object> claim) {
    var managed = new LinkedHashMap<>(claim);
    without(managed, "network", "podCidr", "serviceDomain", "cni");
    without(managed, "security", "podSecurity", "encryptionConfiguration");
    // No pod network of ours is there to be waited for.
    without(managed, "addons", "extra");
    managed.put(
        "controlPlane",
        Manifest.of(
            dice.oneOf(
                "{kind: Managed}",
                "{kind: Managed, managed: {logs: [Api, Audit], support: Standard}}",
                "{kind: Managed, managed: {secretsKey:"
                    + " 'arn:aws:kms:eu-central-1:111122223333:key/0a', administrators:"
                    + " ['arn:aws:iam::111122223333:role/ops']}}")));
    String version = String.valueOf(claim.get("version")).replace("v", "");
    managed.put("version", "1." + version.split("\\.", -1)[1]);
    return managed;
  }
}
