package dev.isobar.function.compose;

import dev.isobar.apis.compute.CloudSpec;
import dev.isobar.apis.compute.CloudStatus;
import dev.isobar.apis.decode.Decoder;
import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.apis.platform.PlatformClusterStatus;
import dev.isobar.apis.settings.Settings;
import dev.isobar.function.contract.Composition;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The composites this function expands. */
public final class Compositions {
  private static final List<Class<? extends Record>> READ_OR_WRITTEN =
      List.of(
          PlatformClusterSpec.class,
          CloudSpec.class,
          CloudStatus.class,
          Settings.class,
          PlatformClusterStatus.class);

  private Compositions() {}

  /**
   * The compositions by kind of composite: a cluster-scoped one with a claim, and its namespaced
   * twin.
   */
  public static SortedMap<String, Composition> byKind() {
    var cluster = new PlatformClusterComposition();
    var byKind = new TreeMap<String, Composition>();
    byKind.put("XPlatformCluster", cluster);
    byKind.put("PlatformCluster", cluster);
    var workspace = new GpuWorkspaceComposition();
    byKind.put("XGpuWorkspace", workspace);
    byKind.put("GpuWorkspace", workspace);
    return byKind;
  }

  /**
   * Reads what the records of the API say of themselves, for which the first request would wait
   * otherwise: a third of all that a start takes. May run beside anything else.
   */
  public static void prepare() {
    for (Class<? extends Record> type : READ_OR_WRITTEN) {
      var _ = Decoder.of(type);
    }
  }
}
