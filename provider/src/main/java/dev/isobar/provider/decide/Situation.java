package dev.isobar.provider.decide;

import dev.isobar.apis.compute.InstanceStatus.RefusedOffer;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Offer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything a decision is made of.
 *
 * @param managed the object as it was read or written last
 * @param findsByMark whether the cloud can find machines by the mark they carry; without it a
 *     creation of unknown end must be cleared up by a person
 * @param refused offers that were refused, as the status will show them
 * @param published the connection details that are known to be stored
 * @param last what came of the step before
 * @param setbacks what failed in this pass and did not end it
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
    Happening last,
    List<Setback> setbacks) {
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
        new Happening.Nothing(),
        List.of());
  }

  /** The same at another time. */
  public Situation at(Instant time) {
    return new Situation(
        managed, pace, findsByMark, time, view, preparation, refused, published, last, setbacks);
  }

  /** After the object was stored. */
  public Situation stored(Managed written, Happening happening) {
    return new Situation(
        written,
        pace,
        findsByMark,
        now,
        view,
        preparation,
        refused,
        published,
        happening,
        setbacks);
  }

  /** After a look. */
  public Situation seeing(View seen) {
    return new Situation(
        managed, pace, findsByMark, now, seen, preparation, refused, published, last, setbacks);
  }

  /** After preparing. */
  public Situation prepared(Preparation known) {
    return new Situation(
        managed, pace, findsByMark, now, view, known, refused, published, last, setbacks);
  }

  /** After an offer was refused. */
  public Situation refusing(Offer offer, Failure failure) {
    List<RefusedOffer> more = Offers.refuse(refused, offer, failure, managed.uid(), now);
    return new Situation(
        managed, pace, findsByMark, now, view, preparation, more, published, last, setbacks);
  }

  /** After the connection details were stored. */
  public Situation publishing(Map<String, String> details) {
    return new Situation(
        managed, pace, findsByMark, now, view, preparation, refused, details, last, setbacks);
  }

  /** After something else. */
  public Situation after(Happening happening) {
    List<Setback> more = new ArrayList<>(setbacks);
    if (happening instanceof Happening.Deleted(var ids, Effect.Failed(var failure, _))) {
      ids.forEach(id -> more.add(new Setback.NotRemoved(id, failure)));
    }
    return hindered(happening, more);
  }

  /** After the connection details could not be stored. */
  public Situation unpublished(String problem) {
    List<Setback> more = new ArrayList<>(setbacks);
    more.add(new Setback.NotPublished(problem));
    return hindered(last, more);
  }

  private Situation hindered(Happening happening, List<Setback> more) {
    return new Situation(
        managed,
        pace,
        findsByMark,
        now,
        view,
        preparation,
        refused,
        published,
        happening,
        List.copyOf(more));
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

  /** Why nobody can tell in what our machine differs; empty when it could be told. */
  Optional<Failure> uncompared() {
    return view instanceof View.Seen seen ? seen.uncompared() : Optional.empty();
  }

  /**
   * The machines that were seen and are this object's, by their mark or by its name. One that has
   * the tags of two Instances is shown to both, and is no concern of the one it is not marked for;
   * nor are {@link #copies}.
   */
  List<ObservedMachine> machines() {
    return view instanceof View.Seen seen
        ? seen.machines().stream().filter(this::concerns).toList()
        : List.of();
  }

  private boolean concerns(ObservedMachine machine) {
    return managed.externalName().filter(machine.id()::equals).isPresent() || owns(machine);
  }

  /**
   * Whether it carries the mark, and may have come of a creation or was adopted. Tags are copied
   * with machines; the token that made a machine is not, and where it can be read it must be ours.
   */
  boolean owns(ObservedMachine machine) {
    return machine.carries(managed.uid()) && (machine.madeBy().isEmpty() || knows(machine));
  }

  /** Whether it certainly was made for this object, or adopted, whatever mark it carries. */
  boolean knows(ObservedMachine machine) {
    return managed.annotation(Annotations.ADOPTED).filter(machine.id()::equals).isPresent()
        || machine
            .madeBy()
            .filter(token -> token.isOf(managed.uid(), managed.creation().number()))
            .isPresent();
  }

  /**
   * Machines that carry this object's mark, which it neither names nor owns. Clouds list them in
   * any order, and what is told of the first must not change from one look to the next.
   */
  List<ObservedMachine> copies() {
    return view instanceof View.Seen seen
        ? seen.machines().stream()
            .filter(machine -> machine.carries(managed.uid()) && !concerns(machine))
            .filter(machine -> !machine.terminating())
            .sorted(Comparator.comparing(ObservedMachine::id))
            .toList()
        : List.of();
  }

  /**
   * When it is looked at next if nothing moves: soon after the next listing is due, which then
   * serves all, and no later than what may come late can have come.
   */
  Wait.Poll poll() {
    Duration usual = pace.pollOf(managed);
    Duration next =
        listed()
            .filter(_ -> !pace.isSlowFor(managed))
            .map(listing -> listing.next(usual))
            .filter(Duration::isPositive)
            .orElse(usual);
    CreationRecord creation = managed.creation();
    return new Wait.Poll(
        Stream.of(
                creation.lateUntil(),
                creation
                    .pending()
                    .filter(_ -> creation.uncertain())
                    .map(one -> one.plus(pace.late())))
            .flatMap(Optional::stream)
            .filter(now::isBefore)
            .map(late -> Duration.between(now, late))
            .reduce(next, (one, other) -> one.compareTo(other) < 0 ? one : other));
  }

  private Optional<Listed> listed() {
    return view instanceof View.Seen seen ? seen.listed() : Optional.empty();
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
