package dev.isobar.function.compose.gpu.packing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.function.Seeds;
import dev.isobar.function.compose.gpu.geometry.GpuModels;
import dev.isobar.function.compose.gpu.geometry.MigGeometry;
import dev.isobar.function.compose.gpu.geometry.MigPlacement;
import dev.isobar.function.compose.gpu.geometry.MigProfile;
import dev.isobar.function.compose.gpu.packing.PackingOracle.Score;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Agrees with an oracle that tries everything, on all demands that are small. */
final class SlicePackingTest {
  /** All demands of up to so many parts in all, of up to so many kinds. */
  @ParameterizedTest(name = "{0}, {1} GPUs: {5}")
  @CsvSource({
    "A100-80GB, 1, 5, 2, 5, two kinds on nodes of one GPU",
    "A100-80GB, 1, 4, 3, 4, three kinds on nodes of one GPU",
    "A100-80GB, 2, 6, 2, 3, two kinds on nodes of two GPUs",
    "A30-24GB, 1, 6, 2, 6, two kinds on nodes of one GPU",
    "A30-24GB, 1, 4, 3, 4, three kinds on nodes of one GPU",
    "A30-24GB, 2, 6, 2, 3, two kinds on nodes of two GPUs",
    "A30-24GB, 2, 7, 3, 2, three kinds on nodes of two GPUs",
    "A30-24GB, 3, 8, 2, 2, two kinds on nodes of three GPUs",
    "RTX-PRO-6000-96GB, 1, 5, 2, 5, two kinds on nodes of one GPU",
    "RTX-PRO-6000-96GB, 1, 4, 3, 4, three kinds on nodes of one GPU",
    "RTX-PRO-6000-96GB, 2, 6, 2, 3, two kinds on nodes of two GPUs",
  })
  void isTheBestThereIs(String model, int gpus, int most, int kinds, int mostNodes, String what) {
    MigGeometry geometry = GpuModels.known().named(model).geometry().orElseThrow();
    for (boolean alike : new boolean[] {false, true}) {
      forEachKinds(
          parts(geometry),
          kinds,
          parts -> {
            var oracle = new PackingOracle(geometry, parts, gpus, alike ? 1 : Integer.MAX_VALUE);
            forEachDemand(
                parts,
                most,
                demand -> {
                  Optional<Score> best = oracle.best(demand, mostNodes);
                  Packing packing =
                      SlicePacking.pack(new PackingOrder(geometry, demand, gpus, alike));
                  if (best.isPresent()) {
                    assertThat(score(geometry, packing, demand))
                        .as("%s of %s", what, demand)
                        .isEqualTo(best.get());
                  } else if (packing instanceof Packing.Packed packed) {
                    assertThat(packed.nodes()).as("%s", demand).isGreaterThan(mostNodes);
                  } else {
                    assertRefusedRightly(packing, alike, oracle, demand);
                  }
                });
          });
    }
  }

  /** Where nodes may differ, but not each from all others. */
  @ParameterizedTest(name = "{0}, {1} GPUs, {3} kinds of nodes")
  @CsvSource({
    "A100-80GB, 1, 5, 2, 6",
    "A100-80GB, 1, 6, 3, 5",
    "A30-24GB, 1, 7, 2, 6",
    "A30-24GB, 2, 14, 2, 4",
    "RTX-PRO-6000-96GB, 1, 6, 2, 6",
  })
  void isTheBestOfSoManyKinds(String model, int gpus, int most, int kinds, int mostNodes) {
    MigGeometry geometry = GpuModels.known().named(model).geometry().orElseThrow();
    Seeds.each(
        150,
        random -> {
          var parts = new ArrayList<>(parts(geometry));
          Collections.shuffle(parts, random);
          var demand = new LinkedHashMap<Part, Integer>();
          int left = most;
          for (Part part : parts.subList(0, kinds + 1)) {
            int count = 1 + random.nextInt(Math.max(1, left - kinds));
            demand.put(part, count);
            left -= count;
          }
          var oracle = new PackingOracle(geometry, List.copyOf(demand.keySet()), gpus, kinds);
          Packing packing =
              SlicePacking.pack(new PackingOrder(geometry, demand, gpus, false), kinds);
          oracle
              .best(demand, mostNodes)
              .ifPresent(best -> {
                assertThat(packing).as("%s", demand).isInstanceOf(Packing.Packed.class);
                var packed = (Packing.Packed) packing;
                assertServes(packed, demand);
                assertThat(packed.nodes()).as("%s", demand).isEqualTo(best.nodes());
                assertThat(packed.patterns()).as("%s", demand).hasSize(best.patterns());
              });
        });
  }

  /** One of each on every node is the least that nodes which are alike must have. */
  private static void assertRefusedRightly(
      Packing packing, boolean alike, PackingOracle oracle, Map<Part, Integer> demand) {
    assertThat(packing).as("%s", demand).isEqualTo(new Packing.NoCommonPattern());
    assertThat(alike).as("%s", demand).isTrue();
    var each = new LinkedHashMap<>(demand);
    each.replaceAll((_, _) -> 1);
    assertThat(oracle.best(each, 1)).as("one of each of %s on one node", demand).isEmpty();
  }

  static Score score(MigGeometry geometry, Packing packing, Map<Part, Integer> demand) {
    var packed = (Packing.Packed) packing;
    assertThat(packed.atLeast()).isLessThanOrEqualTo(packed.nodes());
    assertThat(packed.proven()).as("small ones are proven: %s", demand).isTrue();
    long waste = 0;
    for (NodePattern pattern : packed.patterns()) {
      for (SortedMap<String, Integer> layout : pattern.layouts()) {
        waste += (long) waste(geometry, layout) * pattern.nodes();
      }
    }
    assertServes(packed, demand);
    return new Score(packed.nodes(), packed.patterns().size(), waste);
  }

  static void assertServes(Packing.Packed packed, Map<Part, Integer> demand) {
    demand.forEach((part, count) -> {
      int offered = 0;
      for (NodePattern pattern : packed.patterns()) {
        for (SortedMap<String, Integer> layout : pattern.layouts()) {
          offered +=
              pattern.nodes()
                  * switch (part) {
                    case Part.Slice(MigProfile profile) -> layout.getOrDefault(profile.name(), 0);
                    case Part.WholeGpu() -> layout.isEmpty() ? 1 : 0;
                  };
        }
      }
      assertThat(offered).as("%s of %s", part, packed).isGreaterThanOrEqualTo(count);
    });
  }

  static int waste(MigGeometry geometry, SortedMap<String, Integer> layout) {
    if (layout.isEmpty()) {
      return 0;
    }
    int compute = geometry.layoutClass().computeSlices();
    int memory = geometry.layoutClass().memorySlices();
    var counts = new HashMap<MigProfile, Integer>();
    for (var entry : layout.entrySet()) {
      MigProfile profile = geometry.profile(entry.getKey()).orElseThrow();
      counts.put(profile, entry.getValue());
      compute -= profile.computeSlices() * entry.getValue();
      memory -= profile.memorySlices() * entry.getValue();
    }
    assertThat(new MigPlacement(geometry).shortage(counts)).as("%s", layout).isEmpty();
    return compute * geometry.layoutClass().memorySlices()
        + memory * geometry.layoutClass().computeSlices();
  }

  static List<Part> parts(MigGeometry geometry) {
    List<Part> parts = new ArrayList<>();
    geometry.profiles().forEach(profile -> parts.add(new Part.Slice(profile)));
    parts.add(new Part.WholeGpu());
    return parts;
  }

  private static void forEachKinds(List<Part> parts, int kinds, Consumer<List<Part>> what) {
    for (int some = 1; some <= kinds; some++) {
      choose(parts, 0, some, List.of(), what);
    }
  }

  private static void choose(
      List<Part> parts, int from, int kinds, List<Part> chosen, Consumer<List<Part>> what) {
    if (chosen.size() == kinds) {
      what.accept(chosen);
      return;
    }
    for (int i = from; i < parts.size(); i++) {
      List<Part> more = new ArrayList<>(chosen);
      more.add(parts.get(i));
      choose(parts, i + 1, kinds, more, what);
    }
  }

  /** Demands with at least one of each part, and no more than so many in all. */
  private static void forEachDemand(List<Part> parts, int most, Consumer<Map<Part, Integer>> what) {
    demands(parts, 0, most, new LinkedHashMap<>(), what);
  }

  private static void demands(
      List<Part> parts,
      int index,
      int left,
      Map<Part, Integer> demand,
      Consumer<Map<Part, Integer>> what) {
    if (index == parts.size()) {
      what.accept(new LinkedHashMap<>(demand));
      return;
    }
    int others = parts.size() - index - 1;
    for (int count = 1; count <= left - others; count++) {
      demand.put(parts.get(index), count);
      demands(parts, index + 1, left - count, demand, what);
    }
    demand.remove(parts.get(index));
  }
}
