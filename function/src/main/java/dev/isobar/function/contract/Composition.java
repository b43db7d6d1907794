package dev.isobar.function.contract;

/**
 * Expands one kind of composite.
 *
 * <p>Called for every reconcile, from many threads at once. It changes nothing and reads nothing
 * but the request: no clock, no I/O, no randomness; the same request gives the same answer. A
 * user's mistake is a {@link Answer.Rejected}; an exception is our bug.
 */
public interface Composition {
  /** Decides what the composite consists of and how it is doing. */
  Answer compose(Request request);
}
