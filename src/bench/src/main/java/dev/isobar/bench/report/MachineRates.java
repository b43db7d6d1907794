package dev.isobar.bench.report;

/**
 * What the provider did for GpuMachines at rest, in a minute.
 *
 * @param passes over GpuMachines
 * @param nodeLists pages of listings of nodes that the workload cluster was asked for
 */
public record MachineRates(double passes, double nodeLists) {}
