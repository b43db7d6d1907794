package dev.isobar.function.compose.plan;

import dev.isobar.apis.compute.CloudSpec;
import dev.isobar.apis.platform.ControlPlane;
import dev.isobar.apis.platform.Network;
import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.apis.platform.Pool;
import dev.isobar.apis.schema.Cidr;
import dev.isobar.function.compose.cloud.Catalogue;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks that the address ranges are big enough, and none of them lies in another. */
final class NetworkChecks {
  /** Each node takes a /24 of the pods' range: kube-controller-manager's default. */
  private static final int NODE_PREFIX = 24;

  /** kubeadm takes at most 16 bits between the range and a node's part of it. */
  private static final int WIDEST_PODS = NODE_PREFIX - 16;

  /** kube-apiserver takes at most 20 bits of addresses for services. */
  private static final int WIDEST_SERVICES = 12;

  /**
   * Addresses of a subnet that nodes do not get: network, broadcast, gateway, DHCP, load balancer,
   * spare.
   */
  private static final int NOT_FOR_NODES = 8;

  /** What the schema fills in, which says nothing. */
  private static final Cidr USUAL_NODES = new Cidr("10.8.0.0/20");

  private final PlatformClusterSpec spec;

  /** Then pods have addresses of the nodes' network. */
  private final boolean managed;

  /** Then Cluster API's provider divides the range into subnets. */
  private final boolean divided;

  private final boolean exists;
  private final Mistakes mistakes;

  NetworkChecks(
      PlatformClusterSpec spec, Catalogue cloud, ObservedCluster observed, Mistakes mistakes) {
    this.spec = spec;
    this.managed = spec.controlPlane().kind() == ControlPlane.Kind.Managed;
    this.divided = cloud.spec().provider() == CloudSpec.Provider.EC2;
    this.exists = observed.begun();
    this.mistakes = mistakes;
  }

  void check() {
    checkOverlaps();
    if (!managed) {
      checkPods();
    }
    checkServices();
    checkNodes();
    if (spec.network().existing().isPresent()) {
      checkUnused(spec.network());
    }
  }

  /** A nodeCidr cannot be taken back by a cluster that exists. */
  private void checkUnused(Network network) {
    network
        .mtu()
        .ifPresent(mtu ->
            mistakes.add(
                "spec.network.mtu",
                mtu + " would not be used: the existing network has its own",
                "remove it, or let the cloud's administrator change the network"));
    if (!network.dnsServers().isEmpty()) {
      mistakes.add(
          "spec.network.dnsServers",
          String.join(", ", network.dnsServers())
              + " would not be used: nodes get the name servers of the existing network's subnet",
          "remove it, or let the cloud's administrator change the subnet");
    }
    if (!exists && !network.nodeCidr().equals(USUAL_NODES)) {
      mistakes.add(
          "spec.network.nodeCidr",
          network.nodeCidr().text()
              + " would not be used: nodes get their addresses from the existing network",
          divided
              ? "remove it, and name the network's subnets by existing.subnets"
              : "remove it, and name one of the network's subnets by existing.subnet");
    }
  }

  private void checkOverlaps() {
    Network network = spec.network();
    Map<String, Cidr> ranges = new LinkedHashMap<>();
    if (!managed) {
      ranges.put("podCidr", network.podCidr());
    }
    ranges.put("serviceCidr", network.serviceCidr());
    if (network.existing().isEmpty()) {
      ranges.put("nodeCidr", network.nodeCidr());
    }
    List<String> names = List.copyOf(ranges.keySet());
    Map<String, Cidr> advised = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      for (int j = i + 1; j < names.size(); j++) {
        Cidr one = ranges.get(names.get(i));
        Cidr other = ranges.get(names.get(j));
        if (one != null && other != null && one.overlaps(other)) {
          mistakes.add(
              "spec.network." + names.get(j),
              other.text() + " overlaps " + names.get(i) + " " + one.text(),
              "choose ranges that share no address"
                  + Optional.ofNullable(
                          advised.computeIfAbsent(
                              names.get(j), _ -> apart(other, ranges.values(), advised.values())))
                      .map(range -> ", for example " + range.text())
                      .orElse(""));
        }
      }
    }
  }

  /**
   * The first range of the same width in 10.0.0.0/8 that is neither taken nor advised for another
   * one; null if none is.
   */
  private static @Nullable Cidr apart(
      Cidr wanted, Collection<Cidr> taken, Collection<Cidr> advised) {
    long first = 10L << 24;
    int prefix = Math.max(wanted.prefix(), 9);
    long width = 1L << (32 - prefix);
    for (long at = first; at < first + (1L << 24); at += width) {
      var candidate = new Cidr(dotted(at) + "/" + prefix);
      if (taken.stream().noneMatch(candidate::overlaps)
          && advised.stream().noneMatch(candidate::overlaps)) {
        return candidate;
      }
    }
    return null;
  }

  private static String dotted(long address) {
    return (address >> 24)
        + "."
        + (address >> 16 & 255)
        + "."
        + (address >> 8 & 255)
        + "."
        + (address & 255);
  }

  private void checkPods() {
    Cidr pods = spec.network().podCidr();
    if (!exists && pods.prefix() < WIDEST_PODS) {
      mistakes.add(
          "spec.network.podCidr",
          pods.text() + " is wider than kubeadm takes",
          "choose a range of /" + WIDEST_PODS + " or narrower");
    }
    long nodes = pods.prefix() > NODE_PREFIX ? 0 : 1L << (NODE_PREFIX - pods.prefix());
    if (nodes < mostNodes()) {
      mistakes.add(
          "spec.network.podCidr",
          pods.text()
              + " holds pods of "
              + nodes
              + " nodes, and the cluster may grow to "
              + mostNodes(),
          "choose a range of at least /" + (NODE_PREFIX - bits(mostNodes())));
    }
  }

  private void checkServices() {
    Cidr services = spec.network().serviceCidr();
    if (services.prefix() < WIDEST_SERVICES) {
      mistakes.add(
          "spec.network.serviceCidr",
          services.text() + " is wider than the Kubernetes API takes",
          "choose a range of /" + WIDEST_SERVICES + " or narrower");
    }
    if (services.prefix() > 28) {
      mistakes.add(
          "spec.network.serviceCidr",
          services.text() + " holds too few services",
          "choose a range of /28 or wider");
    }
  }

  private void checkNodes() {
    Cidr nodes = spec.network().nodeCidr();
    if (spec.network().existing().isPresent() || (divided && !exists)) {
      return;
    }
    if (nodes.addresses() - NOT_FOR_NODES < mostNodes()) {
      mistakes.add(
          "spec.network.nodeCidr",
          nodes.text()
              + " holds "
              + Math.max(0, nodes.addresses() - NOT_FOR_NODES)
              + " nodes, and the cluster may grow to "
              + mostNodes(),
          "choose a range of at least /" + (32 - bits(mostNodes() + NOT_FOR_NODES)));
    }
  }

  /** All nodes at once, with one more for each group while it is rolled. */
  private long mostNodes() {
    long nodes = managed ? 0 : spec.controlPlane().replicas() + 1L;
    for (Pool pool : spec.pools()) {
      int most = pool.autoscale().map(limits -> limits.max()).or(pool::replicas).orElse(0);
      nodes += most + 1L;
    }
    return nodes;
  }

  private static int bits(long number) {
    return Long.SIZE - Long.numberOfLeadingZeros(number - 1);
  }
}
