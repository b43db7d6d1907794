package dev.isobar.provider.cloud;

import dev.isobar.apis.compute.CloudStatus;
import dev.isobar.apis.compute.CloudStatus.Quota;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whether what a look found is worth storing. Everything that requires a Cloud is worked on when it
 * is written, all composites among it, so a look that found the same is not stored, and how much is
 * used only now and then.
 */
public final class Quiet {
  private static final Duration BETWEEN_USES = Duration.ofHours(1);

  /** So that a Cloud nobody looks at any more can be told from one that does not change. */
  private static final Duration BETWEEN_SIGNS = Duration.ofDays(1);

  private Quiet() {}

  /** Whether it is. */
  public static boolean breaks(CloudStatus before, CloudStatus after, Instant now) {
    if (after.equals(before)) {
      return false;
    }
    if (!lasting(before).equals(lasting(after))) {
      return true;
    }
    boolean sameUse = before.quota().equals(after.quota());
    Duration pause = sameUse ? BETWEEN_SIGNS : BETWEEN_USES;
    return before
        .discoveredAt()
        .flatMap(Quiet::time)
        .filter(since -> since.plus(pause).isAfter(now) && !since.isAfter(now))
        .isEmpty();
  }

  /** What does not change by itself. */
  private static CloudStatus lasting(CloudStatus status) {
    List<Quota> limits =
        status.quota().stream().map(one -> new Quota(one.resource(), one.limit(), 0)).toList();
    return new CloudStatus(
        status.conditions(),
        status.machineTypes(),
        status.images(),
        status.zones(),
        limits,
        Optional.empty(),
        status.counts());
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException _) {
      return Optional.empty(); // somebody else wrote it; it is written anew
    }
  }
}
