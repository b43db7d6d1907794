package dev.isobar.function.compose.gpu.packing;

import dev.isobar.function.compose.gpu.geometry.MigGeometry;
import dev.isobar.function.compose.gpu.geometry.MigProfile;
import dev.isobar.function.compose.gpu.geometry.PlacementOracle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The best packing, found the slow way: makes every way to divide a node, then every choice of up
 * to so many nodes, and takes the best that serves the demand. Knows nothing of bounds, of layouts
 * that contain others, or of the order of parts.
 */
final class PackingOracle {
  /** How good a packing is: less is better, the first number counts first. */
  record Score(int nodes, int patterns, long waste) implements Comparable<Score> {
    @Override
    public int compareTo(Score other) {
      int byNodes = Integer.compare(nodes, other.nodes);
      int byPatterns = Integer.compare(patterns, other.patterns);
      return byNodes != 0
          ? byNodes
          : byPatterns != 0 ? byPatterns : Long.compare(waste, other.waste);
    }
  }

  private static final class Way {
    private final int[] offers;
    private final long waste;

    Way(int[] offers, long waste) {
      this.offers = offers;
      this.waste = waste;
    }
  }

  private final MigGeometry geometry;
  private final List<Part> parts;
  private final int gpus;
  private final int mostPatterns;
  private final List<Way> ways = new ArrayList<>();
  private int[] missing = {};
  private Optional<Score> best = Optional.empty();

  PackingOracle(MigGeometry geometry, List<Part> parts, int gpus, int mostPatterns) {
    this.geometry = geometry;
    this.parts = parts;
    this.gpus = gpus;
    this.mostPatterns = mostPatterns;
    List<Way> layouts = layouts();
    collect(layouts, 0, 0, new Way(new int[parts.size()], 0));
  }

  /** The best packing with no more nodes than so many; empty when there is none. */
  Optional<Score> best(Map<Part, Integer> demand, int mostNodes) {
    for (int nodes = 1; nodes <= mostNodes; nodes++) {
      missing = parts.stream().mapToInt(part -> demand.getOrDefault(part, 0)).toArray();
      best = Optional.empty();
      choose(0, nodes, nodes, 0, 0);
      if (best.isPresent()) {
        return best;
      }
    }
    return Optional.empty();
  }

  /** Ways to divide a node that are there. */
  int size() {
    return ways.size();
  }

  private void choose(int from, int left, int nodes, int patterns, long waste) {
    if (left == 0) {
      if (Arrays.stream(missing).allMatch(count -> count <= 0)) {
        var score = new Score(nodes, patterns, waste);
        best = best.filter(other -> other.compareTo(score) <= 0).or(() -> Optional.of(score));
      }
      return;
    }
    if (patterns == mostPatterns) {
      return;
    }
    for (int i = from; i < ways.size(); i++) {
      Way way = ways.get(i);
      for (int times = 1; times <= left; times++) {
        take(way, times);
        choose(i + 1, left - times, nodes, patterns + 1, waste + way.waste * times);
        take(way, -times);
      }
    }
  }

  private void take(Way way, int times) {
    for (int i = 0; i < missing.length; i++) {
      missing[i] -= way.offers[i] * times;
    }
  }

  private void collect(List<Way> layouts, int from, int gpu, Way way) {
    if (gpu == gpus) {
      ways.add(way);
      return;
    }
    for (int i = from; i < layouts.size(); i++) {
      Way layout = layouts.get(i);
      int[] offers = new int[parts.size()];
      Arrays.setAll(offers, part -> way.offers[part] + layout.offers[part]);
      collect(layouts, i, gpu + 1, new Way(offers, way.waste + layout.waste));
    }
  }

  /** Every layout of the demanded profiles, the empty one too, and the whole GPU. */
  private List<Way> layouts() {
    var profiles = new TreeMap<String, Integer>();
    List<Way> layouts = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      int[] one = new int[parts.size()];
      one[i] = 1;
      switch (parts.get(i)) {
        case Part.Slice(MigProfile profile) -> profiles.put(profile.name(), i);
        case Part.WholeGpu() -> layouts.add(new Way(one, 0));
      }
    }
    for (String layout : PlacementOracle.layouts(geometry)) {
      way(layout, profiles).ifPresent(layouts::add);
    }
    return layouts;
  }

  private Optional<Way> way(String layout, Map<String, Integer> profiles) {
    int[] offers = new int[parts.size()];
    int compute = geometry.layoutClass().computeSlices();
    int memory = geometry.layoutClass().memorySlices();
    for (String word : layout.isEmpty() ? new String[0] : layout.split(" ")) {
      String name = word.substring(0, word.indexOf('*'));
      int count = Integer.parseInt(word.substring(word.indexOf('*') + 1));
      if (!profiles.containsKey(name)) {
        return Optional.empty();
      }
      offers[profiles.get(name)] = count;
      MigProfile profile = geometry.profile(name).orElseThrow();
      compute -= profile.computeSlices() * count;
      memory -= profile.memorySlices() * count;
    }
    long waste =
        (long) compute * geometry.layoutClass().memorySlices()
            + (long) memory * geometry.layoutClass().computeSlices();
    return Optional.of(new Way(offers, waste));
  }
}
