package dev.isobar.function.compose.plan;

import java.util.Set;
import java.util.stream.Collectors;

/** Which roles a cluster of EKS lets in, as its control plane was last written. */
public record EksEntries(ObservedCluster observed) {
  /** The type of entry by which machines join. */
  public static final String MACHINES = "ec2_linux";

  /** The type of entry of administrators. */
  public static final String PEOPLE = "standard";

  /** The roles with an entry of a type. */
  public Set<String> of(String type) {
    return observed.controlPlane().at("spec", "accessEntries").items().stream()
        .filter(entry -> entry.at("type").text().filter(type::equals).isPresent())
        .flatMap(entry -> entry.at("principalARN").text().stream())
        .collect(Collectors.toUnmodifiableSet());
  }
}
