package dev.isobar.provider.cleanup;

import dev.isobar.apis.compute.ClusterCleanupSpec.ControlPlaneRef;
import dev.isobar.apis.compute.ClusterCleanupSpec.Fate;
import dev.isobar.apis.compute.ClusterCleanupStatus;
import dev.isobar.apis.compute.ClusterCleanupStatus.Counts;
import dev.isobar.apis.compute.ClusterCleanupStatus.Found;
import dev.isobar.apis.compute.StatusCondition;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Leftover;
import dev.isobar.provider.external.Leftover.Kind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the status of a ClusterCleanup says.
 *
 * @param before what it says until now
 * @param generation of the object
 * @param now when this is said
 */
public record CleanupReport(ClusterCleanupStatus before, long generation, Instant now) {
  private static final String READY = "Ready";
  private static final int MOST_LISTED = 100;
  private static final int MOST_NAMED = 5;

  /** The cluster lives. */
  public ClusterCleanupStatus watching(List<Leftover> found, Fate volumes) {
    Teardown later = Teardown.of(found, volumes);
    return status(
        found,
        condition(
            "True",
            "Watching",
            "when the cluster is deleted, "
                + words(later.going())
                + verb(later.going())
                + " deleted and "
                + words(later.kept())
                + verb(later.kept())
                + " kept"
                + lent(found)));
  }

  private static String lent(List<Leftover> found) {
    List<Leftover> shared = found.stream().filter(Leftover::shared).toList();
    return shared.isEmpty() ? "" : "; other clusters use " + names(shared);
  }

  private static String verb(List<Leftover> things) {
    return things.size() > 1 ? " are" : " is";
  }

  /** It is deleted, and the cluster is not, or not yet. */
  public ClusterCleanupStatus waiting(ControlPlaneRef controlPlane) {
    return unseen(
        condition(
            "False",
            "ControlPlaneLives",
            "%s %s still exists; nothing is removed before it is gone"
                .formatted(controlPlane.kind(), controlPlane.name())));
  }

  /** What was found when the cloud was looked at last. */
  public static List<Leftover> known(ClusterCleanupStatus status) {
    return status.leftovers().stream()
        .map(one -> new Leftover(Kind.valueOf(one.kind()), one.id(), one.name(), true))
        .toList();
  }

  /** The control plane is gone: removal begins, unless it had begun. */
  public CleanupReport begun() {
    return new CleanupReport(
        new ClusterCleanupStatus(
            before.conditions(),
            before.leftovers(),
            before.counts(),
            before.begunAt().or(() -> Optional.of(seconds()))),
        generation,
        now);
  }

  /** Removal has just begun, and nothing was looked for yet. */
  public ClusterCleanupStatus removing() {
    return unseen(condition("False", "CleaningUp", "looking for what the cluster left"));
  }

  /**
   * The cluster is gone.
   *
   * @param trouble why the cloud refused to remove something, in its words
   */
  public ClusterCleanupStatus removing(
      List<Leftover> found, Teardown teardown, Optional<Failure> trouble) {
    String waiting = "waiting for the end of " + names(teardown.going());
    StatusCondition condition =
        trouble
            .map(why -> condition("False", why.reason(), waiting + ": " + why.words()))
            .orElseGet(() -> condition("False", "CleaningUp", waiting));
    return status(found, condition);
  }

  /** The cloud does not tell what there is. */
  public ClusterCleanupStatus unseen(Failure why, boolean deleting) {
    String way =
        deleting
            ? "; what the cluster left cannot be looked for until that is mended. If its project or"
                + " account is gone as well, remove the finalizer of this object"
            : "";
    return unseen(condition("False", why.reason(), why.words() + way));
  }

  private ClusterCleanupStatus unseen(StatusCondition condition) {
    return new ClusterCleanupStatus(
        List.of(condition), before.leftovers(), before.counts(), before.begunAt());
  }

  private ClusterCleanupStatus status(List<Leftover> found, StatusCondition condition) {
    List<Found> listed =
        found.stream()
            .limit(MOST_LISTED)
            .map(one -> new Found(one.id(), one.kind().name(), one.name()))
            .toList();
    return new ClusterCleanupStatus(
        List.of(condition), listed, Optional.of(counts(found)), before.begunAt());
  }

  private static Counts counts(List<Leftover> found) {
    return new Counts(
        count(found, Kind.LoadBalancer),
        count(found, Kind.PublicAddress),
        count(found, Kind.SecurityGroup),
        count(found, Kind.Snapshot),
        count(found, Kind.Volume));
  }

  private static int count(List<Leftover> found, Kind kind) {
    return (int) found.stream().filter(one -> one.kind() == kind).count();
  }

  private StatusCondition condition(String status, String reason, String message) {
    String since =
        before.conditions().stream()
            .filter(one -> one.type().equals(READY) && one.status().equals(status))
            .map(StatusCondition::lastTransitionTime)
            .findFirst()
            .orElseGet(this::seconds);
    return new StatusCondition(
        READY, status, reason, Optional.of(message), since, Optional.of(generation));
  }

  private String seconds() {
    return now.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** How many of each kind, as in "2 load balancers and 1 volume". */
  public static String words(List<Leftover> found) {
    List<String> parts = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      int count = count(found, kind);
      if (count > 0) {
        parts.add(count + " " + kind.words() + plural(kind, count));
      }
    }
    if (parts.isEmpty()) {
      return "nothing";
    }
    String last = parts.removeLast();
    return parts.isEmpty() ? last : String.join(", ", parts) + " and " + last;
  }

  private static String plural(Kind kind, int count) {
    if (count == 1) {
      return "";
    }
    return kind == Kind.PublicAddress ? "es" : "s";
  }

  /** The first few, each with its id, and how many more there are. */
  public static String names(List<Leftover> found) {
    String some =
        found.stream().limit(MOST_NAMED).map(Leftover::toString).collect(Collectors.joining(", "));
    return found.size() <= MOST_NAMED
        ? some
        : some + " and " + (found.size() - MOST_NAMED) + " more";
  }
}
