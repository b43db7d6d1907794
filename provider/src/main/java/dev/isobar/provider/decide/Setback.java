package dev.isobar.provider.decide;

import dev.isobar.provider.external.Failure;

/** Something that failed in a pass and holds up nothing else of it. */
public sealed interface Setback {
  /** A machine could not be removed. */
  record NotRemoved(String id, Failure failure) implements Setback {}

  /** The connection Secret could not be written. */
  record NotPublished(String problem) implements Setback {}
}
