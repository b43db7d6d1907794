package dev.isobar.provider.kube.api;

/** What the API server answers to one request. */
public sealed interface ApiAnswer {
  /** The object as it is now. */
  record Current(ApiObject object) implements ApiAnswer {}

  /** There is no such object. */
  record Missing() implements ApiAnswer {}

  /**
   * Somebody else wrote meanwhile, or the object to create is there already; nothing was stored.
   */
  record Conflict() implements ApiAnswer {}

  /** The provider's account lacks a right; nothing was stored. */
  record Forbidden(String why) implements ApiAnswer {}

  /** Nobody knows whether it was stored. */
  record Unavailable(String why) implements ApiAnswer {}
}
