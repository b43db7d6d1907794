package dev.isobar.function.compose.plan;

import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.apis.schema.Cidr;
import dev.isobar.apis.settings.Settings;
import dev.isobar.apis.tree.Tree;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks that ranges which may reach the API begin where a range can: one that does not may be
 * meant as an address or as all of the range. Those that a load balancer has are left.
 */
final class AllowedRangeChecks {
  private final List<Cidr> claimed;
  private final Settings settings;
  private final ObservedCluster observed;
  private final Mistakes mistakes;

  AllowedRangeChecks(
      PlatformClusterSpec spec, Settings settings, ObservedCluster observed, Mistakes mistakes) {
    this.claimed = spec.network().api().allowedCidrs();
    this.settings = settings;
    this.observed = observed;
    this.mistakes = mistakes;
  }

  void check() {
    check(claimed, "spec.network.api.allowedCidrs", "");
    if (!claimed.isEmpty()) {
      check(settings.managementCidrs(), "settings.managementCidrs", "the platform team must ");
    }
  }

  private void check(List<Cidr> ranges, String path, String who) {
    for (int i = 0; i < ranges.size(); i++) {
      Cidr range = ranges.get(i);
      String plain = range.plain().text();
      if (!range.text().equals(plain) && !inUse(range.text())) {
        String address = range.text().substring(0, range.text().indexOf('/'));
        mistakes.add(
            path + "[" + i + "]",
            range.text() + " does not begin where a range of /" + range.prefix() + " can",
            who
                + "write "
                + plain
                + ", the range that holds the address, or "
                + address
                + "/32 for the address alone");
      }
    }
  }

  private boolean inUse(String range) {
    Tree spec = observed.infrastructure().at("spec");
    return Stream.of(
            spec.at("apiServerLoadBalancer", "allowedCIDRs"),
            spec.at("apiServer", "managedLoadBalancer", "allowedCIDRs"))
        .flatMap(list -> list.items().stream())
        .anyMatch(one -> one.text().filter(range::equals).isPresent());
  }
}
