package dev.isobar.function.compose.gpu.packing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.function.Seeds;
import dev.isobar.function.compose.gpu.geometry.GpuModel;
import dev.isobar.function.compose.gpu.geometry.GpuModels;
import dev.isobar.function.compose.gpu.geometry.MigClass;
import dev.isobar.function.compose.gpu.geometry.MigGeometry;
import dev.isobar.function.compose.gpu.geometry.MigProfile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What holds of any demand, also of those that are too large to try everything. */
final class PackingPropertyTest {
  private static final List<String> MODELS =
      List.of("A100-80GB", "H200-141GB", "A30-24GB", "RTX-PRO-6000-96GB");

  private static final int TRIES = 150;

  @Test
  void everyPlanServesTheDemandAndCanBePlaced() {
    Seeds.each(
        TRIES,
        random -> {
          PackingOrder order = order(random, false);
          Packing.Packed packed = packed(order);
          SlicePackingTest.assertServes(packed, order.demand());
          for (NodePattern pattern : packed.patterns()) {
            assertThat(pattern.layouts()).hasSize(order.gpus());
            pattern
                .layouts()
                .forEach(layout ->
                    assertThat(SlicePackingTest.waste(order.geometry(), layout)).isNotNegative());
          }
          assertThat(packed.patterns()).extracting(NodePattern::layouts).doesNotHaveDuplicates();
        });
  }

  @Test
  void theOrderOfADemandDoesNotMatter() {
    Seeds.each(
        TRIES,
        random -> {
          PackingOrder order = order(random, random.nextBoolean());
          var parts = new ArrayList<>(order.demand().keySet());
          Collections.shuffle(parts, random);
          var shuffled = new LinkedHashMap<Part, Integer>();
          parts.forEach(part -> shuffled.put(part, order.demand().get(part)));
          assertThat(
                  SlicePacking.pack(
                      new PackingOrder(
                          order.geometry(), shuffled, order.gpus(), order.onePattern())))
              .isEqualTo(SlicePacking.pack(order));
        });
  }

  @Test
  void moreDemandNeverNeedsFewerNodes() {
    Seeds.each(
        TRIES,
        random -> {
          PackingOrder order = order(random, false);
          var more = new LinkedHashMap<>(order.demand());
          var parts = new ArrayList<>(more.keySet());
          more.merge(parts.get(random.nextInt(parts.size())), 1 + random.nextInt(8), Integer::sum);
          int before = packed(order).nodes();
          var larger = new PackingOrder(order.geometry(), more, order.gpus(), false);
          assertThat(packed(larger).nodes()).as("%s", more).isGreaterThanOrEqualTo(before);
        });
  }

  @Test
  void onePatternNeedsNoFewerNodesThanSeveral() {
    Seeds.each(
        TRIES,
        random -> {
          PackingOrder order = order(random, false);
          var alike = new PackingOrder(order.geometry(), order.demand(), order.gpus(), true);
          if (SlicePacking.pack(alike) instanceof Packing.Packed one) {
            assertThat(one.patterns()).hasSize(1);
            assertThat(one.nodes()).isGreaterThanOrEqualTo(packed(order).nodes());
            SlicePackingTest.assertServes(one, order.demand());
            assertThat(one.nodes() == 1 || nodes(share(order, one.nodes() - 1)) > 1)
                .as("with a node less its share does not fit on one: %s", order.demand())
                .isTrue();
          }
        });
  }

  @Test
  void noPlanIsFarFromTheBound() {
    Seeds.each(
        TRIES,
        random -> {
          Packing.Packed packed = packed(order(random, false));
          assertThat(packed.nodes() - packed.atLeast()).isBetween(0, 1);
          assertThat(packed.patterns().size()).isLessThanOrEqualTo(5);
        });
  }

  @Test
  void upToSixNodesAreProven() {
    List<PackingOrder> unproven = new ArrayList<>();
    Seeds.each(
        TRIES,
        random -> {
          PackingOrder order = order(random, false, 3, 24, List.of(1, 2, 4, 8));
          Packing.Packed packed = packed(order);
          if (packed.nodes() <= 6 && !packed.proven()) {
            unproven.add(order);
          }
        });
    assertThat(unproven).isEmpty();
  }

  @Test
  void everythingAProductCanBeDividedIntoCanBeDemandedAtOnce() {
    for (GpuModel model : GpuModels.known().all()) {
      model
          .geometry()
          .ifPresent(geometry -> {
            var demand = new LinkedHashMap<Part, Integer>();
            SlicePackingTest.parts(geometry).forEach(part -> demand.put(part, 3));
            Packing.Packed packed = packed(new PackingOrder(geometry, demand, 8, false));
            SlicePackingTest.assertServes(packed, demand);
            assertThat(packed.nodes()).as(model.name()).isEqualTo(packed.atLeast());
          });
    }
  }

  @Test
  void noMoreInstancesThanAGpuTakes() {
    var profile = new MigProfile("1g.6gb", 6, 1, 1, 3, List.of(0, 1, 2, 3), 0, 0);
    var geometry = new MigGeometry(MigClass.L4, List.of(profile));
    Map<Part, Integer> demand = Map.of(new Part.Slice(profile), 4);
    assertThat(nodes(new PackingOrder(geometry, demand, 1, false)))
        .as("four memory slices, but three instances at most")
        .isEqualTo(2);
  }

  @Test
  void aProductWithTooManyLayoutsIsNotSearchedForEver() {
    List<MigProfile> profiles = new ArrayList<>();
    List<Integer> anywhere = IntStream.range(0, 16).boxed().toList();
    var demand = new LinkedHashMap<Part, Integer>();
    for (int i = 1; i <= 8; i++) {
      var profile = new MigProfile("1g." + i + "gb", i, 1, 1, 16, anywhere, 0, 0);
      profiles.add(profile);
      demand.put(new Part.Slice(profile), 5);
    }
    var geometry = new MigGeometry(new MigClass(16, 16, 0, 0), profiles);
    assertThat(SlicePacking.pack(new PackingOrder(geometry, demand, 8, false)))
        .isEqualTo(new Packing.TooManyLayouts());
  }

  @Test
  void demandsNoGpuCanMixAreRefusedOnNodesThatAreAlike() {
    MigGeometry geometry = geometry("A100-80GB");
    Map<Part, Integer> demand =
        Map.of(
            new Part.Slice(geometry.profile("7g.80gb").orElseThrow()), 1,
            new Part.Slice(geometry.profile("1g.10gb").orElseThrow()), 1);
    assertThat(SlicePacking.pack(new PackingOrder(geometry, demand, 1, true)))
        .isEqualTo(new Packing.NoCommonPattern());
    assertThat(packed(new PackingOrder(geometry, demand, 2, true)).nodes()).isEqualTo(1);
  }

  private static PackingOrder order(Random random, boolean alike) {
    int most = random.nextInt(4) == 0 ? 200 : 20;
    return order(random, alike, 4, most, List.of(1, 2, 4, 8));
  }

  private static PackingOrder order(
      Random random, boolean alike, int kinds, int most, List<Integer> gpus) {
    MigGeometry geometry = geometry(MODELS.get(random.nextInt(MODELS.size())));
    var parts = new ArrayList<>(SlicePackingTest.parts(geometry));
    Collections.shuffle(parts, random);
    var demand = new LinkedHashMap<Part, Integer>();
    parts
        .subList(0, 1 + random.nextInt(kinds))
        .forEach(part -> demand.put(part, 1 + random.nextInt(most)));
    return new PackingOrder(geometry, demand, gpus.get(random.nextInt(gpus.size())), alike);
  }

  private static PackingOrder share(PackingOrder order, int nodes) {
    var share = new LinkedHashMap<Part, Integer>();
    order.demand().forEach((part, count) -> share.put(part, Math.ceilDiv(count, nodes)));
    return new PackingOrder(order.geometry(), share, order.gpus(), false);
  }

  private static int nodes(PackingOrder order) {
    return packed(order).nodes();
  }

  private static MigGeometry geometry(String model) {
    return GpuModels.known().named(model).geometry().orElseThrow();
  }

  private static Packing.Packed packed(PackingOrder order) {
    return (Packing.Packed) SlicePacking.pack(order);
  }
}
