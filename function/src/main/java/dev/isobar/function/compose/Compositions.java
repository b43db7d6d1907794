package dev.isobar.function.compose;

import dev.isobar.function.contract.Composition;
import java.util.SortedMap;
import java.util.TreeMap;

/** The composites this function expands. */
public final class Compositions {
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
    return byKind;
  }
}
