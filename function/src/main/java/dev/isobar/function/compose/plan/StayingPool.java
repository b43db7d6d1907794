package dev.isobar.function.compose.plan;

import java.util.List;

/**
 * A pool that its accelerator needs no more. It stays until the nodes of those that follow can be
 * had, so that no kind of servers loses its last node to a layout that is still to come.
 *
 * @param name the pool
 * @param grows whether it may have further nodes, because no others can be made yet
 */
public record StayingPool(String name, boolean grows) {
  /**
   * Those of an accelerator.
   *
   * @param accelerator the name of its first pool
   * @param planned all pools that there shall be
   */
  public static List<StayingPool> of(
      String accelerator, List<PoolPlan> planned, ObservedCluster observed) {
    List<String> names = PoolKinds.names(accelerator);
    List<PoolPlan> follow =
        planned.stream()
            .filter(pool -> names.contains(pool.name()) && !pool.stands() && most(pool) > 0)
            .toList();
    boolean heldBack = follow.stream().anyMatch(pool -> heldBack(pool, observed));
    if (!heldBack && follow.stream().noneMatch(pool -> EarlierGpus.coming(pool, observed))) {
      return List.of();
    }
    return PoolKinds.living(accelerator, observed).stream()
        .filter(name -> planned.stream().noneMatch(pool -> pool.name().equals(name)))
        .filter(name -> heldBack || nodes(name, observed) > 0)
        .map(name -> new StayingPool(name, heldBack))
        .toList();
  }

  /** The nodes that a pool is asked for now. */
  public static int nodes(String pool, ObservedCluster observed) {
    return observed.deployments(pool).stream()
        .mapToInt(one -> one.at("spec", "replicas").whole().map(Math::toIntExact).orElse(0))
        .sum();
  }

  private static int most(PoolPlan pool) {
    return pool.shares().stream().mapToInt(PoolPlan.Share::most).sum();
  }

  /** Whether a pool does not even make nodes as planned yet. */
  private static boolean heldBack(PoolPlan pool, ObservedCluster observed) {
    return observed.deployments(pool.name()).isEmpty()
        || pool.gpu()
            .filter(gpu ->
                PoolKinds.config(pool.name(), observed)
                    .filter(present -> !present.equals(gpu.config()))
                    .isPresent())
            .isPresent();
  }
}
