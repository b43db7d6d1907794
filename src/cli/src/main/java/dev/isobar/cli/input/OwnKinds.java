package dev.isobar.cli.input;

import dev.isobar.apis.decode.Nearest;
import dev.isobar.apis.tree.Tree;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The kinds of our own APIs, by which a slip of the keyboard is told from somebody else's object.
 */
final class OwnKinds {
  private static final String PLATFORM = InputSorting.GROUP + "/v1alpha1";
  private static final String COMPUTE = "compute.isobar.dev/v1alpha1";
  private static final String INFRASTRUCTURE = "infrastructure.isobar.dev/v1alpha1";

  private static final SortedMap<String, String> VERSIONS =
      new TreeMap<>(
          Map.of(
              "PlatformCluster", PLATFORM,
              "XPlatformCluster", PLATFORM,
              "GpuWorkspace", PLATFORM,
              "XGpuWorkspace", PLATFORM,
              "Cloud", COMPUTE,
              "ClusterCleanup", COMPUTE,
              "GpuMachine", INFRASTRUCTURE,
              "GpuMachineTemplate", INFRASTRUCTURE,
              "Settings", "isobar.fn.crossplane.io/v1alpha1"));

  /** What provider-isobar acts on as it is written, and no composition makes. */
  private static final Set<String> OF_THE_PROVIDER =
      Set.of("ClusterProviderConfig", "Instance", "ProviderConfig", "ProviderConfigUsage");

  static {
    OF_THE_PROVIDER.forEach(kind -> VERSIONS.put(kind, COMPUTE));
  }

  private static final Set<String> GROUPS =
      VERSIONS.values().stream().map(OwnKinds::group).collect(Collectors.toUnmodifiableSet());

  private OwnKinds() {}

  /** Whether an object goes to provider-isobar as it is. */
  static boolean isOfTheProvider(Map<String, ?> object) {
    Identity identity = Identity.of(object);
    return identity.group().equals(group(COMPUTE)) && OF_THE_PROVIDER.contains(identity.kind());
  }

  /** What is wrong with apiVersion and kind of an object; empty when it is not of our groups. */
  static Optional<String> problem(Map<String, ?> object) {
    Identity identity = Identity.of(object);
    String apiVersion = Tree.of(object).at("apiVersion").text().orElse("");
    Optional<String> right = Optional.ofNullable(VERSIONS.get(identity.kind()));
    if (!GROUPS.contains(identity.group())) {
      return right
          .filter(version -> Nearest.to(identity.group(), Set.of(group(version))).isPresent())
          .map(version -> wrongVersion(identity.kind(), apiVersion, version));
    }
    return right.isEmpty()
        ? Optional.of(
            "kind: there is no "
                + identity.kind()
                + "; "
                + Nearest.remedy(identity.kind(), VERSIONS.keySet(), "the kinds are"))
        : right
            .filter(version -> !version.equals(apiVersion))
            .map(version -> wrongVersion(identity.kind(), apiVersion, version));
  }

  private static String wrongVersion(String kind, String written, String right) {
    return "apiVersion: there is no " + kind + " of " + written + "; write " + right;
  }

  private static String group(String apiVersion) {
    return apiVersion.substring(0, apiVersion.indexOf('/'));
  }
}
