package dev.isobar.function.compose.workspace;

import dev.isobar.apis.platform.Pool;
import dev.isobar.apis.schema.Span;
import dev.isobar.apis.workspace.Accelerator;
import java.util.Optional;

/**
 * How long nodes are drained, beside how old the servers on them may become. A pool of the cluster
 * is not the workspace's, so nobody lengthens that for it; what the team wrote of its own is kept.
 */
public final class ShortDrain {
  private ShortDrain() {}

  /** That servers end with their node before they are as old as they may be; empty when not. */
  public static Optional<String> told(WorkspacePlan plan, String accelerator, String pool) {
    boolean used =
        plan.servers().stream()
            .anyMatch(
                server -> server.profile().accelerator().filter(accelerator::equals).isPresent());
    return plan.spec()
        .jupyterhub()
        .flatMap(hub -> hub.idle().maxAge())
        .filter(_ -> used && plan.cluster().nodes().waitForSessions())
        .flatMap(age -> own(plan, accelerator, age).or(() -> lent(plan, pool, age)));
  }

  private static Optional<String> own(WorkspacePlan plan, String name, Span age) {
    return plan.spec().accelerators().stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .flatMap(Accelerator::drainTimeout)
        .filter(drain -> age.duration().compareTo(drain.duration()) > 0)
        .map(drain ->
            old(age)
                + "nodes that are replaced end them after "
                + drain.text()
                + "; set its drainTimeout to "
                + age.text()
                + ", or leave it out");
  }

  private static Optional<String> lent(WorkspacePlan plan, String name, Span age) {
    return plan.cluster().pools().stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .filter(pool -> exceeds(age, pool))
        .map(pool ->
            old(age)
                + "nodes of pool "
                + pool.name()
                + " that are replaced end them after "
                + pool.drainTimeout().map(Span::text).orElse("24h")
                + "; the cluster's app team can set drainTimeout of the pool to "
                + age.text());
  }

  private static boolean exceeds(Span age, Pool pool) {
    return age.duration()
            .compareTo(pool.drainTimeout().map(Span::duration).orElse(OwnPools.USUAL_DRAIN))
        > 0;
  }

  private static String old(Span age) {
    return "servers may become " + age.text() + " old (idle.maxAge), and ";
  }
}
