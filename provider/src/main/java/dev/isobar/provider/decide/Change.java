package dev.isobar.provider.decide;

import dev.isobar.provider.external.Offer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A change of an object's metadata, which is stored whole or not at all.
 *
 * @param annotations new values; an empty one removes the annotation
 * @param finalizer what happens to our finalizer
 */
public record Change(SortedMap<String, Optional<String>> annotations, OnFinalizer finalizer) {
  /** What happens to our finalizer. */
  public enum OnFinalizer {
    KEEP,
    ADD,
    REMOVE
  }

  /** Sets the finalizer. */
  public static Change addFinalizer() {
    return new Change(new TreeMap<>(), OnFinalizer.ADD);
  }

  /** Lets the object go. */
  public static Change removeFinalizer() {
    return new Change(new TreeMap<>(), OnFinalizer.REMOVE);
  }

  /**
   * Says, before anything is asked of a cloud, that a creation begins.
   *
   * @param lateUntil until when an earlier request of unknown outcome may still give a machine
   */
  public static Change begin(long creation, Offer offer, Instant now, Optional<Instant> lateUntil) {
    return none()
        .late(lateUntil)
        .set(Annotations.CREATE_PENDING, seconds(now))
        .set(Annotations.CREATION, String.valueOf(creation))
        .set(Annotations.MACHINE_TYPE, offer.machineType())
        .setOrRemove(Annotations.ZONE, offer.zone());
  }

  /**
   * Says which machine is ours.
   *
   * @param settles whether the last creation is known to have given it, or one besides it
   */
  public static Change name(Managed managed, String id, Instant now, boolean settles) {
    Change named = none().set(Annotations.EXTERNAL_NAME, id);
    return settles ? named.settle(managed).set(Annotations.CREATE_SUCCEEDED, seconds(now)) : named;
  }

  /**
   * Says that what another clock dates later is of now.
   *
   * @param late how long after it was begun a creation may still give a machine
   */
  public static Change redate(Managed managed, Instant now, Duration late) {
    CreationRecord creation = managed.creation();
    Change change = none();
    if (creation.pending().filter(now::isBefore).isPresent()) {
      change = change.set(Annotations.CREATE_PENDING, seconds(now));
    }
    if (creation.missingSince().filter(now::isBefore).isPresent()) {
      change = change.set(Annotations.MISSING_SINCE, seconds(now));
    }
    Instant latest = now.plus(late);
    return creation.lateUntil().filter(latest::isBefore).isPresent()
        ? change.late(Optional.of(latest))
        : change;
  }

  /** Says where its machine was seen. */
  public static Change locate(Managed managed, String account) {
    return none().in(account, managed).found(managed);
  }

  /** Says that its machine is not shown any more, though nobody saw it go. */
  public static Change miss(Instant now) {
    return none().set(Annotations.MISSING_SINCE, seconds(now));
  }

  /** Says as well in which account that was, and through which ProviderConfig. */
  public Change in(String account, Managed managed) {
    return set(Annotations.ACCOUNT, account).set(Annotations.CONFIG, managed.config());
  }

  /** Says as well that no machine is missing any more: it is found, or there is another. */
  public Change found(Managed managed) {
    return managed.annotations().containsKey(Annotations.MISSING_SINCE)
        ? setOrRemove(Annotations.MISSING_SINCE, Optional.empty())
        : this;
  }

  /**
   * Says that the last creation gave no machine for certain.
   *
   * @param lateUntil until when something besides the machine may still come of it, or has come
   */
  public static Change fail(Managed managed, Instant now, Optional<Instant> lateUntil) {
    return none().settle(managed).late(lateUntil).set(Annotations.CREATE_FAILED, seconds(now));
  }

  /** Says that something may still come of a request, seen by nobody. */
  public static Change markLate(Instant until) {
    return none().late(Optional.of(until));
  }

  /** Says that nothing of it has come, or that it is gone. */
  public static Change expectNoMore() {
    return none().setOrRemove(Annotations.LATE_UNTIL, Optional.empty());
  }

  /** Says that a machine is ours, though no creation of ours made it. */
  public static Change adopt(String id) {
    return none().set(Annotations.ADOPTED, id);
  }

  /**
   * Says that a machine is going to be removed, so that nobody adopts it meanwhile.
   *
   * @param lateUntil until when something that was made besides it may still come, or has come
   */
  public static Change markRemoval(String id, Optional<Instant> lateUntil) {
    return none().late(lateUntil).set(Annotations.REMOVING, id);
  }

  /** Says that the machine which was to be removed is gone. */
  public static Change unmark() {
    return none().setOrRemove(Annotations.REMOVING, Optional.empty());
  }

  /**
   * Says that our machine never worked: it is removed, and its creation counts as failed.
   *
   * @param lateUntil until when something that was made besides it may still come, or has come
   */
  public static Change discard(Managed managed, String id, Instant now, Instant lateUntil) {
    return fail(managed, now, Optional.of(lateUntil))
        .set(Annotations.REMOVING, id)
        .setOrRemove(Annotations.EXTERNAL_NAME, Optional.empty());
  }

  private Change settle(Managed managed) {
    long creation = managed.creation().number();
    return creation == 0 ? this : set(Annotations.CREATION_SETTLED, String.valueOf(creation));
  }

  private static Change none() {
    return new Change(new TreeMap<>(), OnFinalizer.KEEP);
  }

  /** An earlier time stays where there is none. */
  private Change late(Optional<Instant> until) {
    return until.map(time -> set(Annotations.LATE_UNTIL, seconds(time))).orElse(this);
  }

  private Change set(String annotation, String value) {
    return setOrRemove(annotation, Optional.of(value));
  }

  private Change setOrRemove(String annotation, Optional<String> value) {
    SortedMap<String, Optional<String>> more = new TreeMap<>(annotations);
    more.put(annotation, value);
    return new Change(more, finalizer);
  }

  private static String seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  List<String> finalizers(List<String> before) {
    List<String> after = new ArrayList<>(before);
    switch (finalizer) {
      case KEEP -> {}
      case ADD -> {
        if (!after.contains(Managed.FINALIZER)) {
          after.add(Managed.FINALIZER);
        }
      }
      case REMOVE -> after.removeIf(Managed.FINALIZER::equals);
    }
    return List.copyOf(after);
  }
}
