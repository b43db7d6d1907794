package dev.isobar.provider.decide;

import dev.isobar.apis.compute.InstanceObservation;
import java.util.Optional;

/**
 * What a pass leaves behind in the status.
 *
 * @param ready the condition Ready; as it was when empty
 * @param synced the condition Synced; as it was when empty
 */
public record Conclusion(
    Optional<Verdict> ready, Optional<Verdict> synced, Facts facts, Optional<Notice> notice) {
  /** What the status shows of the machine. */
  public sealed interface Facts {
    /** What it showed before. */
    record Kept() implements Facts {}

    /** Nothing, because there is no machine. */
    record Cleared() implements Facts {}

    /** This. */
    record Shown(InstanceObservation machine) implements Facts {}
  }

  /** Nothing is written. */
  public static final Conclusion SILENT =
      new Conclusion(Optional.empty(), Optional.empty(), new Facts.Kept(), Optional.empty());

  /** Whether there is nothing to write. */
  public boolean silent() {
    return ready.isEmpty() && synced.isEmpty();
  }

  static Conclusion synced(Verdict synced) {
    return new Conclusion(
        Optional.empty(), Optional.of(synced), new Facts.Kept(), Optional.empty());
  }

  static Conclusion of(Verdict ready, Verdict synced) {
    return new Conclusion(
        Optional.of(ready), Optional.of(synced), new Facts.Kept(), Optional.empty());
  }

  /** The same with another condition Synced. */
  Conclusion but(Verdict other) {
    return new Conclusion(ready, Optional.of(other), facts, notice);
  }

  Conclusion and(Notice news) {
    return new Conclusion(ready, synced, facts, Optional.of(news));
  }

  Conclusion showing(InstanceObservation machine) {
    return new Conclusion(ready, synced, new Facts.Shown(machine), notice);
  }

  Conclusion showingNothing() {
    return new Conclusion(ready, synced, new Facts.Cleared(), notice);
  }
}
