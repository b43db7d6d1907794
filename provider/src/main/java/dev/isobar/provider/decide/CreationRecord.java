package dev.isobar.provider.decide;

import dev.isobar.provider.external.Offer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What an Instance's annotations tell of the creations of its machine.
 *
 * @param number of the creation that was begun last; 0 when there was none
 * @param settled number of the last one whose end is known
 * @param offer machine type and zone of the one that was begun last
 * @param pending when it was begun
 * @param succeeded when one last succeeded
 * @param failed when one last failed
 * @param lateUntil until when an earlier request of unknown outcome may still give a machine, or
 *     what belongs to one; in the past where that may have come, or came before a refusal
 * @param removing id of a machine that is being removed
 * @param missingSince since when the machine that was there is not shown any more
 */
public record CreationRecord(
    long number,
    long settled,
    Optional<Offer> offer,
    Optional<Instant> pending,
    Optional<Instant> succeeded,
    Optional<Instant> failed,
    Optional<Instant> lateUntil,
    Optional<String> removing,
    Optional<Instant> missingSince) {
  static CreationRecord of(Managed managed) {
    return new CreationRecord(
        number(managed, Annotations.CREATION),
        number(managed, Annotations.CREATION_SETTLED),
        managed
            .annotation(Annotations.MACHINE_TYPE)
            .map(type -> new Offer(type, managed.annotation(Annotations.ZONE))),
        time(managed, Annotations.CREATE_PENDING),
        time(managed, Annotations.CREATE_SUCCEEDED),
        time(managed, Annotations.CREATE_FAILED),
        time(managed, Annotations.LATE_UNTIL),
        managed.annotation(Annotations.REMOVING),
        time(managed, Annotations.MISSING_SINCE));
  }

  /**
   * Whether nobody knows what came of the last creation. Times alone cannot tell, because they have
   * no more than seconds; numbers alone cannot where another provider wrote the times.
   */
  public boolean uncertain() {
    return number > settled || pending.filter(begun -> begun.isAfter(lastEnd())).isPresent();
  }

  /**
   * Whether it holds times that decide something and that the clock here has not come to, nor can
   * have meant.
   *
   * @param late how long after it was begun a creation may still give a machine
   */
  boolean isAhead(Duration late, Instant now) {
    return (uncertain() && pending.filter(now::isBefore).isPresent())
        || lateUntil.filter(now.plus(late)::isBefore).isPresent()
        || missingSince.filter(now::isBefore).isPresent();
  }

  /** Whether a creation succeeded less than this long ago, by any clock that is nearly right. */
  boolean succeededWithin(Duration span, Instant now) {
    return succeeded
        .filter(end -> end.plus(span).isAfter(now) && end.isBefore(now.plus(span)))
        .isPresent();
  }

  /** Whether a request that nobody saw the end of may still give a machine, or a part of one. */
  boolean mayGiveAnother(Duration late, Instant now) {
    boolean latest = uncertain() && begunWithin(late, now);
    return latest || lateUntil.filter(now::isBefore).isPresent();
  }

  /**
   * Whether something may have come late that nobody looked for since; not for ever, because what
   * the policies forbid to remove stays.
   */
  public boolean mayBeLate(Duration late, Instant now) {
    return lateUntil.filter(until -> now.isBefore(until.plus(late))).isPresent();
  }

  /** Whether a creation was begun less than this long ago. */
  boolean begunWithin(Duration span, Instant now) {
    return pending.filter(begun -> begun.plus(span).isAfter(now)).isPresent();
  }

  private Instant lastEnd() {
    Instant success = succeeded.orElse(Instant.MIN);
    Instant failure = failed.orElse(Instant.MIN);
    return success.isAfter(failure) ? success : failure;
  }

  private static long number(Managed managed, String annotation) {
    String text = managed.annotation(annotation).orElse("0");
    boolean number =
        text.length() <= 18 && text.chars().allMatch(sign -> sign >= '0' && sign <= '9');
    return number ? Long.parseLong(text) : 0;
  }

  private static Optional<Instant> time(Managed managed, String annotation) {
    return managed.annotation(annotation).flatMap(CreationRecord::parse);
  }

  private static Optional<Instant> parse(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException _) {
      return Optional.empty(); // what people scribble there counts as nothing
    }
  }
}
