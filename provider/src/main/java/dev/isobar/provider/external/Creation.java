package dev.isobar.provider.external;

/** What came of asking for a machine. */
public sealed interface Creation {
  /** There is one, though it may not run yet. */
  record Created(String id) implements Creation {}

  /** It is certain that none comes of this, now or later. */
  record Refused(Failure failure) implements Creation {}

  /**
   * It is certain that no machine comes of this, now or later; but something that was asked for
   * besides it (a port, a public address, a key pair) may have been made, or may yet be. It bears
   * the Instance's mark, and {@link Machines#release} finds it once it is there.
   */
  record Abandoned(Failure failure) implements Creation {}

  /**
   * It is certain that no machine comes of this, now or later; but something that belongs to one (a
   * port, a public address, a key pair) was made before it was refused, and stays. It bears the
   * Instance's mark; a later creation uses it, and {@link Machines#release} removes it.
   */
  record Halfway(Failure failure) implements Creation {}

  /**
   * Nobody knows: the request may have been carried out, may yet be, or may have been lost. Only
   * looking for the mark tells.
   */
  record Unknown(Failure failure) implements Creation {}
}
