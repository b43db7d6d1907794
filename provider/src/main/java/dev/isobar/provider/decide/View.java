package dev.isobar.provider.decide;

import dev.isobar.apis.compute.InstanceObservation.Deviation;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.ObservedMachine;
import java.util.List;
import java.util.Optional;

/** What is known of an Instance's machines in this pass. */
public sealed interface View {
  /** Nobody looked yet. */
  record Unseen() implements View {}

  /** The cloud cannot even be asked: its ProviderConfig or credentials are missing or wrong. */
  record Unconnected(Failure failure) implements View {}

  /**
   * The cloud was asked and did not answer all.
   *
   * @param machine the one that is ours, where so much was answered
   */
  record Unanswered(Failure failure, Optional<ObservedMachine> machine) implements View {
    /** Nothing was answered. */
    public Unanswered(Failure failure) {
      this(failure, Optional.empty());
    }
  }

  /** Nobody can tell yet whose the machine is that the object names. */
  record Untold(ObservedMachine machine) implements View {}

  /**
   * The machine that the object names is somebody else's.
   *
   * @param problem whose, and who must do what
   */
  record Disputed(ObservedMachine machine, String problem) implements View {}

  /**
   * The cloud answered.
   *
   * @param account which one was looked into; see {@link
   *     dev.isobar.provider.external.Machines#account}
   * @param machines all of them; see {@link dev.isobar.provider.external.Machines#observe}
   * @param deviations of the one that is ours, when it is settled enough to be compared
   * @param uncompared why nobody can tell in what it differs, when it should have been compared
   * @param listed the cloud's listing to keep time by, whether or not the machines come from it
   * @param sure whether the machine that the object names, if it is not among them, is gone or
   *     somebody else's; see {@link dev.isobar.provider.external.Machines#isGone}
   */
  record Seen(
      String account,
      List<ObservedMachine> machines,
      List<Deviation> deviations,
      Optional<Failure> uncompared,
      Optional<Listed> listed,
      boolean sure)
      implements View {
    /** All was answered. */
    public Seen(String account, List<ObservedMachine> machines, List<Deviation> deviations) {
      this(account, machines, deviations, Optional.empty(), Optional.empty(), false);
    }

    /** The same beside a listing. */
    public Seen with(Optional<Listed> listing) {
      return new Seen(account, machines, deviations, uncompared, listing, sure);
    }

    /** The same where the machine that is named and not shown is gone for certain. */
    public Seen surely() {
      return new Seen(account, machines, deviations, uncompared, listed, true);
    }

    /** The same when nobody can tell in what the machine differs. */
    public Seen uncompared(Failure why) {
      return new Seen(account, machines, List.of(), Optional.of(why), listed, sure);
    }

    /** The same without one that is somebody else's. */
    public Seen without(ObservedMachine foreign) {
      List<ObservedMachine> others =
          machines.stream().filter(machine -> !machine.equals(foreign)).toList();
      return new Seen(account, others, deviations, uncompared, listed, true);
    }
  }
}
