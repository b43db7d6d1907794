package dev.isobar.function.compose.plan;

import dev.isobar.apis.compute.ClusterApi.GpuMachines;
import dev.isobar.apis.platform.ControlPlane;
import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.apis.platform.Pool;
import dev.isobar.apis.schema.Cidr;
import dev.isobar.function.compose.cloud.Catalogue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Checks that nodes find addresses in a VPC of the cluster's own. Cluster API's provider divides it
 * into a private subnet for each zone and one part more for all public ones, each as wide as the
 * others.
 *
 * @see <a
 *     href="https://github.com/kubernetes-sigs/cluster-api-provider-aws/blob/v2.11.0/pkg/cloud/services/network/subnets.go">how
 *     it does</a>
 */
final class Ec2SubnetChecks {
  /** The provider's own number where a Cloud lists no zones. */
  private static final long USUAL_ZONES = 3;

  /** Addresses that EC2 keeps of each subnet. */
  private static final int KEPT = 5;

  private static final int WIDEST = 16;

  /** EC2 makes no narrower subnet. */
  private static final int NARROWEST = 28;

  private final PlatformClusterSpec spec;
  private final Mistakes mistakes;
  private final long zones;

  /** Whether GPU machines are provider-isobar's, which try one zone after the other. */
  private final boolean own;

  Ec2SubnetChecks(PlatformClusterSpec spec, Catalogue cloud, Mistakes mistakes) {
    this.spec = spec;
    this.mistakes = mistakes;
    this.zones = Ec2Zones.known(cloud).orElse(USUAL_ZONES);
    this.own = cloud.spec().clusterApi().gpuMachines() == GpuMachines.Isobar;
  }

  void check() {
    Cidr range = spec.network().nodeCidr();
    int narrowest = range.prefix() + bits(zones + 1) + bits(zones);
    if (narrowest > NARROWEST) {
      mistakes.add(
          "spec.network.nodeCidr",
          range.text()
              + " has no room for public subnets in "
              + zones
              + " zones: they would be /"
              + narrowest
              + ", and EC2 makes none narrower than /"
              + NARROWEST,
          "choose a range of at least /" + (range.prefix() - narrowest + NARROWEST));
    } else {
      checkNodes(range);
    }
  }

  private void checkNodes(Cidr range) {
    long room = Math.max(0, (1L << (32 - range.prefix() - bits(zones + 1))) - KEPT);
    Map<String, Long> wanted = ofOneZone();
    Optional<Map.Entry<String, Long>> fullest =
        wanted.entrySet().stream().max(Map.Entry.comparingByValue());
    long evenly = (all() + zones - 1) / zones;
    long most = Math.max(evenly, fullest.map(Map.Entry::getValue).orElse(0L));
    if (most > room) {
      String where =
          fullest.filter(zone -> zone.getValue() == most).map(zone -> in(zone.getKey())).orElse("");
      int prefix = 32 - bits(zones + 1) - bits(most + KEPT);
      mistakes.add(
          "spec.network.nodeCidr",
          range.text()
              + " has a private subnet of "
              + room
              + " addresses for each of "
              + zones
              + " zones, and one must hold "
              + most
              + " nodes"
              + where,
          (prefix < WIDEST ? "" : "choose a range of at least /" + prefix + ", or ")
              + "spread pools over more zones, or let them grow to less");
    }
  }

  private static String in(String zone) {
    return zone.isEmpty() ? ": those of pools without zones are all in one" : " in " + zone;
  }

  /** The nodes that are in a zone, by its name; those of pools that name none by none. */
  private Map<String, Long> ofOneZone() {
    var nodes = new TreeMap<String, Long>();
    for (Pool pool : spec.pools()) {
      List<String> names = zones(pool);
      long each = names.isEmpty() ? 0 : (most(pool) + names.size() - 1) / names.size();
      names.forEach(zone -> nodes.merge(zone, each, Long::sum));
    }
    return nodes;
  }

  /** Those that its nodes are evenly in; none where they are in any of several. */
  private List<String> zones(Pool pool) {
    List<String> named = pool.zones();
    if (pool.gpu().isPresent() && own) {
      return named.size() == 1 ? named : List.of();
    }
    boolean first = named.isEmpty() || pool.gpu().isPresent();
    return first ? List.of(named.stream().findFirst().orElse("")) : named;
  }

  private long all() {
    boolean managed = spec.controlPlane().kind() == ControlPlane.Kind.Managed;
    return spec.pools().stream().mapToLong(Ec2SubnetChecks::most).sum()
        + (managed ? 0 : spec.controlPlane().replicas() + 1L);
  }

  /** With one more while it is rolled, unless its machines may be too scarce for that. */
  private static long most(Pool pool) {
    long most = pool.autoscale().map(limits -> limits.max()).or(pool::replicas).orElse(0);
    return pool.gpu().isPresent() || pool.capacity().isPresent() ? most : most + 1;
  }

  private static int bits(long number) {
    return Long.SIZE - Long.numberOfLeadingZeros(number - 1);
  }
}
