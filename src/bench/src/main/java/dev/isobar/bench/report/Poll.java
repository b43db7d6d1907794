package dev.isobar.bench.report;

/**
 * What Instances at rest cost, from the beginning of one listing of their cloud to that of the
 * next.
 *
 * @param seconds how long that was
 * @param listCalls pages of listings that the cloud was asked for
 * @param singleReads requests about a single server
 * @param passes over Instances
 * @param cpu processor time of the provider, in milliseconds
 * @param resident its memory at the end, in MiB
 * @param heap what of that is Java's heap in use, in MiB
 * @param writes asked of the API server by anybody, without those it makes for itself
 * @param strangers the share of the machine that went to processes that have no part in this
 */
public record Poll(
    int number,
    double seconds,
    long listCalls,
    long singleReads,
    long passes,
    double cpu,
    double resident,
    double heap,
    long writes,
    double strangers)
    implements Measurement {}
