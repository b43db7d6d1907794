package dev.isobar.provider.decide;

import dev.isobar.provider.external.Belonging;
import dev.isobar.provider.external.Mark;
import dev.isobar.provider.external.ObservedMachine;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Machines that carry the mark of an Instance that does not exist. Nobody deletes them: whoever can
 * tell why they are there decides.
 */
public final class Orphans {
  /** As many as a condition names. */
  private static final int NAMED = 10;

  private Orphans() {}

  /**
   * Those among some machines.
   *
   * @param installation of the provider that asks; machines of others are nobody's here. One that
   *     does not tell its installation counts, because every provider marks those that it keeps.
   *     When it is unknown itself, all count.
   * @param known whether an Instance exists
   * @param named whether an Instance names a machine, which it may whatever mark that carries
   */
  public static List<ObservedMachine> among(
      List<ObservedMachine> machines,
      Optional<String> installation,
      Predicate<Mark> known,
      Predicate<String> named) {
    return machines.stream()
        .filter(machine -> !machine.terminating())
        .filter(machine ->
            machine
                .mark()
                .filter(mark -> ours(mark, installation))
                .filter(mark -> !known.test(mark))
                .isPresent())
        .filter(machine -> !named.test(machine.id()))
        .sorted(Comparator.comparing(ObservedMachine::id))
        .toList();
  }

  private static boolean ours(Mark mark, Optional<String> installation) {
    return installation.isEmpty()
        || mark.installation().isEmpty()
        || mark.installation().equals(installation);
  }

  /**
   * Those of what was made besides machines: their Instance does not exist, or has another one of
   * their kind with its machine, or they outlived their machine; and no machine has them that has a
   * right to be there.
   *
   * @param machines ids of machines that are there and no orphans
   * @param before what was made later, and no machine has yet, may be of a creation under way in
   *     whichever cluster
   */
  public static List<Belonging> among(
      List<Belonging> belongings,
      Predicate<String> known,
      Predicate<String> machines,
      Instant before) {
    return belongings.stream()
        .filter(one -> !known.test(one.uid()) || one.kept() || surplus(one, belongings))
        .filter(one -> one.machine().filter(machines).isEmpty())
        .filter(one -> one.machine().isPresent() || one.since().filter(before::isBefore).isEmpty())
        .toList();
  }

  /** What came too late, after another one had taken its place. */
  private static boolean surplus(Belonging one, List<Belonging> belongings) {
    return one.machine().isEmpty()
        && belongings.stream()
            .anyMatch(other ->
                other.machine().isPresent()
                    && other.uid().equals(one.uid())
                    && other.kind().equals(one.kind()));
  }

  /** What a condition says of them. */
  public static String words(List<ObservedMachine> orphans) {
    String some =
        orphans.stream()
            .limit(NAMED)
            .map(one -> one.id() + one.mark().map(mark -> " of " + mark.instance()).orElse(""))
            .collect(Collectors.joining(", "));
    String more = orphans.size() > NAMED ? " and " + (orphans.size() - NAMED) + " more" : "";
    return "%d %s marked as made for an Instance that does not exist: %s%s; nothing deletes %s, see isobar orphans"
        .formatted(
            orphans.size(),
            orphans.size() == 1 ? "machine is" : "machines are",
            some,
            more,
            orphans.size() == 1 ? "it" : "them");
  }
}
