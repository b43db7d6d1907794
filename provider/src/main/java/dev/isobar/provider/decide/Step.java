package dev.isobar.provider.decide;

import dev.isobar.apis.compute.InstanceObservation.Deviation;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Offer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The next thing to do for an Instance. */
public sealed interface Step {
  /** Look at its machines. */
  record Observe() implements Step {}

  /** Store the finalizer. */
  record AddFinalizer() implements Step {}

  /** Take the finalizer away. */
  record RemoveFinalizer() implements Step {}

  /** Find out what a creation needs to know. */
  record Prepare() implements Step {}

  /**
   * Store that this creation begins; whoever read an old object fails here and creates nothing.
   *
   * @param lateUntil until when an earlier request of the same creation may still give a machine
   */
  record Begin(long creation, Offer offer, Optional<Instant> lateUntil) implements Step {}

  /** Store times that have not come yet, by another clock, as those of now. */
  record Redate() implements Step {}

  /** Ask the cloud for the machine of a creation that was begun in this very pass. */
  record Create(long creation, Offer offer) implements Step {}

  /**
   * Store which machine is ours: it was just made, or found by its mark.
   *
   * @param settles whether it is known by that what came of the last creation
   */
  record Name(String id, boolean settles) implements Step {
    /** One that the last creation gave. */
    Name(String id) {
      this(id, true);
    }
  }

  /** Store that nothing can come of the last creation any more, and that nobody saw its end. */
  record GiveUp() implements Step {}

  /** Store in which account, and through which ProviderConfig, our machine was seen. */
  record Locate() implements Step {}

  /**
   * Store that the last creation gave no machine, and remember the offer that was refused.
   *
   * @param lateUntil until when something that was asked for besides the machine may still come;
   *     now where it is there
   */
  record Fail(Offer offer, Failure failure, Optional<Instant> lateUntil) implements Step {}

  /**
   * Store that our machine never worked and will be removed, and remember its offer.
   *
   * @param lateUntil until when something that was made besides it may still come; now where it is
   *     there
   */
  record Discard(String id, Offer offer, Failure failure, Instant lateUntil) implements Step {}

  /** Store that the machine which is named and marked is ours, though we did not make it. */
  record Adopt(String id) implements Step {}

  /**
   * Store that a machine will be removed.
   *
   * @param lateUntil as of {@link Discard}, of one that was given up; empty of one too many, beside
   *     which the one that stays tells where it is
   */
  record MarkRemoval(String id, Optional<Instant> lateUntil) implements Step {
    /** One too many. */
    MarkRemoval(String id) {
      this(id, Optional.empty());
    }
  }

  /** Store that no machine is being removed any more. */
  record Unmark() implements Step {}

  /** Store since when our machine is not shown any more, though nobody saw it go. */
  record Miss() implements Step {}

  /** Ask the cloud to delete machines. */
  record Delete(List<String> ids) implements Step {}

  /** Ask the cloud to remove what is left besides machines. */
  record Release() implements Step {}

  /** Ask the cloud to remove what came late and nothing uses. */
  record Tidy() implements Step {}

  /** Store that nothing is expected to come late any more. */
  record ExpectNoMore() implements Step {}

  /** Ask the cloud to mend what differs. */
  record Update(List<Deviation> deviations) implements Step {}

  /**
   * Store that something which was asked for may still come, though mending failed like this.
   *
   * @param until how long it is expected
   */
  record MarkLate(Failure failure, Instant until) implements Step {}

  /** Write the connection Secret. */
  record Publish(Map<String, String> details) implements Step {}

  /** The pass ends here. */
  record Rest(Conclusion report, Wait until) implements Step {
    /** The same with an event of a deed. */
    Rest with(Notice deed) {
      return new Rest(report.and(deed), until);
    }
  }
}
