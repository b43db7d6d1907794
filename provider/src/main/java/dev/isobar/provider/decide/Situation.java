package dev.isobar.provider.decide;

import dev.isobar.apis.compute.InstanceStatus.RefusedOffer;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Offer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything a decision is made of.
 *
 * @param managed the object as it was read or written last
 * @param findsByMark whether the cloud can find machines by the mark they carry; without it a
 *     creation of unknown end must be cleared up by a person
 * @param refused offers that were refused, as the status will show them
 * @param published the connection details that are known to be stored
 * @param last what came of the step before
 */
public record Situation(
    Managed managed,
    Pace pace,
    boolean findsByMark,
    Instant now,
    View view,
    Preparation preparation,
    List<RefusedOffer> refused,
    Map<String, String> published,
    Happening last) {
  /** The situation at the beginning of a pass. */
  public static Situation begin(Managed managed, Pace pace, boolean findsByMark, Instant now) {
    return new Situation(
        managed,
        pace,
        findsByMark,
        now,
        new View.Unseen(),
        new Preparation.Open(),
        managed.status().refusedOffers(),
        Map.of(),
        new Happening.Nothing());
  }

  /** The same at another time. */
  public Situation at(Instant time) {
    return new Situation(
        managed, pace, findsByMark, time, view, preparation, refused, published, last);
  }

  /** After the object was stored. */
  public Situation stored(Managed written, Happening happening) {
    return new Situation(
        written, pace, findsByMark, now, view, preparation, refused, published, happening);
  }

  /** After a look. */
  public Situation seeing(View seen) {
    return new Situation(
        managed, pace, findsByMark, now, seen, preparation, refused, published, last);
  }

  /** After preparing. */
  public Situation prepared(Preparation known) {
    return new Situation(managed, pace, findsByMark, now, view, known, refused, published, last);
  }

  /** After an offer was refused. */
  public Situation refusing(Offer offer, Failure failure) {
    List<RefusedOffer> more = Offers.refuse(refused, offer, failure, managed.uid(), now);
    return new Situation(managed, pace, findsByMark, now, view, preparation, more, published, last);
  }

  /** After the connection details were stored. */
  public Situation publishing(Map<String, String> details) {
    return new Situation(
        managed, pace, findsByMark, now, view, preparation, refused, details, last);
  }

  /** After something else. */
  public Situation after(Happening happening) {
    return new Situation(
        managed, pace, findsByMark, now, view, preparation, refused, published, happening);
  }

  /**
   * The account that was looked into.
   *
   * @throws IllegalStateException when nobody looked
   */
  public String account() {
    if (view instanceof View.Seen seen) {
      return seen.account();
    }
    throw new IllegalStateException("nobody looked into the cloud yet");
  }

  /** The machines that were seen. */
  List<ObservedMachine> machines() {
    return view instanceof View.Seen seen ? seen.machines() : List.of();
  }

  Policies policies() {
    return Policies.of(managed.spec().managementPolicies());
  }

  /** The machine the object names, if it is there. */
  Optional<ObservedMachine> named() {
    return named(managed, machines());
  }

  /** The machine an object names, if it is among these. */
  public static Optional<ObservedMachine> named(Managed managed, List<ObservedMachine> machines) {
    return managed
        .externalName()
        .flatMap(id -> machines.stream().filter(one -> one.id().equals(id)).findFirst());
  }
}
