package dev.isobar.function.compose.plan;

import dev.isobar.apis.platform.HealthCheck;
import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.apis.platform.Pool;
import dev.isobar.apis.schema.Span;
import java.time.Duration;

/**
 * Checks that machines have the time to become nodes before they are replaced as broken, and pods
 * an end to the time they may take to leave.
 */
public final class ReplacementChecks {
  /** No cloud makes, boots and joins a machine in less. */
  private static final Span STARTUP = new Span("2m");

  /** Kubernetes takes 50 seconds without a sign of life to call a node unready at all. */
  private static final Span UNREADY = new Span("1m");

  private static final Span SHORTEST = new Span("1s");

  /** Cluster API counts seconds in 32 bits. */
  public static final Span LONGEST = new Span("24855d");

  private final PlatformClusterSpec spec;
  private final boolean exists;
  private final Mistakes mistakes;

  ReplacementChecks(PlatformClusterSpec spec, ObservedCluster observed, Mistakes mistakes) {
    this.spec = spec;
    this.exists = observed.begun();
    this.mistakes = mistakes;
  }

  void check() {
    check(spec.controlPlane().healthCheck(), "spec.controlPlane.healthCheck");
    checkDrain(spec.controlPlane().drainTimeout(), "spec.controlPlane.drainTimeout", mistakes);
    checkProvision();
    for (int i = 0; i < spec.pools().size(); i++) {
      String path = "spec.pools[" + i + "]";
      Pool pool = spec.pools().get(i);
      check(pool.healthCheck(), path + ".healthCheck");
      pool.drainTimeout().ifPresent(drain -> checkDrain(drain, path + ".drainTimeout", mistakes));
    }
  }

  private void checkProvision() {
    Span given = spec.autoscaler().maxNodeProvisionTime();
    if (!exists && given.duration().compareTo(STARTUP.duration()) < 0) {
      mistakes.add(
          "spec.autoscaler.maxNodeProvisionTime",
          given.text() + " is too short: no machine is a node by then, so each would be given back",
          "set it to at least " + STARTUP.text());
    }
  }

  private void check(HealthCheck check, String path) {
    atLeast(
        STARTUP,
        check.startupTimeout(),
        path + ".startupTimeout",
        "no machine is a node by then, so each would be replaced for ever");
    atLeast(
        UNREADY,
        check.unreadyTimeout(),
        path + ".unreadyTimeout",
        "a node whose network falters for a moment would be replaced");
    atMost(check.startupTimeout(), path + ".startupTimeout", mistakes);
    atMost(check.unreadyTimeout(), path + ".unreadyTimeout", mistakes);
  }

  /** Checks that pods have an end to the time they may take to leave. */
  public static void checkDrain(Span drain, String path, Mistakes mistakes) {
    if (drain.duration().isZero()) {
      mistakes.add(
          path,
          drain.text()
              + " would be no limit at all: a pod that does not leave would keep its node"
              + " for ever",
          "set it to " + SHORTEST.text() + ", the least there is, or more");
    }
    atMost(drain, path, mistakes);
  }

  private static void atMost(Span given, String path, Mistakes mistakes) {
    if (given.duration().compareTo(LONGEST.duration()) > 0) {
      mistakes.add(
          path,
          given.text() + " is more than Cluster API can count",
          "set it to at most " + LONGEST.text());
    }
  }

  private void atLeast(Span least, Span given, String path, String consequence) {
    Duration length = given.duration();
    if (length.compareTo(least.duration()) < 0) {
      mistakes.add(
          path,
          given.text() + " is too short: " + consequence,
          "set it to at least " + least.text() + ", or enabled to false if none shall be replaced");
    }
  }
}
