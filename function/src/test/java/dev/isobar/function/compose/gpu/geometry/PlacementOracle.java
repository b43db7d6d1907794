package dev.isobar.function.compose.gpu.geometry;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * All layouts a GPU can hold, found the slow way: walks along the memory slices and at each either
 * leaves it free or begins any instance there. Layouts are spelled {@code 1g.10gb*3 2g.20gb*2},
 * profiles sorted.
 */
public final class PlacementOracle {
  private final MigGeometry geometry;
  private final Set<String> layouts = new HashSet<>();

  private PlacementOracle(MigGeometry geometry) {
    this.geometry = geometry;
  }

  /** All layouts. */
  public static Set<String> layouts(MigGeometry geometry) {
    var oracle = new PlacementOracle(geometry);
    oracle.walk(0, 0, 0, 0, new TreeMap<>());
    return oracle.layouts;
  }

  /** A layout as a word. */
  public static String spelled(Map<String, Integer> counts) {
    return new TreeMap<>(counts)
        .entrySet().stream()
            .filter(entry -> entry.getValue() > 0)
            .map(entry -> entry.getKey() + "*" + entry.getValue())
            .collect(Collectors.joining(" "));
  }

  private void walk(
      int slice, int compute, int engines, int extensions, Map<String, Integer> counts) {
    MigClass has = geometry.layoutClass();
    if (slice > has.memorySlices()
        || compute > has.computeSlices()
        || engines > has.mediaEngines()
        || extensions > has.mediaExtensions()) {
      return;
    }
    if (slice == has.memorySlices()) {
      layouts.add(spelled(counts));
      return;
    }
    walk(slice + 1, compute, engines, extensions, counts);
    for (MigProfile profile : geometry.profiles()) {
      int count = counts.getOrDefault(profile.name(), 0);
      if (profile.starts().contains(slice) && count < profile.limit()) {
        counts.put(profile.name(), count + 1);
        walk(
            slice + profile.memorySlices(),
            compute + profile.computeSlices(),
            engines + profile.mediaEngines(),
            extensions + profile.mediaExtensions(),
            counts);
        counts.put(profile.name(), count);
      }
    }
  }
}
