package dev.isobar.provider.decide;

import dev.isobar.provider.external.CreationToken;
import dev.isobar.provider.external.ObservedMachine;
import java.util.Optional;

/** What a machine that is there tells of a creation nobody saw the end of. */
final class Settling {
  private Settling() {}

  /** The object names the machine; only a machine of the last creation settles that. */
  static Step.Name name(Situation situation, ObservedMachine machine) {
    boolean settles = !situation.managed().creation().uncertain() || known(situation);
    return new Step.Name(machine.id(), settles);
  }

  /**
   * The machine that the object names may be an earlier one, which was hidden for a moment: as long
   * as the last creation may still give another, its end stays unknown.
   */
  static Optional<Step> whenNamed(Situation situation, ObservedMachine machine) {
    CreationRecord creation = situation.managed().creation();
    if (!creation.uncertain()) {
      return Optional.empty();
    }
    if (known(situation)) {
      return Optional.of(name(situation, machine));
    }
    return creation.begunWithin(situation.pace().late(), situation.now())
        ? Optional.empty()
        : Optional.of(new Step.GiveUp());
  }

  private static boolean known(Situation situation) {
    return situation.machines().stream().anyMatch(machine -> cameOfLast(situation, machine));
  }

  /** Where nobody can tell what made a machine, its mark must do. */
  private static boolean cameOfLast(Situation situation, ObservedMachine machine) {
    Managed managed = situation.managed();
    CreationRecord creation = managed.creation();
    boolean counted = creation.number() > creation.settled();
    Optional<CreationToken> token = machine.madeBy();
    return !counted
        || (token.isPresent()
            ? token.get().equals(CreationToken.of(managed.uid(), creation.number()))
            : machine.carries(managed.uid()));
  }
}
