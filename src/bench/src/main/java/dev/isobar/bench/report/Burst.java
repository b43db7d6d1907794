package dev.isobar.bench.report;

/**
 * Requests in a row, by so many callers.
 *
 * @param requestsPerSecond answered ones
 * @param p50 median latency in milliseconds
 * @param p99 latency in milliseconds that one answer in a hundred exceeds
 * @param cpu processor time of the function per answer, in milliseconds
 * @param compiling what of that its JIT compilers took
 * @param resident the function's memory afterwards, in megabytes
 * @param strangers the share of the machine that others took
 */
public record Burst(
    int round,
    String function,
    String situation,
    int callers,
    int answers,
    double requestsPerSecond,
    double p50,
    double p99,
    double cpu,
    double compiling,
    double resident,
    double strangers)
    implements OfFunction {}
