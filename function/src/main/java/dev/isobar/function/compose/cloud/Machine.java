package dev.isobar.function.compose.cloud;

import dev.isobar.apis.compute.Architecture;
import dev.isobar.apis.compute.MachineType.GpuFacts;
import dev.isobar.apis.schema.Size;
import java.util.List;
import java.util.Optional;

/**
 * A machine type with everything that is known of it: what discovery found, overridden by what the
 * operator says.
 *
 * @param zones zones that have it; all when empty
 */
public record Machine(
    String name,
    Optional<Integer> cpu,
    Optional<Size> memory,
    Optional<Size> disk,
    Architecture architecture,
    Optional<GpuFacts> gpu,
    boolean scarce,
    List<String> zones) {}
