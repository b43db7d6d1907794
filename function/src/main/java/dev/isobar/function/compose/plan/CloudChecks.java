package dev.isobar.function.compose.plan;

import dev.isobar.apis.compute.CloudObject;
import dev.isobar.apis.compute.IdentityRef;
import dev.isobar.apis.compute.LoadBalancer;
import dev.isobar.apis.decode.Nearest;
import dev.isobar.apis.platform.Api;
import dev.isobar.apis.platform.ControlPlane;
import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.apis.platform.Pool;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.cloud.Catalogue;
import java.util.List;
import java.util.Set;

/**
 * Checks that the Cloud is of a kind that can carry the claim, and has the zones and load balancer
 * it names.
 */
final class CloudChecks {
  private final PlatformClusterSpec spec;
  private final Catalogue cloud;
  private final ObservedCluster observed;
  private final Mistakes mistakes;
  private final List<String> gaps;

  CloudChecks(
      PlatformClusterSpec spec,
      Catalogue cloud,
      ObservedCluster observed,
      Mistakes mistakes,
      List<String> gaps) {
    this.spec = spec;
    this.cloud = cloud;
    this.observed = observed;
    this.mistakes = mistakes;
    this.gaps = gaps;
  }

  void check() {
    switch (cloud.spec().provider()) {
      case OpenStack -> checkOpenStack();
      case EC2 -> new Ec2Checks(spec, cloud, observed, mistakes).check();
    }
    new CapacityChecks(spec, cloud, mistakes).check();
    if (!cloud.isManaged()) {
      checkReplicas();
    }
    checkZones(
        spec.controlPlane().zones(),
        "spec.controlPlane.zones",
        "the control plane",
        observed.controlPlaneZones());
    checkPoolZones();
  }

  private void checkOpenStack() {
    checkKind();
    checkIdentity();
    checkCredentials();
    checkLoadBalancer();
    checkIds();
    new ForeignFields(mistakes).checkOpenStack(spec, cloud);
  }

  void checkPoolZones() {
    for (int i = 0; i < spec.pools().size(); i++) {
      Pool pool = spec.pools().get(i);
      checkZones(
          pool.zones(),
          "spec.pools[" + i + "].zones",
          "pool " + pool.name(),
          observed.zones(pool.name()));
    }
  }

  private void checkKind() {
    if (spec.controlPlane().kind() == ControlPlane.Kind.Managed) {
      mistakes.add(
          "spec.controlPlane.kind",
          "Cloud " + cloud.name() + " is of provider OpenStack, which has no managed control plane",
          "set it to Kubeadm");
    }
  }

  private void checkIdentity() {
    IdentityRef.Kind kind = cloud.spec().clusterApi().identityRef().kind();
    boolean suits =
        kind == IdentityRef.Kind.OpenStackClusterIdentity || kind == IdentityRef.Kind.Secret;
    if (!suits) {
      mistakes.add(
          "Cloud " + cloud.name() + ": spec.clusterApi.identityRef.kind",
          kind + " does not belong to OpenStack",
          "the platform team must set it to OpenStackClusterIdentity or Secret");
    }
  }

  /** Without them the add-ons that need them would be taken out of a cluster that runs. */
  private void checkCredentials() {
    boolean inUse = observed.resource(Keys.addon(AddonName.CLOUD_CONTROLLER.text())).exists();
    if (inUse && cloud.spec().workloadCredentials().isEmpty()) {
      mistakes.add(
          "Cloud " + cloud.name() + ": spec.workloadCredentials",
          "is missing, and the cluster already uses it",
          "the platform team must set it again");
    }
  }

  private void checkLoadBalancer() {
    Api api = spec.network().api();
    LoadBalancer wanted = FixedFields.loadBalancer(spec, cloud, observed);
    if (wanted == LoadBalancer.None && spec.controlPlane().replicas() > 1) {
      mistakes.add(
          "spec.controlPlane.replicas",
          spec.controlPlane().replicas()
              + " control plane machines need a load balancer, and there is none",
          "set it to 1, or spec.network.api.loadBalancer to OVN or Amphora if the cloud has"
              + " Octavia");
    }
    if (wanted == LoadBalancer.None && !api.allowedCidrs().isEmpty()) {
      mistakes.add(
          "spec.network.api.allowedCidrs",
          "needs a load balancer, and there is none",
          "remove it, or set spec.network.api.loadBalancer to Amphora if the cloud has it");
    }
    if (wanted == LoadBalancer.OVN && !api.allowedCidrs().isEmpty() && !listed()) {
      mistakes.add(
          "spec.network.api.allowedCidrs",
          "would close nothing: OVN's load balancer cannot keep addresses out, and the provider's"
              + " security groups open the API to all",
          closing(api));
    }
    if (wanted == LoadBalancer.None && !api.publicAddress() && !reached()) {
      mistakes.add(
          "spec.network.api.publicAddress",
          "is false, and without a load balancer there is no other address for the API",
          "set it to true, or spec.network.api.loadBalancer to OVN or Amphora if the cloud has"
              + " Octavia");
    }
    if (api.address().isPresent() && !api.publicAddress()) {
      mistakes.add(
          "spec.network.api.address",
          "contradicts publicAddress: false",
          "remove it, or set publicAddress to true");
    }
  }

  private static String closing(Api api) {
    return api.publicAddress()
        ? "remove it, make a cluster with spec.network.api.loadBalancer Amphora if the cloud has"
            + " it, or one with publicAddress: false, which only the network of its nodes reaches"
        : "remove it: with publicAddress: false, only the network of the nodes reaches the API";
  }

  /** Whether the cluster has such a list from before; then its status says what it is worth. */
  private boolean listed() {
    Tree spec = observed.infrastructure().at("spec");
    return spec.at("apiServerLoadBalancer", "allowedCIDRs").exists()
        || spec.at("apiServer", "managedLoadBalancer", "allowedCIDRs").exists();
  }

  /** Whether the API has an address by whatever somebody did. */
  private boolean reached() {
    return observed
        .cluster()
        .at("spec", "controlPlaneEndpoint", "host")
        .text()
        .filter(host -> !host.isEmpty())
        .isPresent();
  }

  private void checkReplicas() {
    int replicas = spec.controlPlane().replicas();
    if (replicas % 2 == 0) {
      mistakes.add(
          "spec.controlPlane.replicas",
          replicas
              + " is even, and etcd needs a majority: "
              + replicas
              + " survive no more losses than "
              + (replicas - 1),
          "set it to " + (replicas + 1) + " or " + (replicas - 1));
    }
  }

  /** OpenStack's ids are UUIDs; the provider's webhook refuses anything else with fewer words. */
  private void checkIds() {
    spec.network()
        .existing()
        .ifPresent(existing -> {
          checkId(existing.network(), "spec.network.existing.network.id");
          existing.subnet().ifPresent(one -> checkId(one, "spec.network.existing.subnet.id"));
          existing.router().ifPresent(one -> checkId(one, "spec.network.existing.router.id"));
        });
    cloud
        .spec()
        .network()
        .externalNetwork()
        .ifPresent(
            one -> checkId(one, "Cloud " + cloud.name() + ": spec.network.externalNetwork.id"));
  }

  private void checkId(CloudObject object, String path) {
    if (object.id().filter(id -> !CloudIds.OPENSTACK.matches(id)).isPresent()) {
      mistakes.add(
          path,
          "\"" + object.id().orElse("") + "\" is no id of OpenStack",
          "write the UUID that `openstack network list` and its like show, or the name instead");
    }
  }

  /** What has machines in a zone goes on, though the Cloud has that zone no more. */
  private void checkZones(List<String> zones, String path, String whose, Set<String> inUse) {
    if (zones.isEmpty() && !cloud.zones().isEmpty()) {
      inUse.stream()
          .filter(zone -> !cloud.zones().contains(zone))
          .forEach(zone -> gaps.add(whose + ": " + noZone(zone)));
    }
    for (int i = 0; i < zones.size(); i++) {
      String zone = zones.get(i);
      if (cloud.zones().isEmpty() || cloud.zones().contains(zone)) {
        continue;
      }
      String problem = noZone(zone);
      if (inUse.contains(zone)) {
        gaps.add(whose + ": " + problem);
      } else {
        mistakes.add(
            path + "[" + i + "]", problem, Nearest.remedy(zone, cloud.zones(), "there are"));
      }
    }
  }

  private String noZone(String zone) {
    return "Cloud " + cloud.name() + " has no zone \"" + zone + "\"";
  }
}
