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
   * In how many zones, counted in the order of their names: as many as it takes to have all of the
   * Cloud's; empty where it knows none, and the provider has a number of its own.
   */
  public static Optional<Long> ofVpc(Catalogue cloud) {
    long fewest = cloud.isManaged() ? FEWEST_OF_EKS : 1;
    return cloud.zones().stream()
        .map(ZONE::matcher)
        .filter(Matcher::matches)
        .map(zone -> zone.group(2).charAt(0) - 'a' + 1L)
        .max(Long::compare)
        .map(zones -> Math.max(zones, fewest));
  }
}
