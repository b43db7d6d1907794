package dev.isobar.bench.report;

/**
 * A new Instance beside those at rest. Times are in milliseconds, since the API server was asked to
 * create it.
 *
 * @param firstCall until the cloud was asked about its machine
 * @param firstStatus until its status said anything
 * @param ready until condition Ready was True
 * @param strangers the share of the machine that went to processes that have no part in this
 */
public record Newcomer(
    int number, double firstCall, double firstStatus, double ready, double strangers)
    implements Measurement {}
