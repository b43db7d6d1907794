package dev.isobar.provider.reconcile;

import dev.isobar.provider.decide.Annotations;
import dev.isobar.provider.decide.Managed;
import dev.isobar.provider.external.Mark;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Subject;
import java.util.Map;
import java.util.Optional;

/**
 * Whose a machine is that an Instance names: a copy of an Instance, and a backup of it in another
 * cluster, have its external name as well.
 */
final class Owners {
  private final ManagedStore store;
  private final Optional<String> installation;

  /**
   * As this provider knows them.
   *
   * @param marks that it gives to machines
   */
  Owners(ManagedStore store, Map<String, String> marks) {
    this.store = store;
    this.installation = Optional.ofNullable(marks.get(Subject.INSTALLATION_TAG));
  }

  /** Why an Instance may neither change nor delete a machine; empty when it may. */
  Optional<String> objection(Managed managed, ObservedMachine machine) {
    return machine
        .mark()
        .filter(mark -> !mark.uid().equals(managed.uid()))
        .flatMap(
            mark -> here(managed, machine, mark.uid()).or(() -> elsewhere(managed, machine, mark)));
  }

  /** By the UID alone: the tags that tell its name are for people, who may change them. */
  private Optional<String> here(Managed managed, ObservedMachine machine, String owner) {
    return store
        .owner(owner)
        .map(one ->
            "machine %s is that of Instance %s; correct annotation %s, or set managementPolicies to [Observe] to look at it; if its mark is wrong, whoever changed it sets tag %s to %s again, and unsets any other of that name"
                .formatted(
                    machine.id(),
                    one.key(),
                    Annotations.EXTERNAL_NAME,
                    Subject.UID_TAG,
                    managed.uid()));
  }

  /**
   * Nobody here can tell whether another cluster still keeps it, so a person has to. Who does not
   * know its own installation marks nothing with it, so what is marked is another's.
   */
  private Optional<String> elsewhere(Managed managed, ObservedMachine machine, Mark mark) {
    return mark.installation()
        .filter(theirs -> !installation.equals(Optional.of(theirs)))
        .filter(theirs -> !managed.annotation(Annotations.TAKE_OVER).equals(Optional.of(theirs)))
        .map(theirs ->
            "machine %s is kept by another cluster (installation %s) for Instance %s; set managementPolicies to [Observe] to look at it, or, if that cluster keeps it no more, annotation %s to that installation"
                .formatted(machine.id(), theirs, mark.instance(), Annotations.TAKE_OVER));
  }
}
