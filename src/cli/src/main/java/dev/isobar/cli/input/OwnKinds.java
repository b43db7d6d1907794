package dev.isobar.cli.input;

import dev.isobar.apis.decode.Nearest;
import dev.isobar.apis.tree.Tree;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

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
              "Cloud", COMPUTE,
              "GpuMachine", INFRASTRUCTURE,
              "GpuMachineTemplate", INFRASTRUCTURE,
              "Settings", "isobar.fn.crossplane.io/v1alpha1"));

  private OwnKinds() {}

  /** What is wrong with apiVersion and kind of an object; empty when it is not of our groups. */
  static Optional<String> problem(Map<String, ?> object) {
    Identity identity = Identity.of(object);
    if (VERSIONS.values().stream().noneMatch(one -> group(one).equals(identity.group()))) {
      return Optional.empty();
    }
    String apiVersion = Tree.of(object).at("apiVersion").text().orElse("");
    String right = VERSIONS.get(identity.kind());
    if (right == null) {
      return Optional.of(
          "kind: there is no "
              + identity.kind()
              + "; "
              + Nearest.remedy(identity.kind(), VERSIONS.keySet(), "the kinds are"));
    }
    return right.equals(apiVersion)
        ? Optional.empty()
        : Optional.of(
            "apiVersion: there is no "
                + identity.kind()
                + " of "
                + apiVersion
                + "; write "
                + right);
  }

  private static String group(String apiVersion) {
    return apiVersion.substring(0, apiVersion.indexOf('/'));
  }
}
