package dev.isobar.function.compose.gpu.packing;

import dev.isobar.function.compose.gpu.geometry.MigGeometry;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is to be packed.
 *
 * @param geometry how MIG divides the GPUs
 * @param demand how many of each part are needed at the same time, each at least one; every part
 *     fits on an empty GPU
 * @param gpus GPUs of a node
 * @param onePattern whether all nodes must be divided alike, as those of one pool are
 */
public record PackingOrder(
    MigGeometry geometry, Map<Part, Integer> demand, int gpus, boolean onePattern) {
  /** Copies the map. */
  public PackingOrder {
    demand = Collections.unmodifiableMap(new LinkedHashMap<>(demand));
  }
}
