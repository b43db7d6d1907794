package dev.isobar.function.grpc.metrics;

/** The samples of one metric name. */
interface Family {
  /** Appends them, with their help and type, as they are now. */
  void write(Exposition exposition);
}
