package dev.isobar.function.compose.ec2;

import dev.isobar.apis.platform.ExistingNetwork;
import dev.isobar.apis.tree.Fields;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.plan.ClusterPlan;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The VPC of a cluster, its own or one that exists, as every kind of the AWS provider has it. */
final class AwsNetwork {
  /** A zone of a region; local zones and wavelength zones have other names. */
  private static final Pattern ZONE = Pattern.compile("[a-z]+(-[a-z]+)+-[0-9]+([a-z])");

  private AwsNetwork() {}

  /**
   * VPC and subnets.
   *
   * @param seen the object that has them, absent before it is made
   * @param fewest in how many zones a VPC of the cluster's own must be at least
   */
  static Fields of(ClusterPlan plan, Tree seen, long fewest) {
    Optional<ExistingNetwork> existing = plan.spec().network().existing();
    List<SortedMap<String, Object>> subnets =
        existing.stream()
            .flatMap(one -> one.subnets().stream())
            .sorted()
            .map(id -> Fields.with("id", id).map())
            .toList();
    return Fields.with(
            "vpc",
            existing
                .map(one -> Fields.with("id", one.network().id()))
                .orElseGet(() -> own(plan, seen, fewest)))
        .setUnlessEmpty("subnets", subnets);
  }

  private static Fields own(ClusterPlan plan, Tree seen, long fewest) {
    return Fields.with("cidrBlock", plan.spec().network().nodeCidr().text())
        .set("availabilityZoneUsageLimit", zones(plan, seen, fewest));
  }

  /**
   * In how many zones the VPC has subnets, counted in the order of their names: as many as it takes
   * to have all of the Cloud's; the provider's own number where none are known. It is asked once:
   * subnets are not added later.
   */
  private static Optional<Long> zones(ClusterPlan plan, Tree seen, long fewest) {
    if (seen.exists()) {
      return seen.at("spec", "network", "vpc").at("availabilityZoneUsageLimit").whole();
    }
    return plan.cloud().zones().stream()
        .map(ZONE::matcher)
        .filter(Matcher::matches)
        .map(zone -> zone.group(2).charAt(0) - 'a' + 1L)
        .max(Long::compare)
        .map(zones -> Math.max(zones, fewest));
  }
}
