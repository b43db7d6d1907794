package dev.isobar.provider.external;

import java.time.Duration;
import java.util.Optional;

/**
 * Why a cloud did not do what it was asked. The name of each record is the reason that conditions
 * show; the page of conditions says who must act.
 */
public sealed interface Failure {
  /** The cloud's own words. */
  CloudWords words();

  /** The project's or account's limit is reached; another machine type may have another limit. */
  record QuotaExceeded(CloudWords words) implements Failure {}

  /** The cloud has no such machine free; another type or zone may have. */
  record InsufficientCapacity(CloudWords words) implements Failure {}

  /**
   * What was asked for cannot be had as it is written; asking again does not help.
   *
   * @param onlyHere whether that is said of this machine type or zone alone, as of a type that the
   *     cloud does not have; another one may do
   */
  record InvalidConfiguration(CloudWords words, boolean onlyHere) implements Failure {
    /** Whatever the machine type and the zone. */
    public InvalidConfiguration(CloudWords words) {
      this(words, false);
    }
  }

  /** The cloud does not accept the credentials, or they lack a right. */
  record AuthenticationFailed(CloudWords words) implements Failure {}

  /**
   * The cloud wants fewer requests.
   *
   * @param retryAfter how long it asks to wait
   */
  record Throttled(CloudWords words, Optional<Duration> retryAfter) implements Failure {}

  /** The cloud does not answer, or a part of it is down. */
  record CloudUnreachable(CloudWords words) implements Failure {}

  /** The machine, or something of it, is in the middle of something else; later it will do. */
  record Busy(CloudWords words) implements Failure {}

  /** The cloud takes a machine back that it gave from what was left over; another one may last. */
  record Interrupted(CloudWords words) implements Failure {}

  /** Everything else; the words must do. */
  record ProviderError(CloudWords words) implements Failure {}

  /** The reason that conditions show. */
  default String reason() {
    return getClass().getSimpleName();
  }

  /** Whether another machine type or zone may be given where this one was not. */
  default boolean ofThisOffer() {
    return switch (this) {
      case QuotaExceeded _, InsufficientCapacity _ -> true;
      case InvalidConfiguration one -> one.onlyHere();
      case AuthenticationFailed _, Throttled _, CloudUnreachable _ -> false;
      case Busy _, Interrupted _, ProviderError _ -> false;
    };
  }

  /** How long the cloud asks to wait before the next request, if it does. */
  default Optional<Duration> patience() {
    return this instanceof Throttled throttled ? throttled.retryAfter() : Optional.empty();
  }
}
