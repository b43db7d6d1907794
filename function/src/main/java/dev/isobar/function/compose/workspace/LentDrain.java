package dev.isobar.function.compose.workspace;

import dev.isobar.apis.platform.Pool;
import dev.isobar.apis.schema.Span;
import java.util.Optional;

/**
 * How long nodes of a pool of the cluster are drained, beside how old the servers on them may
 * become. The pool is not the workspace's, so nobody lengthens that for it.
 */
public final class LentDrain {
  private LentDrain() {}

  /** That servers end with their node before they are as old as they may be; empty when not. */
  public static Optional<String> tooShort(WorkspacePlan plan, String accelerator, String pool) {
    boolean used =
        plan.servers().stream()
            .anyMatch(
                server -> server.profile().accelerator().filter(accelerator::equals).isPresent());
    Optional<Span> age = plan.spec().jupyterhub().flatMap(hub -> hub.idle().maxAge());
    return plan.cluster().pools().stream()
        .filter(_ -> used && plan.cluster().nodes().waitForSessions())
        .filter(one -> one.name().equals(pool))
        .findFirst()
        .flatMap(one -> age.filter(longest -> exceeds(longest, one)).map(old -> words(old, one)));
  }

  private static boolean exceeds(Span age, Pool pool) {
    return age.duration()
            .compareTo(pool.drainTimeout().map(Span::duration).orElse(OwnPools.USUAL_DRAIN))
        > 0;
  }

  private static String words(Span age, Pool pool) {
    return "servers may become "
        + age.text()
        + " old (idle.maxAge), and nodes of pool "
        + pool.name()
        + " that are replaced end them after "
        + pool.drainTimeout().map(Span::text).orElse("24h")
        + "; the cluster's app team can set drainTimeout of the pool to "
        + age.text();
  }
}
