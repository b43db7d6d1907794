package dev.isobar.provider.ec2;

import dev.isobar.provider.external.Order;
import java.util.List;
import java.util.Optional;

/**
 * An order with everything it names found.
 *
 * @param subnets of the order's interfaces, one each
 * @param groups of security of the order's interfaces, one list each
 * @param fabricGroups of its fabric interfaces
 * @param type what is known of the machine type
 * @param keyName the key pair to log in with
 */
record LaunchPlan(
    Order order,
    Ec2Names.FoundImage image,
    List<Optional<Ec2Names.FoundSubnet>> subnets,
    List<List<String>> groups,
    List<String> fabricGroups,
    Optional<TypeFacts> type,
    Optional<String> keyName) {
  /** The same with another key pair. */
  LaunchPlan with(String key) {
    return new LaunchPlan(order, image, subnets, groups, fabricGroups, type, Optional.of(key));
  }
}
