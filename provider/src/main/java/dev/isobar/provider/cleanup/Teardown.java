package dev.isobar.provider.cleanup;

import dev.isobar.apis.compute.ClusterCleanupSpec.Fate;
import dev.isobar.provider.external.Leftover;
import dev.isobar.provider.external.Leftover.Kind;
import java.util.List;

/**
 * What becomes of what a deleted cluster left.
 *
 * @param next what can be asked to go now
 * @param going what must be gone before the end, {@code next} included
 * @param kept what stays
 */
public record Teardown(List<Leftover> next, List<Leftover> going, List<Leftover> kept) {
  /**
   * Load balancers go alone and first, for they use addresses and security groups; a volume goes
   * after its snapshots. What another cluster uses stays.
   */
  public static Teardown of(List<Leftover> found, Fate volumes) {
    List<Leftover> going =
        found.stream()
            .filter(one -> !one.shared())
            .filter(one -> volumes == Fate.Delete || !one.kind().holdsData())
            .toList();
    boolean balanced = any(going, Kind.LoadBalancer);
    boolean copied = any(going, Kind.Snapshot);
    List<Leftover> next =
        going.stream()
            .filter(Leftover::settled)
            .filter(one -> !balanced || one.kind() == Kind.LoadBalancer)
            .filter(one -> !copied || one.kind() != Kind.Volume)
            .toList();
    return new Teardown(next, going, found.stream().filter(one -> !going.contains(one)).toList());
  }

  private static boolean any(List<Leftover> all, Kind kind) {
    return all.stream().anyMatch(one -> one.kind() == kind);
  }
}
