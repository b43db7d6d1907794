package dev.isobar.function.compose.plan;

import dev.isobar.apis.compute.CloudNetwork;
import dev.isobar.apis.compute.LoadBalancer;
import dev.isobar.apis.platform.Api;
import dev.isobar.apis.platform.ExistingNetwork;
import dev.isobar.apis.platform.Network;
import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.function.compose.cloud.Catalogue;

/** Refuses fields that the other kind of cloud has: nothing would come of them. */
final class ForeignFields {
  private static final String BALANCER = "spec.network.api.loadBalancer";

  private final Mistakes mistakes;

  ForeignFields(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  /** On OpenStack: what EC2 alone has. */
  void checkOpenStack(PlatformClusterSpec spec, Catalogue cloud) {
    checkKubeadm(spec);
    foreign(
        spec.network().existing().filter(one -> !one.subnets().isEmpty()).isPresent(),
        "spec.network.existing.subnets",
        "is EC2's, and Cloud " + cloud.name() + " is of provider OpenStack",
        "name the subnet by existing.subnet");
    foreign(
        spec.network().api().loadBalancer().filter(LoadBalancer.NLB::equals).isPresent(),
        BALANCER,
        "NLB is EC2's, and Cloud " + cloud.name() + " is of provider OpenStack",
        "set it to OVN or Amphora, or leave it out and take the Cloud's");
    foreign(
        cloud.spec().network().loadBalancer() == LoadBalancer.NLB,
        of(cloud) + "network.loadBalancer",
        "NLB is EC2's",
        "the platform team must set it to OVN, Amphora or None");
    foreign(
        cloud.spec().clusterApi().instanceProfiles().isPresent(),
        of(cloud) + "clusterApi.instanceProfiles",
        "OpenStack has none",
        "the platform team must remove it");
    foreign(
        cloud.spec().clusterApi().eks().isPresent(),
        of(cloud) + "clusterApi.eks",
        "OpenStack has none",
        "the platform team must remove it");
  }

  /** With machines of our own: what control planes of the cloud alone have. */
  private void checkKubeadm(PlatformClusterSpec spec) {
    foreign(
        spec.controlPlane().managed().isPresent(),
        "spec.controlPlane.managed",
        "is of control planes of kind Managed, and this one is of kind Kubeadm",
        "remove it");
  }

  /** On EC2: what OpenStack alone has. */
  void checkEc2(PlatformClusterSpec spec, Catalogue cloud) {
    String onEc2 = "is OpenStack's, and Cloud " + cloud.name() + " is of provider EC2";
    Network network = spec.network();
    checkApi(network.api(), cloud);
    if (!cloud.isManaged()) {
      checkKubeadm(spec);
      checkPort(network.api());
    }
    boolean own = network.existing().isEmpty();
    foreign(own && network.mtu().isPresent(), "spec.network.mtu", onEc2, "remove it");
    foreign(
        own && !network.dnsServers().isEmpty(),
        "spec.network.dnsServers",
        onEc2,
        "remove it: nodes ask the VPC's own name server");
    network.existing().ifPresent(existing -> checkExisting(existing, onEc2));
    foreign(
        !spec.controlPlane().zones().isEmpty(),
        "spec.controlPlane.zones",
        onEc2 + ", where machines are spread over all zones of the network",
        "remove it, and let the platform team limit spec.zones of the Cloud, or name an existing"
            + " network's subnets of these zones");
    checkCloud(cloud);
  }

  private void checkApi(Api api, Catalogue cloud) {
    foreign(
        api.loadBalancer().filter(one -> one != LoadBalancer.NLB).isPresent(),
        BALANCER,
        api.loadBalancer().map(Enum::name).orElse("")
            + " is OpenStack's, and Cloud "
            + cloud.name()
            + " is of provider EC2",
        "leave it out, or set it to NLB");
    foreign(
        api.address().isPresent(),
        "spec.network.api.address",
        "a load balancer of EC2 has a name and addresses of its own",
        "remove it");
  }

  private void checkPort(Api api) {
    foreign(
        api.port() != Ec2Checks.API_PORT,
        "spec.network.api.port",
        api.port() + " is not the port that the load balancer on EC2 listens at",
        "set it to " + Ec2Checks.API_PORT + ", or leave it out");
  }

  private void checkExisting(ExistingNetwork existing, String onEc2) {
    foreign(
        existing.subnet().isPresent(),
        "spec.network.existing.subnet",
        onEc2,
        "name all subnets that machines and load balancers use in existing.subnets");
    foreign(existing.router().isPresent(), "spec.network.existing.router", onEc2, "remove it");
  }

  private void checkCloud(Catalogue cloud) {
    CloudNetwork network = cloud.spec().network();
    String remove = "the platform team must remove it";
    foreign(
        network.externalNetwork().isPresent(),
        of(cloud) + "network.externalNetwork",
        "EC2 has none",
        remove);
    foreign(
        !network.dnsServers().isEmpty(),
        of(cloud) + "network.dnsServers",
        "nodes ask the VPC's own name server",
        remove);
    foreign(
        network.loadBalancer() == LoadBalancer.OVN || network.loadBalancer() == LoadBalancer.None,
        of(cloud) + "network.loadBalancer",
        network.loadBalancer() + " is OpenStack's",
        remove + ", or set it to NLB");
    foreign(
        cloud.spec().workloadCredentials().isPresent(),
        of(cloud) + "workloadCredentials",
        "are OpenStack's: on EC2 the cloud controller and volumes act with the machines' instance"
            + " profile",
        remove);
  }

  private static String of(Catalogue cloud) {
    return "Cloud " + cloud.name() + ": spec.";
  }

  private void foreign(boolean is, String path, String problem, String remedy) {
    if (is) {
      mistakes.add(path, problem, remedy);
    }
  }
}
