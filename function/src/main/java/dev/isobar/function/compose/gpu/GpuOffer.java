package dev.isobar.function.compose.gpu;

import dev.isobar.apis.compute.MachineType.GpuFacts;

/**
 * A machine type that a pool may use.
 *
 * @param path where the claim names it, for example {@code spec.pools[1].machineTypes[0]}
 * @param machineType its name
 * @param gpu its GPUs
 */
public record GpuOffer(String path, String machineType, GpuFacts gpu) {}
