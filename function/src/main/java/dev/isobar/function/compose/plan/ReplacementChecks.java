package dev.isobar.function.compose.plan;

import dev.isobar.apis.platform.HealthCheck;
import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.apis.schema.Span;
import java.time.Duration;

/** Checks that machines have the time to become nodes before they are replaced as broken. */
final class ReplacementChecks {
  /** No cloud makes, boots and joins a machine in less. */
  private static final Span STARTUP = new Span("2m");

  /** Kubernetes takes 50 seconds without a sign of life to call a node unready at all. */
  private static final Span UNREADY = new Span("1m");

  private final PlatformClusterSpec spec;
  private final Mistakes mistakes;

  ReplacementChecks(PlatformClusterSpec spec, Mistakes mistakes) {
    this.spec = spec;
    this.mistakes = mistakes;
  }

  void check() {
    check(spec.controlPlane().healthCheck(), "spec.controlPlane.healthCheck");
    for (int i = 0; i < spec.pools().size(); i++) {
      check(spec.pools().get(i).healthCheck(), "spec.pools[" + i + "].healthCheck");
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
