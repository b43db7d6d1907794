package dev.isobar.function.compose.plan;

import dev.isobar.apis.platform.Autoscale;
import dev.isobar.apis.platform.Pool;
import dev.isobar.apis.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Shares a pool out over its zones: a MachineDeployment each. */
final class Shares {
  /** More nodes than a pool may have. */
  private static final int MOST = 1_000_000;

  private final Pool pool;
  private final String path;
  private final ObservedCluster observed;
  private final Mistakes mistakes;

  Shares(Pool pool, String path, ObservedCluster observed, Mistakes mistakes) {
    this.pool = pool;
    this.path = path;
    this.observed = observed;
    this.mistakes = mistakes;
  }

  /**
   * The shares.
   *
   * @param scarce whether the Cloud says that there is no machine to spare
   */
  List<PoolPlan.Share> plan(boolean scarce) {
    List<PoolPlan.Share> shares = asked();
    SortedMap<String, Tree> leaving = PoolPlan.leaving(pool.name(), shares, observed);
    if (leaving.isEmpty()) {
      return shares;
    }
    boolean begins = shares.stream().anyMatch(share -> !deployment(shares, share).exists());
    boolean reserved = PoolPlan.reserved(pool);
    if ((scarce || reserved) && begins) {
      mistakes.add(
          path + ".zones",
          "nodes would have to come in other zones before the present ones go, and "
              + (scarce
                  ? "the Cloud calls their machines scarce"
                  : "their machines come from a reservation")
              + ", so none is asked for before one is given back; nothing is changed",
          "set it back; make another pool in the zones you want, and remove this one when its work"
              + " has moved");
    }
    return pool.autoscale().isPresent() ? manned(shares, leaving) : shares;
  }

  private List<PoolPlan.Share> asked() {
    int fewest = pool.autoscale().map(Autoscale::min).or(pool::replicas).orElse(0);
    int most = pool.autoscale().map(Autoscale::max).or(pool::replicas).orElse(0);
    if (fewest > most) {
      mistakes.add(
          path + ".autoscale.min",
          fewest + " is above max " + most,
          "set it to " + most + " or less");
    }
    int zones = pool.gpu().isPresent() ? 1 : pool.zones().size();
    if (zones < 2) {
      String zone = pool.zones().isEmpty() || pool.gpu().isPresent() ? "" : pool.zones().getFirst();
      return List.of(new PoolPlan.Share(zone, fewest, most));
    }
    if (pool.autoscale().isPresent() && most < zones) {
      mistakes.add(
          path + ".autoscale.max",
          most + " is less than the " + zones + " zones the nodes are spread over",
          "set it to at least " + zones + ", or name fewer zones");
    }
    List<PoolPlan.Share> shares = new ArrayList<>();
    for (int i = 0; i < zones; i++) {
      shares.add(
          new PoolPlan.Share(pool.zones().get(i), part(fewest, zones, i), part(most, zones, i)));
    }
    return shares;
  }

  /**
   * Shares of an autoscaled pool that follow others begin with as many nodes as those have now,
   * whatever the lower limit: their pods must find room when they are drained.
   */
  private List<PoolPlan.Share> manned(
      List<PoolPlan.Share> shares, SortedMap<String, Tree> leaving) {
    long nodes = 0;
    for (Tree deployment : leaving.values()) {
      nodes += deployment.at("spec", "replicas").whole().orElse(0L);
    }
    List<PoolPlan.Share> following =
        shares.stream().filter(share -> follows(deployment(shares, share), leaving)).toList();
    List<PoolPlan.Share> manned = new ArrayList<>();
    for (PoolPlan.Share share : shares) {
      int index = following.indexOf(share);
      int more = index < 0 ? 0 : part((int) Math.min(nodes, MOST), following.size(), index);
      int fewest = Math.max(share.fewest(), Math.min(share.most(), more));
      manned.add(new PoolPlan.Share(share.zone(), fewest, share.most()));
    }
    return manned;
  }

  /** Whether a MachineDeployment is made to follow those that leave. */
  private static boolean follows(Tree deployment, SortedMap<String, Tree> leaving) {
    Optional<String> made = created(deployment);
    return !deployment.exists()
        || leaving.values().stream()
            .allMatch(other ->
                made.flatMap(time -> created(other).map(before -> time.compareTo(before) > 0))
                    .orElse(false));
  }

  /** When an object was made; times of the API server are ordered as texts are. */
  private static Optional<String> created(Tree object) {
    return object.at("metadata", "creationTimestamp").text();
  }

  private Tree deployment(List<PoolPlan.Share> shares, PoolPlan.Share share) {
    return observed.resource(PoolPlan.key(pool.name(), shares.size(), share));
  }

  /**
   * The share of one of several zones; the first ones take what does not divide evenly, so that the
   * sum holds.
   */
  private static int part(int whole, int zones, int index) {
    return whole / zones + (index < whole % zones ? 1 : 0);
  }
}
