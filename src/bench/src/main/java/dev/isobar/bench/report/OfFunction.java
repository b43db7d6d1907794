package dev.isobar.bench.report;

/** Something that was measured of a function. */
public sealed interface OfFunction extends Measurement permits Burst, Start {
  /** The function's name. */
  String function();
}
