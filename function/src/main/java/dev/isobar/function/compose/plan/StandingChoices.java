package dev.isobar.function.compose.plan;

import dev.isobar.apis.compute.LoadBalancer;
import dev.isobar.apis.platform.ControlPlane;
import dev.isobar.apis.platform.Network;
import dev.isobar.apis.tree.Tree;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The choices that cannot be changed, as the objects of a cluster that exists have them: what the
 * note on its Cluster is mended from. Fields of both API versions of the OpenStack provider, and of
 * the AWS provider.
 */
final class StandingChoices {
  private final ObservedCluster observed;
  private final SortedMap<String, String> choices = new TreeMap<>();

  private StandingChoices(ObservedCluster observed) {
    this.observed = observed;
  }

  /** What the objects tell, by field; nothing of a cluster that does not exist. */
  static SortedMap<String, String> of(ObservedCluster observed) {
    var standing = new StandingChoices(observed);
    standing.ofCluster(observed.cluster().at("spec", "clusterNetwork"));
    standing.ofAddons();
    Tree infrastructure = observed.infrastructure().at("spec");
    boolean onEc2 =
        observed.infrastructure().at("kind").text().filter("AWSCluster"::equals).isPresent();
    if (observed.managed()) {
      standing.ofEks(observed.controlPlane().at("spec"));
    } else if (infrastructure.exists() && onEc2) {
      standing.ofEc2(infrastructure);
    } else if (infrastructure.exists()) {
      standing.ofApi(infrastructure);
      standing.ofNetwork(infrastructure);
      standing.ofCloud(infrastructure);
    }
    return standing.choices;
  }

  private void put(String field, Optional<String> value) {
    value.ifPresent(text -> choices.put(field, text));
  }

  private void ofCluster(Tree network) {
    put("network.podCidr", first(network.at("pods", "cidrBlocks")).text());
    put("network.serviceCidr", first(network.at("services", "cidrBlocks")).text());
    put("network.serviceDomain", network.at("serviceDomain").text());
    put("network.api.port", network.at("apiServerPort").whole().map(String::valueOf));
    if (observed.controlPlane().exists()) {
      ControlPlane.Kind kind =
          observed.managed() ? ControlPlane.Kind.Managed : ControlPlane.Kind.Kubeadm;
      choices.put("controlPlane.kind", kind.name());
    }
  }

  /** Whoever has a cloud controller and no pod network of ours has one of its own. */
  private void ofAddons() {
    Tree profile = observed.resource(Keys.addon(AddonName.CNI.text()));
    Optional<String> chart = first(profile.at("spec", "helmCharts")).at("releaseName").text();
    if (chart.isPresent()) {
      boolean cilium = chart.get().equals("cilium");
      choices.put("network.cni", (cilium ? Network.Cni.Cilium : Network.Cni.Calico).name());
    } else if (observed.resource(Keys.addon(AddonName.CLOUD_CONTROLLER.text())).exists()) {
      choices.put("network.cni", Network.Cni.None.name());
    }
  }

  private void ofApi(Tree spec) {
    Tree second = spec.at("apiServer");
    Tree balancer =
        second.exists() ? second.at("managedLoadBalancer") : spec.at("apiServerLoadBalancer");
    boolean without = balancer.at("enabled").truth().filter(enabled -> !enabled).isPresent();
    put(
        FixedFields.LOAD_BALANCER,
        without
            ? Optional.of(LoadBalancer.None.name())
            : balancer.at("provider").text().flatMap(StandingChoices::balancer));
    boolean hidden =
        spec.at("disableAPIServerFloatingIP").truth().orElse(false)
            || !second.at("enableFloatingIP").truth().orElse(true);
    choices.put("network.api.publicAddress", String.valueOf(!hidden));
    choices.put(
        "network.api.address",
        spec.at("apiServerFloatingIP").text().or(second.at("floatingIP")::text).orElse(""));
  }

  private static Optional<String> balancer(String provider) {
    return switch (provider.toLowerCase(Locale.ROOT)) {
      case "ovn" -> Optional.of(LoadBalancer.OVN.name());
      case "amphora" -> Optional.of(LoadBalancer.Amphora.name());
      default -> Optional.empty();
    };
  }

  private void ofNetwork(Tree spec) {
    choices.put("network.existing.network", reference(spec.at("network")));
    choices.put("network.existing.subnet", reference(first(spec.at("subnets"))));
    choices.put("network.existing.router", reference(spec.at("router")));
    if (!spec.at("network").exists()) {
      put("network.nodeCidr", first(spec.at("managedSubnets")).at("cidr").text());
      choices.put(
          "network.mtu",
          spec.at("networkMTU")
              .whole()
              .or(spec.at("managedNetwork", "mtu")::whole)
              .map(String::valueOf)
              .orElse(""));
    }
  }

  private void ofEc2(Tree spec) {
    boolean hidden =
        spec.at("controlPlaneLoadBalancer", "scheme").text().filter("internal"::equals).isPresent();
    choices.put("network.api.publicAddress", String.valueOf(!hidden));
    ofAws(spec);
  }

  private void ofEks(Tree spec) {
    boolean open = spec.at("endpointAccess", "public").truth().orElse(true);
    choices.put("network.api.publicAddress", String.valueOf(open));
    put(FixedFields.SECRETS_KEY, spec.at("encryptionConfig", "provider").text());
    ofAws(spec);
  }

  /** What both kinds of the AWS provider have in the same fields. */
  private void ofAws(Tree spec) {
    put(FixedFields.REGION, spec.at("region").text());
    choices.put(FixedFields.LOAD_BALANCER, LoadBalancer.NLB.name());
    choices.put(FixedFields.SERVICE_BALANCER, LoadBalancer.NLB.name());
    choices.put("network.api.address", "");
    Tree vpc = spec.at("network", "vpc");
    boolean own = vpc.at("id").text().isEmpty() || owned(vpc.at("tags"));
    if (own) {
      put("network.nodeCidr", vpc.at("cidrBlock").text());
    }
    choices.put("network.existing.network", own ? "" : "id " + vpc.at("id").text().orElse(""));
    choices.put(
        FixedFields.SUBNETS,
        spec.at("network", "subnets").items().stream()
            .filter(_ -> !own)
            .flatMap(subnet -> subnet.at("id").text().stream())
            .sorted()
            .collect(Collectors.joining(",")));
  }

  /** How the provider marks a VPC that it made; it writes the id of one into the same field. */
  private static boolean owned(Tree tags) {
    return tags.fields().stream()
        .filter(key -> key.startsWith("sigs.k8s.io/cluster-api-provider-aws/cluster/"))
        .anyMatch(key -> tags.at(key).text().filter("owned"::equals).isPresent());
  }

  /** Only where OVN serves Services are nodes open to their ports. */
  private void ofCloud(Tree spec) {
    put(FixedFields.REGION, spec.at("identityRef", "region").text());
    if (spec.at("managedSecurityGroups", "workerNodesSecurityGroupRules").exists()) {
      choices.put(FixedFields.SERVICE_BALANCER, LoadBalancer.OVN.name());
    }
  }

  private static String reference(Tree object) {
    return object
        .at("id")
        .text()
        .map(id -> "id " + id)
        .or(() -> object.at("filter", "name").text().map(name -> "name " + name))
        .orElse("");
  }

  private static Tree first(Tree list) {
    return list.items().stream().findFirst().orElse(Tree.absent());
  }
}
