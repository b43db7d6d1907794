package dev.isobar.function.compose.openstack;

import dev.isobar.apis.compute.LoadBalancer;
import dev.isobar.apis.infrastructure.MachineTags;
import dev.isobar.apis.platform.Api;
import dev.isobar.apis.platform.ExistingNetwork;
import dev.isobar.apis.platform.Network;
import dev.isobar.apis.tree.Fields;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.capi.CapiObjects;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.ObservedCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The OpenStackCluster: network, security groups and the load balancer of the Kubernetes API. */
final class ClusterInfrastructure {
  private final ClusterPlan plan;
  private final Network network;

  private ClusterInfrastructure(ClusterPlan plan) {
    this.plan = plan;
    this.network = plan.spec().network();
  }

  /**
   * The OpenStackCluster. The provider forbids most changes; what it forbids is kept as it was
   * made, so that neither a Cloud's change nor a new release of the function runs against its
   * webhook.
   */
  static SortedMap<String, Object> of(ClusterPlan plan, ObservedCluster observed) {
    var infrastructure = new ClusterInfrastructure(plan);
    Fields spec = infrastructure.spec();
    Tree seen = observed.infrastructure();
    if (seen.exists()) {
      keep(spec, Conversion.cluster(seen, OpenStackObjects.apiVersion(plan)));
    }
    return CapiObjects.of(
            OpenStackObjects.apiVersion(plan),
            OpenStackObjects.CLUSTER_KIND,
            plan.id(),
            plan.id().cluster())
        .spec(spec)
        .map();
  }

  /** Fields the provider lets nobody change, in both of its API versions. */
  private static final List<String> FIXED =
      List.of(
          "apiServerFloatingIP",
          "apiServerPort",
          "disableAPIServerFloatingIP",
          "disableExternalNetwork",
          "enableExternalNetwork",
          "externalNetwork",
          "managedNetwork",
          "managedRouter",
          "network",
          "networkMTU",
          "router",
          "subnets",
          "tags");

  private static void keep(Fields spec, Tree seen) {
    for (String field : FIXED) {
      spec.without(field).set(field, seen.at(field).plain());
    }
    Tree region = seen.at("identityRef", "region");
    if (spec.map().get("identityRef") instanceof Map<?, ?> identity) {
      Fields kept = Fields.none();
      identity.forEach((key, value) -> kept.set(String.valueOf(key), value));
      spec.set("identityRef", kept.without("region").set("region", region.plain()));
    }
  }

  private Fields spec() {
    Fields spec =
        Fields.with("identityRef", OpenStackObjects.identity(plan.cloud().spec()))
            .set("managedSecurityGroups", securityGroups())
            .setUnlessEmpty("controlPlaneAvailabilityZones", plan.controlPlane().zones())
            .set("tags", List.of(MachineTags.CLUSTER + "=" + plan.id().cluster()));
    if (plan.controlPlane().zones().isEmpty()) {
      spec.set("controlPlaneOmitAvailabilityZone", true);
    }
    plan.cloud()
        .spec()
        .network()
        .externalNetwork()
        .ifPresent(external -> spec.set("externalNetwork", Reference.to(external)));
    network
        .existing()
        .ifPresentOrElse(existing -> existingNetwork(spec, existing), () -> ownNetwork(spec));
    if (OpenStackObjects.second(plan)) {
      secondApi(spec);
    } else {
      firstApi(spec);
    }
    return spec;
  }

  private void existingNetwork(Fields spec, ExistingNetwork existing) {
    spec.set("network", Reference.to(existing.network()));
    existing.subnet().ifPresent(subnet -> spec.set("subnets", List.of(Reference.to(subnet).map())));
    existing.router().ifPresent(router -> spec.set("router", Reference.to(router)));
  }

  private void ownNetwork(Fields spec) {
    List<String> servers =
        network.dnsServers().isEmpty()
            ? plan.cloud().spec().network().dnsServers()
            : network.dnsServers();
    spec.set(
        "managedSubnets",
        List.of(
            Fields.with("cidr", network.nodeCidr().text())
                .setUnlessEmpty("dnsNameservers", servers)
                .map()));
    network
        .mtu()
        .ifPresent(mtu -> {
          if (OpenStackObjects.second(plan)) {
            spec.set("managedNetwork", Fields.with("mtu", mtu));
          } else {
            spec.set("networkMTU", mtu);
          }
        });
  }

  private void firstApi(Fields spec) {
    Api api = network.api();
    spec.set("apiServerLoadBalancer", loadBalancer());
    spec.set("apiServerPort", api.port());
    spec.set("apiServerFloatingIP", api.address());
    if (!api.publicAddress()) {
      spec.set("disableAPIServerFloatingIP", true);
    }
  }

  private void secondApi(Fields spec) {
    Api api = network.api();
    Fields server =
        Fields.with("managedLoadBalancer", loadBalancer())
            .set("port", api.port())
            .set("floatingIP", api.address());
    if (!api.publicAddress()) {
      server.set("enableFloatingIP", false);
    }
    spec.set("apiServer", server);
  }

  private Fields loadBalancer() {
    LoadBalancer balancer = plan.controlPlane().loadBalancer();
    if (balancer == LoadBalancer.None) {
      return Fields.with("enabled", false);
    }
    return Fields.with("enabled", true)
        .set("provider", balancer.name().toLowerCase(Locale.ROOT))
        .setUnlessEmpty("allowedCIDRs", plan.admitted());
  }

  /**
   * All traffic among the cluster's own machines; where OVN balances the load to Services also to
   * NodePorts, because OVN does not hide the sender. What stands in front of the API does not
   * matter.
   */
  private Fields securityGroups() {
    Fields groups = Fields.with("allowAllInClusterTraffic", true);
    List<SortedMap<String, Object>> workers = new ArrayList<>();
    if (plan.controlPlane().serviceBalancer() == LoadBalancer.OVN) {
      workers.add(nodePorts("tcp"));
      workers.add(nodePorts("udp"));
    }
    return groups.setUnlessEmpty("workerNodesSecurityGroupRules", workers);
  }

  private static SortedMap<String, Object> nodePorts(String protocol) {
    return new TreeMap<>(
        Fields.with("name", "NodePorts " + protocol)
            .set("description", "Services of type LoadBalancer through OVN")
            .set("direction", "ingress")
            .set("etherType", "IPv4")
            .set("protocol", protocol)
            .set("portRangeMin", 30000)
            .set("portRangeMax", 32767)
            .set("remoteIPPrefix", "0.0.0.0/0")
            .map());
  }
}
