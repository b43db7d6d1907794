package dev.isobar.provider.openstack.rest;

import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;

/**
 * The cloud did not do what it was asked. Inside the rooms of OpenStack, where one question follows
 * another, failures travel as this exception; at the port they are answers.
 */
public final class Trouble extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Whether the request had an effect. */
  public enum Effect {
    /** It certainly had none and will have none. */
    NONE,
    /** Nobody knows; it may even have one later. */
    UNKNOWN
  }

  private final transient Failure failure;
  private final Effect effect;
  private final int status;

  private Trouble(Failure failure, Effect effect, int status) {
    super(failure.reason() + ": " + failure.words(), null, false, false);
    this.failure = failure;
    this.effect = effect;
    this.status = status;
  }

  /** Without an answer of the cloud. */
  public static Trouble silent(Failure failure, Effect effect) {
    return new Trouble(failure, effect, 0);
  }

  /** An answer that is none. */
  static Trouble answered(Failure failure, Effect effect, int status) {
    return new Trouble(failure, effect, status);
  }

  /** What was asked for cannot be had; found before anything was asked. */
  public static Trouble invalid(String words) {
    return silent(new Failure.InvalidConfiguration(CloudWords.ours(words)), Effect.NONE);
  }

  /** A machine type or zone is not there; found before anything was asked. */
  public static Trouble notThisOffer(String words) {
    return silent(new Failure.InvalidConfiguration(CloudWords.ours(words), true), Effect.NONE);
  }

  /** Why, for conditions. */
  public Failure failure() {
    return failure;
  }

  /** Whether the request had an effect. */
  public Effect effect() {
    return effect;
  }

  /** The status of HTTP; 0 when there was no answer. */
  public int status() {
    return status;
  }
}
