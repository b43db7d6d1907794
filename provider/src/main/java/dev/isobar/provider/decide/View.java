package dev.isobar.provider.decide;

import dev.isobar.apis.compute.InstanceObservation.Deviation;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.ObservedMachine;
import java.util.List;

/** What is known of an Instance's machines in this pass. */
public sealed interface View {
  /** Nobody looked yet. */
  record Unseen() implements View {}

  /** The cloud cannot even be asked: its ProviderConfig or credentials are missing or wrong. */
  record Unconnected(Failure failure) implements View {}

  /** The cloud was asked and did not answer. */
  record Unanswered(Failure failure) implements View {}

  /**
   * The cloud answered.
   *
   * @param account which one was looked into; see {@link
   *     dev.isobar.provider.external.Machines#account}
   * @param machines all of them; see {@link dev.isobar.provider.external.Machines#observe}
   * @param deviations of the one that is ours, when it is settled enough to be compared
   */
  record Seen(String account, List<ObservedMachine> machines, List<Deviation> deviations)
      implements View {}
}
