package dev.isobar.function.compose;

import dev.isobar.apis.tree.Tree;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the status said of pools when they were last looked at. Cluster API counts a node that was
 * lost and one that has not come yet alike, so this is how the two are told apart.
 */
final class PastPools {
  private static final String DEGRADED = "Degraded";

  private final Map<String, Tree> byName = new TreeMap<>();

  PastPools(Tree composite) {
    for (Tree pool : composite.at("status", "pools").items()) {
      pool.at("name").text().ifPresent(name -> byName.put(name, pool));
    }
  }

  /** The status of a pool, absent when there was none. */
  Tree of(String pool) {
    return byName.getOrDefault(pool, Tree.absent());
  }

  /** What the status said of how a pool is. */
  Optional<String> state(String pool) {
    return of(pool).at("state").text();
  }

  /**
   * Whether nodes of a pool that were there are missing. Once they are, they are until all are
   * there again: one that is replaced is still missing. A pool that was to go had no nodes to lose.
   */
  boolean lost(String pool, NodeCount now) {
    boolean went = state(pool).filter(LeavingPools::said).isPresent();
    long before = went ? 0 : of(pool).at("ready").whole().orElse(0L);
    boolean fewer = now.ready() < Math.min(before, now.wanted());
    return fewer || state(pool).filter(DEGRADED::equals).isPresent();
  }
}
