package dev.isobar.provider.decide;

import dev.isobar.apis.compute.InstanceObservation;
import java.util.Optional;

/**
 * What a pass leaves behind in the status.
 *
 * @param ready the condition Ready; as it was when empty
 * @param synced the condition Synced; as it was when empty
 */
public record Report(
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
  public static final Report SILENT =
      new Report(Optional.empty(), Optional.empty(), new Facts.Kept(), Optional.empty());

  /** Whether there is nothing to write. */
  public boolean silent() {
    return ready.isEmpty() && synced.isEmpty();
  }

  static Report synced(Verdict synced) {
    return new Report(Optional.empty(), Optional.of(synced), new Facts.Kept(), Optional.empty());
  }

  static Report of(Verdict ready, Verdict synced) {
    return new Report(Optional.of(ready), Optional.of(synced), new Facts.Kept(), Optional.empty());
  }

  Report and(Notice news) {
    return new Report(ready, synced, facts, Optional.of(news));
  }

  Report showing(InstanceObservation machine) {
    return new Report(ready, synced, new Facts.Shown(machine), notice);
  }

  Report showingNothing() {
    return new Report(ready, synced, new Facts.Cleared(), notice);
  }
}
