package dev.isobar.function.compose.plan;

import dev.isobar.apis.platform.ControlPlane;
import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.apis.platform.Pool;
import dev.isobar.apis.schema.Cidr;
import dev.isobar.function.compose.cloud.Catalogue;
import java.util.Comparator;
import java.util.Map;
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
  private static final int USUAL_ZONES = 3;

  /** Addresses that EC2 keeps of each subnet. */
  private static final int KEPT = 5;

  private static final int WIDEST = 16;

  private final PlatformClusterSpec spec;
  private final Mistakes mistakes;
  private final long zones;

  Ec2SubnetChecks(PlatformClusterSpec spec, Catalogue cloud, Mistakes mistakes) {
    this.spec = spec;
    this.mistakes = mistakes;
    this.zones = cloud.zones().isEmpty() ? USUAL_ZONES : cloud.zones().size();
  }

  void check() {
    Cidr range = spec.network().nodeCidr();
    long room = Math.max(0, (1L << (32 - range.prefix() - bits(zones + 1))) - KEPT);
    Map<String, Long> wanted = ofOneZone();
    String fullest =
        wanted.entrySet().stream()
            .max(Map.Entry.comparingByValue(Comparator.naturalOrder()))
            .map(Map.Entry::getKey)
            .orElse("");
    long most = Math.max(wanted.getOrDefault(fullest, 0L), (all() + zones - 1) / zones);
    if (most <= room) {
      return;
    }
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
            + (wanted.getOrDefault(fullest, 0L) == most
                ? fullest.isEmpty()
                    ? ": those of pools without zones are all in one"
                    : " in " + fullest
                : ""),
        (prefix < WIDEST ? "" : "choose a range of at least /" + prefix + ", or ")
            + "spread pools over more zones, or let them grow to less");
  }

  /** The nodes that are in one zone, by its name; those of pools that name none by none. */
  private Map<String, Long> ofOneZone() {
    var nodes = new TreeMap<String, Long>();
    for (Pool pool : spec.pools()) {
      if (pool.zones().size() < 2) {
        nodes.merge(pool.zones().stream().findFirst().orElse(""), most(pool), Long::sum);
      }
    }
    return nodes;
  }

  private long all() {
    boolean managed = spec.controlPlane().kind() == ControlPlane.Kind.Managed;
    return spec.pools().stream().mapToLong(Ec2SubnetChecks::most).sum()
        + (managed ? 0 : spec.controlPlane().replicas() + 1L);
  }

  /** With one more while it is rolled. */
  private static long most(Pool pool) {
    return pool.autoscale().map(limits -> limits.max()).or(pool::replicas).orElse(0) + 1L;
  }

  private static int bits(long number) {
    return Long.SIZE - Long.numberOfLeadingZeros(number - 1);
  }
}
