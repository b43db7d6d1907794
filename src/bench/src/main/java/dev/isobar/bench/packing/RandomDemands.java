package dev.isobar.bench.packing;

import dev.isobar.apis.platform.Partitioning.Demand;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Demands of chance, the same ones in every run. */
final class RandomDemands {
  private final List<String> profiles;

  RandomDemands(List<String> profiles) {
    this.profiles = List.copyOf(profiles);
  }

  /** So many requests, each of one of so many profiles. */
  List<Demand> next(int requests, int kinds, long seed) {
    var random = new Random(seed);
    List<String> shuffled = new ArrayList<>(profiles);
    Collections.shuffle(shuffled, random);
    Map<String, Integer> counts = new TreeMap<>();
    for (int i = 0; i < requests; i++) {
      counts.merge(shuffled.get(random.nextInt(kinds)), 1, Integer::sum);
    }
    return counts.entrySet().stream()
        .map(entry -> new Demand(Optional.empty(), Optional.of(entry.getKey()), entry.getValue()))
        .toList();
  }
}
