package dev.isobar.bench.report;

/**
 * A cold start.
 *
 * @param first from the start of the process to its first answer over mTLS, in milliseconds
 * @param cpu processor time until then, in milliseconds
 * @param resident the memory it holds when idle, in megabytes
 * @param strangers the share of the machine that others took
 */
public record Start(
    int round, String function, double first, double cpu, double resident, double strangers)
    implements OfFunction {}
