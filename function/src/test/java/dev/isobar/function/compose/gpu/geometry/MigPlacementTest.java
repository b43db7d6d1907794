package dev.isobar.function.compose.gpu.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MigPlacementTest {
  /** One product of each class; the others differ in names only. */
  private static final Map<String, String> PRODUCTS =
      Map.of("L7", "A100-80GB", "L4", "A30-24GB", "L12", "RTX-PRO-6000-96GB");

  @ParameterizedTest
  @ValueSource(strings = {"L7", "L4", "L12"})
  void acceptsExactlyWhatCanBePlaced(String layoutClass) {
    MigGeometry geometry = geometry(layoutClass);
    var placement = new MigPlacement(geometry);
    var accepted = new HashSet<String>();
    forEachCounts(
        geometry.profiles(),
        counts -> {
          if (placement.shortage(counts).isEmpty()) {
            accepted.add(PlacementOracle.spelled(named(counts)));
          }
        });
    assertThat(accepted).isEqualTo(PlacementOracle.layouts(geometry));
  }

  @ParameterizedTest
  @ValueSource(strings = {"L7", "L4", "L12"})
  void placesWhatFitsWhereNvidiaAllowsAndNowhereTwice(String layoutClass) {
    MigGeometry geometry = geometry(layoutClass);
    var placement = new MigPlacement(geometry);
    forEachCounts(
        geometry.profiles(),
        counts -> {
          Optional<List<MigInstance>> placed = placement.placed(counts);
          assertThat(placed.isPresent())
              .as("%s", named(counts))
              .isEqualTo(placement.shortage(counts).isEmpty());
          var found = new HashMap<MigProfile, Integer>();
          int free = 0;
          for (MigInstance instance : placed.orElse(List.of())) {
            MigProfile profile = instance.profile();
            assertThat(profile.starts()).contains(instance.start());
            assertThat(instance.start()).as("%s", placed).isGreaterThanOrEqualTo(free);
            free = instance.start() + profile.memorySlices();
            found.put(profile, found.getOrDefault(profile, 0) + 1);
          }
          assertThat(free).isLessThanOrEqualTo(geometry.layoutClass().memorySlices());
          if (placed.isPresent()) {
            var asked = new HashMap<>(counts);
            asked.values().removeIf(count -> count == 0);
            assertThat(found).isEqualTo(asked);
          }
        });
  }

  @ParameterizedTest
  @CsvSource({
    "L7, 78, 'counted by hand-written enumeration of NVIDIA''s placement lists'",
    "L4, 10, 'up to four 1g, pairs of them made 2g, or one 4g'"
  })
  void plainLayoutsAreAsManyAsKnown(String layoutClass, int known, String reason) {
    Set<String> plain = plain(PlacementOracle.layouts(geometry(layoutClass)));
    assertThat(plain).as(reason).hasSize(known).contains("");
  }

  @Test
  void theMaximalLayoutsOfSevenSlicesAreNvidias() {
    // a=1g b=1g with twice the memory c=2g d=3g e=4g g=7g
    List<String> maximal =
        List.of(
            "a7", "a6b", "a5c", "a4b2", "a4bc", "a4d", "a3c2", "a3e", "a2b3", "a2b2c", "a2bc2",
            "a2bd", "a2be", "a2cd", "ac3", "ace", "b4", "b3c", "b2c2", "b2d", "b2e", "bc3", "bcd",
            "bce", "c2d", "d2", "de", "g");
    Set<String> letters =
        plain(PlacementOracle.layouts(geometry("L7"))).stream()
            .map(MigPlacementTest::letters)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> found = new TreeSet<>(letters);
    found.removeIf(layout -> letters.stream().anyMatch(other -> isPart(layout, other)));
    assertThat(found).containsExactlyInAnyOrderElementsOf(maximal);
  }

  @ParameterizedTest
  @ValueSource(strings = {"L7", "L4"})
  void theLargestPartIsTheLargest(String layoutClass) {
    MigGeometry geometry = geometry(layoutClass);
    var placement = new MigPlacement(geometry);
    Set<String> feasible = PlacementOracle.layouts(geometry);
    List<Map<String, Integer>> layouts = feasible.stream().map(MigPlacementTest::counts).toList();
    forEachCounts(
        geometry.profiles(),
        counts -> {
          Map<String, Integer> part = placement.largestPart(counts);
          Map<String, Integer> asked = named(counts);
          int most =
              layouts.stream()
                  .filter(layout -> within(layout, asked))
                  .mapToInt(MigPlacementTest::size)
                  .max()
                  .orElseThrow();
          assertThat(PlacementOracle.spelled(part)).isIn(feasible);
          assertThat(within(part, asked)).isTrue();
          assertThat(size(part)).as("%s", asked).isEqualTo(most);
          int memory =
              layouts.stream()
                  .filter(layout -> within(layout, asked) && size(layout) == most)
                  .mapToInt(layout -> memory(layout, geometry))
                  .max()
                  .orElseThrow();
          assertThat(memory(part, geometry)).as("memory of %s", asked).isEqualTo(memory);
        });
  }

  @Test
  void sumsAreNotEnough() {
    var left = new MigProfile("1g.1gb", 1, 1, 4, 2, List.of(0, 2), 0, 0);
    var placement = new MigPlacement(new MigGeometry(MigClass.L7, List.of(left)));
    assertThat(placement.shortage(Map.of(left, 1))).isEmpty();
    assertThat(placement.shortage(Map.of(left, 2))).contains("cannot be placed side by side");
  }

  @Test
  void hugeCountsAreCountedToo() {
    MigGeometry geometry = geometry("L7");
    MigProfile whole = geometry.profile("7g.80gb").orElseThrow();
    assertThat(new MigPlacement(geometry).shortage(Map.of(whole, Integer.MAX_VALUE)))
        .contains("needs 15032385529 of 7 compute slices and 17179869176 of 8 memory slices");
  }

  private static MigGeometry geometry(String layoutClass) {
    return GpuModels.known().named(PRODUCTS.get(layoutClass)).geometry().orElseThrow();
  }

  /** Without media extensions, which do not change how slices are divided. */
  private static Set<String> plain(Set<String> layouts) {
    return layouts.stream().filter(layout -> !layout.contains("me")).collect(Collectors.toSet());
  }

  private static void forEachCounts(
      List<MigProfile> profiles, Consumer<Map<MigProfile, Integer>> what) {
    forEachCounts(profiles, 0, new LinkedHashMap<>(), what);
  }

  private static void forEachCounts(
      List<MigProfile> profiles,
      int index,
      Map<MigProfile, Integer> counts,
      Consumer<Map<MigProfile, Integer>> what) {
    if (index == profiles.size()) {
      what.accept(counts);
      return;
    }
    MigProfile profile = profiles.get(index);
    for (int count = 0; count <= profile.limit(); count++) {
      counts.put(profile, count);
      forEachCounts(profiles, index + 1, counts, what);
    }
    counts.remove(profile);
  }

  private static Map<String, Integer> named(Map<MigProfile, Integer> counts) {
    var named = new HashMap<String, Integer>();
    counts.forEach((profile, count) -> named.put(profile.name(), count));
    return named;
  }

  private static Map<String, Integer> counts(String layout) {
    var counts = new HashMap<String, Integer>();
    for (String part : layout.isEmpty() ? new String[0] : layout.split(" ")) {
      int star = part.indexOf('*');
      counts.put(part.substring(0, star), Integer.valueOf(part.substring(star + 1)));
    }
    return counts;
  }

  private static int size(Map<String, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static int memory(Map<String, Integer> counts, MigGeometry geometry) {
    return counts.entrySet().stream()
        .mapToInt(entry ->
            entry.getValue() * geometry.profile(entry.getKey()).orElseThrow().memorySlices())
        .sum();
  }

  private static boolean within(Map<String, Integer> layout, Map<String, Integer> asked) {
    return layout.entrySet().stream()
        .allMatch(entry -> entry.getValue() <= asked.get(entry.getKey()));
  }

  private static String letters(String layout) {
    List<String> profiles =
        List.of("1g.10gb", "1g.20gb", "2g.20gb", "3g.40gb", "4g.40gb", "7g.80gb");
    Map<String, Integer> counts = counts(layout);
    var letters = new StringBuilder();
    for (int i = 0; i < profiles.size(); i++) {
      int count = counts.getOrDefault(profiles.get(i), 0);
      letters.append(
          count == 0 ? "" : "abcdeg".charAt(i) + (count == 1 ? "" : String.valueOf(count)));
    }
    return letters.toString();
  }

  private static boolean isPart(String layout, String other) {
    return !layout.equals(other)
        && "abcdeg"
            .chars()
            .allMatch(letter -> count(layout, (char) letter) <= count(other, (char) letter));
  }

  private static int count(String letters, char letter) {
    int at = letters.indexOf(letter);
    boolean one = at + 1 == letters.length() || !Character.isDigit(letters.charAt(at + 1));
    return at < 0 ? 0 : one ? 1 : letters.charAt(at + 1) - '0';
  }
}
