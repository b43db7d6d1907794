package dev.isobar.function.compose.plan;

import dev.isobar.apis.platform.Pool;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.cloud.Catalogue;
import dev.isobar.function.compose.gpu.AcceleratorPlan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the GPU pools of a cluster offer, for whoever uses them without making them. */
public final class PoolOffers {
  private PoolOffers() {}

  /**
   * What a pool offers.
   *
   * @param state the pool in the status of its cluster, absent when it is not there yet
   * @return empty when the Cloud has no more what it takes to tell
   */
  public static Optional<AcceleratorPlan> of(Pool pool, Tree state, Catalogue cloud) {
    var mistakes = new Mistakes();
    var nothing = new ObservedCluster(Collections.emptySortedMap());
    List<SortedMap<String, Integer>> chosen = layouts(state);
    Pool written =
        GpuPools.demand(pool).isPresent() && !chosen.isEmpty()
            ? PoolDemand.written(pool, chosen)
            : pool;
    return new MachineTypes(cloud, mistakes)
        .pool(written, "")
        .flatMap(
            machines -> new GpuPools(cloud, nothing, mistakes, false).plan(written, machines, ""));
  }

  private static List<SortedMap<String, Integer>> layouts(Tree state) {
    List<SortedMap<String, Integer>> layouts = new ArrayList<>();
    for (Tree layout : state.at("planned", "layouts").items()) {
      var counts = new TreeMap<String, Integer>();
      for (String profile : layout.fields()) {
        layout.at(profile).whole().ifPresent(count -> counts.put(profile, count.intValue()));
      }
      layouts.add(counts);
    }
    return layouts;
  }
}
