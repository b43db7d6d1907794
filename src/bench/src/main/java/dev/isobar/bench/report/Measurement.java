package dev.isobar.bench.report;

/** Something that was measured. */
public sealed interface Measurement permits Burst, Start {
  /** The function's name. */
  String function();

  /** The share of the machine, from 0 to 1, that other processes took meanwhile. */
  double strangers();
}
