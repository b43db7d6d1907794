package dev.isobar.provider.decide;

import dev.isobar.apis.compute.InstanceObservation.State;
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

  /**
   * Whether it is what an earlier creation left behind that failed: EC2 shows a launch that it gave
   * up for an hour, also to a process that did not see it being deleted. Adopted once more, it
   * would have the offer rest that is asked for by now.
   */
  static boolean wasGivenUp(Situation situation, ObservedMachine machine) {
    CreationRecord creation = situation.managed().creation();
    boolean open = creation.number() > creation.settled();
    return machine.state() == State.Error
        && !machine.everRan()
        && machine.madeBy().filter(token -> !open || !isLast(situation, token)).isPresent();
  }

  private static boolean isLast(Situation situation, CreationToken token) {
    Managed managed = situation.managed();
    return token.equals(CreationToken.of(managed.uid(), managed.creation().number()));
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
        || (token.isPresent() ? isLast(situation, token.get()) : machine.carries(managed.uid()));
  }
}
