package dev.isobar.function.compose.plan;

import dev.isobar.function.compose.cloud.Catalogue;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** In which zones Cluster API's provider makes subnets of a VPC. */
public final class Ec2Zones {
  /** A zone of a region; local zones and wavelength zones have other names. */
  private static final Pattern ZONE = Pattern.compile("[a-z]+(-[a-z]+)+-[0-9]+([a-z])");

  /** EKS takes no fewer. */
  private static final long FEWEST_OF_EKS = 2;

  private Ec2Zones() {}

  /**
   * How many of the region's zones a Cloud knows, and there are at least; empty where it knows
   * none. Letters are left out in some regions, so that the last is no number.
   */
  static Optional<Long> known(Catalogue cloud) {
    long known =
        cloud.zones().stream().filter(zone -> ZONE.matcher(zone).matches()).distinct().count();
    return Optional.of(known)
        .filter(zones -> zones > 0)
        .map(zones -> Math.max(zones, fewest(cloud)));
  }

  private static long fewest(Catalogue cloud) {
    return cloud.isManaged() ? FEWEST_OF_EKS : 1;
  }

  /**
   * In how many zones at most, counted in the order of their names: as many as it takes to have all
   * of the Cloud's; empty where it knows none, and the provider has a number of its own.
   */
  public static Optional<Long> ofVpc(Catalogue cloud) {
    return cloud.zones().stream()
        .map(ZONE::matcher)
        .filter(Matcher::matches)
        .map(zone -> zone.group(2).charAt(0) - 'a' + 1L)
        .max(Long::compare)
        .map(zones -> Math.max(zones, fewest(cloud)));
  }
}
