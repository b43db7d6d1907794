package dev.isobar.bench.report;

/** Something that was measured. */
public sealed interface Measurement permits OfFunction, Poll, Newcomer {
  /** The share of the machine, from 0 to 1, that other processes took meanwhile. */
  double strangers();
}
