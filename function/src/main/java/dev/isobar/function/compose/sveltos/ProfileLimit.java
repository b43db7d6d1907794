package dev.isobar.function.compose.sveltos;

import dev.isobar.apis.platform.ExtraAddon;
import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.plan.Keys;
import dev.isobar.function.compose.plan.Mistakes;
import dev.isobar.function.compose.plan.ObservedCluster;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;

/**
 * Checks that what a claim brings for add-ons, its own and Isobar's, fits into the objects that
 * take it to Sveltos. What is there already has fitted.
 */
public final class ProfileLimit {
  /** Kubernetes takes no more in a ConfigMap (MaxSecretSize of its API). */
  private static final long MOST_OF_CONFIG = 1024 * 1024;

  /**
   * etcd takes requests of 1.5 MiB unless it is told otherwise; 64 KiB of them are for all else of
   * a profile, and of the ClusterSummary that Sveltos copies it to.
   */
  private static final long MOST_OF_PROFILE = 1536 * 1024 - 64 * 1024;

  /** The most bytes a character takes in JSON. */
  private static final int MOST_OF_CHARACTER = 6;

  private ProfileLimit() {}

  /**
   * Checks the objects of add-ons.
   *
   * @param objects what shall exist, by composition resource name
   */
  public static void check(
      PlatformClusterSpec spec,
      SortedMap<String, SortedMap<String, Object>> objects,
      ObservedCluster observed,
      Mistakes mistakes) {
    for (int i = 0; i < spec.addons().extra().size(); i++) {
      ExtraAddon extra = spec.addons().extra().get(i);
      String path = "spec.addons.extra[" + i + "]";
      path += extra.chart().isPresent() ? ".chart.values" : ".manifests";
      checkConfig(Keys.addonConfig(extra.name()), objects, observed, path, mistakes);
      checkProfile(Keys.addon(extra.name()), objects, observed, path, mistakes);
    }
    for (String addon : spec.addons().values().keySet()) {
      String path = "spec.addons.values[" + addon + "]";
      checkConfig(Keys.addonConfig(addon), objects, observed, path, mistakes);
      checkConfig(Keys.addonValues(addon), objects, observed, path, mistakes);
      checkProfile(Keys.addon(addon), objects, observed, path, mistakes);
    }
  }

  private static void checkConfig(
      String key,
      SortedMap<String, SortedMap<String, Object>> objects,
      ObservedCluster observed,
      String path,
      Mistakes mistakes) {
    Tree data = Tree.of(objects.get(key)).at("data");
    long bytes =
        data.fields().stream()
            .flatMap(file -> data.at(file).text().stream())
            .mapToLong(text -> text.getBytes(StandardCharsets.UTF_8).length)
            .sum();
    if (bytes > MOST_OF_CONFIG && !same(data, observed.resource(key).at("data"))) {
      add(path, bytes, "the ConfigMap that takes them to Sveltos", MOST_OF_CONFIG, mistakes);
    }
  }

  private static void checkProfile(
      String key,
      SortedMap<String, SortedMap<String, Object>> objects,
      ObservedCluster observed,
      String path,
      Mistakes mistakes) {
    Tree wanted = values(Tree.of(objects.get(key)));
    long bytes = wanted.text().map(ProfileLimit::asJson).orElse(0L);
    if (bytes > MOST_OF_PROFILE && !same(wanted, values(observed.resource(key)))) {
      add(path, bytes, "the profile that takes them to Sveltos", MOST_OF_PROFILE, mistakes);
    }
  }

  private static Tree values(Tree profile) {
    List<Tree> charts = profile.at("spec", "helmCharts").items();
    return charts.isEmpty() ? Tree.absent() : charts.getFirst().at("values");
  }

  private static boolean same(Tree wanted, Tree there) {
    return there.exists() && wanted.plain() != null && wanted.plain().equals(there.plain());
  }

  private static void add(String path, long bytes, String what, long most, Mistakes mistakes) {
    mistakes.add(
        path,
        "come to " + bytes + " bytes, and " + what + " has room for " + most,
        "leave out what is as the chart has it anyway, or publish a chart of your own that brings"
            + " them");
  }

  /** How long a text is as the API server stores it; exact only when it may be too long. */
  private static long asJson(String text) {
    return (long) text.length() * MOST_OF_CHARACTER <= MOST_OF_PROFILE
        ? text.length()
        : text.codePoints().mapToLong(ProfileLimit::asJson).sum();
  }

  private static long asJson(int sign) {
    return switch (sign) {
      case '"', '\\', '\n', '\r', '\t' -> 2;
      case '<', '>', '&', 0x2028, 0x2029 -> MOST_OF_CHARACTER;
      default ->
          sign < ' '
              ? MOST_OF_CHARACTER
              : sign < 0x80 ? 1 : sign < 0x800 ? 2 : sign < 0x10000 ? 3 : 4;
    };
  }
}
