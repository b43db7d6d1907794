package dev.isobar.function.compose.ec2;

import dev.isobar.apis.platform.ExistingNetwork;
import dev.isobar.apis.tree.Fields;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.Ec2Zones;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** The VPC of a cluster, its own or one that exists, as every kind of the AWS provider has it. */
final class AwsNetwork {
  private AwsNetwork() {}

  /**
   * VPC and subnets.
   *
   * @param seen the object that has them, absent before it is made
   */
  static Fields of(ClusterPlan plan, Tree seen) {
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
                .orElseGet(() -> own(plan, seen)))
        .setUnlessEmpty("subnets", subnets);
  }

  private static Fields own(ClusterPlan plan, Tree seen) {
    return Fields.with("cidrBlock", plan.spec().network().nodeCidr().text())
        .set("availabilityZoneUsageLimit", zones(plan, seen));
  }

  /**
   * In how many zones the VPC has subnets. The Cloud is asked once: subnets are not added later.
   */
  private static Optional<Long> zones(ClusterPlan plan, Tree seen) {
    if (seen.exists()) {
      return seen.at("spec", "network", "vpc").at("availabilityZoneUsageLimit").whole();
    }
    return Ec2Zones.ofVpc(plan.cloud());
  }
}
