package dev.isobar.function.compose;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes up OpenStack Clouds that claims can be built on, and changes their minds. */
public final class CloudGenerator {
  /** Machine types without GPUs that every Cloud has, of both architectures. */
  static final List<String> AMD64 = List.of("c.small", "c.large", "c.diskless");

  /** Machine types of the other architecture. */
  static final List<String> ARM64 = List.of("r.large");

  /** GPU machine types by model, two of equal GPUs each. */
  static final Map<String, List<String>> GPUS =
      Map.of(
          "A100-80GB", List.of("g.a100", "h.a100"),
          "H100-80GB", List.of("g.h100", "h.h100"),
          "V100-32GB", List.of("g.v100", "h.v100"));

  private final Dice dice;

  /** Clouds as this chance will have them. */
  public CloudGenerator(Random random) {
    dice = new Dice(random);
  }

  /** The spec of a Cloud. */
  public Map<String, Object> cloud() {
    var cloud = new LinkedHashMap<String, Object>();
    cloud.put("provider", "OpenStack");
    cloud.put("region", dice.oneOf("RegionOne", "waw3-1", "eu.central"));
    var clusterApi = new LinkedHashMap<String, Object>();
    String identity = dice.oneOf("OpenStackClusterIdentity", "Secret");
    clusterApi.put("identityRef", Manifest.of("{kind: " + identity + ", name: identity}"));
    dice.perhaps(clusterApi, "gpuMachines", () -> dice.oneOf("Isobar", "Native"));
    cloud.put("clusterApi", clusterApi);
    cloud.put("providerConfigRef", Manifest.of("{name: cloud-config}"));
    if (!dice.oneIn(8)) {
      cloud.put(
          "workloadCredentials", Manifest.of("{secretRef: {namespace: clouds, name: workload}}"));
    }
    cloud.put("network", network());
    dice.perhaps(cloud, "sshKey", () -> dice.oneOf("platform", "night-watch"));
    cloud.put("zones", dice.someOf(List.of("az1", "az2", "Zone-3", "nova"), 0));
    List<Object> images = new ArrayList<>();
    for (int minor = 33; minor <= 36; minor++) {
      images.addAll(images(minor, dice.between(0, 12)));
    }
    cloud.put("images", images);
    cloud.put("machineTypes", machineTypes());
    return cloud;
  }

  private Map<String, Object> network() {
    var network = new LinkedHashMap<String, Object>();
    dice.perhaps(
        network,
        "externalNetwork",
        () -> dice.oneIn(2) ? Map.of("name", "public") : Map.of("id", dice.uuid()));
    dice.perhaps(network, "dnsServers", () -> List.of("9.9.9.9"));
    dice.perhaps(network, "loadBalancer", () -> dice.oneOf("OVN", "Amphora"));
    return network;
  }

  /** Images of a version: for any node of both architectures, and perhaps one for GPU nodes. */
  private List<Object> images(int minor, int patch) {
    String version = "1." + minor + "." + patch;
    List<Object> images = new ArrayList<>();
    images.add(image(version, "amd64", "any"));
    images.add(image(version, "arm64", "any"));
    if (dice.oneIn(2)) {
      images.add(image(version, "amd64", "gpu"));
    }
    return images;
  }

  private Map<String, Object> image(String version, String architecture, String purpose) {
    var image = new LinkedHashMap<String, Object>();
    image.put("kubernetes", dice.oneOf("v", "") + version);
    if (dice.oneIn(2)) {
      image.put("id", dice.uuid());
    } else {
      image.put(
          "name", "kube-" + version + "-" + architecture + "-" + purpose + dice.between(1, 9));
    }
    if (architecture.equals("arm64") || dice.oneIn(2)) {
      image.put("architecture", architecture);
    }
    if (purpose.equals("gpu") || dice.oneIn(2)) {
      image.put("purpose", purpose);
    }
    return image;
  }

  private List<Object> machineTypes() {
    List<Object> types = new ArrayList<>();
    AMD64.forEach(name -> types.add(type(name)));
    ARM64.forEach(name -> types.add(Manifest.merged(type(name), "architecture: arm64")));
    GPUS.forEach((model, names) -> {
      int count = dice.between(1, 8);
      names.forEach(name ->
          types.add(
              Manifest.merged(type(name), "gpu: {model: %s, count: %d}".formatted(model, count))));
    });
    return types;
  }

  private Map<String, Object> type(String name) {
    var type = new LinkedHashMap<String, Object>();
    type.put("name", name);
    type.put("cpu", dice.between(2, 128));
    type.put("memory", dice.between(2, 999) + "Gi");
    type.put("disk", name.endsWith("diskless") ? "0Gi" : dice.between(20, 400) + "Gi");
    dice.perhaps(type, "scarce", () -> dice.oneIn(2));
    return type;
  }

  /** The same Cloud after its operator, or discovery, had another idea. */
  public Map<String, Object> changed(Map<String, Object> cloud) {
    Map<String, Object> changed = new LinkedHashMap<>(cloud);
    switch (dice.between(0, 9)) {
      case 0 -> changed.put("images", List.of());
      case 1 -> changed.put("images", images(dice.between(33, 36), dice.between(0, 20)));
      case 2 -> changed.put("images", dice.someOf(list(cloud, "images"), 0));
      case 3 -> changed.put("sshKey", "changed");
      case 4 ->
          changed.put("zones", dice.someOf(List.of("az1", "az2", "Zone-3", "nova", "az9"), 0));
      case 5 ->
          changed.put(
              "clusterApi",
              Manifest.merged(
                  Manifest.object(cloud.get("clusterApi")),
                  "gpuMachines: " + dice.oneOf("Isobar", "Native")));
      case 6 -> changed.put("machineTypes", machineTypes());
      case 7 -> changed.put("machineTypes", oddTypes(list(cloud, "machineTypes")));
      case 8 ->
          changed.put(
              "network",
              Manifest.merged(network(), "loadBalancer: " + dice.oneOf("OVN", "Amphora", "None")));
      default -> changed.remove("workloadCredentials");
    }
    return changed;
  }

  /** Machine types that were withdrawn, or that are not what they were. */
  private List<Object> oddTypes(List<Object> types) {
    List<Object> odd = new ArrayList<>();
    for (Object type : types) {
      Map<String, Object> copy = Manifest.object(type);
      switch (dice.between(0, 7)) {
        case 0 -> copy.remove("gpu");
        case 1 -> copy.put("architecture", dice.oneOf("amd64", "arm64"));
        case 2 -> copy.put("gpu", Manifest.of("{model: A100-40GB, count: 4}"));
        case 3 -> copy.remove("cpu");
        case 4 -> copy.put("disk", "0Gi");
        default -> copy.put("memory", "1Gi");
      }
      if (!dice.oneIn(20)) {
        odd.add(copy);
      }
    }
    return odd;
  }

  /** Settings of an installation. */
  public String settings() {
    return dice.oneOf(
        "openStackApiVersion: v1beta1",
        "chartMirrors: [{from: 'https://helm.', to: 'https://mirror.example.org/'}]",
        "charts: {cni: {chart: cilium, version: 1.20.1}, gpu-operator: {version: v27.1.0}}",
        "defaults: {timeServers: [ntp.example.org]}",
        "defaults: {registryMirrors: [{registry: docker.io, endpoints:"
            + " ['https://m.example.org']}]}",
        "defaults: {trustedAuthorities: [{name: us, certificate: '%s'}]}"
            .formatted(ManagementCluster.CERTIFICATE));
  }

  private static List<Object> list(Map<String, Object> object, String field) {
    return object.get(field) instanceof List<?> list ? new ArrayList<>(list) : List.of();
  }
}
