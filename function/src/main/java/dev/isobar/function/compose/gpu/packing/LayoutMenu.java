package dev.isobar.function.compose.gpu.packing;

import dev.isobar.function.compose.gpu.geometry.MigClass;
import dev.isobar.function.compose.gpu.geometry.MigGeometry;
import dev.isobar.function.compose.gpu.geometry.MigProfile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The ways to divide a GPU into parts that are asked for, and only those to which nothing that is
 * asked for can be added: whatever a smaller one serves, they serve too.
 */
final class LayoutMenu {
  /** Far more than any product has; only made up geometries come near. */
  private static final int MOST_STATES = 30_000;

  private static final int MOST_LAYOUTS = 3_000;

  /**
   * A way to divide a GPU.
   *
   * @param parts how many there are of each
   * @param waste what belongs to no part, in shares of a GPU that are comparable on one menu
   */
  record Layout(Amounts parts, int waste) {}

  private final List<Part> parts;
  private final List<Layout> layouts;

  private LayoutMenu(List<Part> parts, List<Layout> layouts) {
    this.parts = parts;
    this.layouts = layouts;
  }

  /** The menu; empty when there are too many layouts to look at all of them. */
  static Optional<LayoutMenu> of(MigGeometry geometry, List<Part> parts) {
    var walk = new Walk(geometry, parts);
    if (!walk.along(0, new int[parts.size()])) {
      return Optional.empty();
    }
    List<Layout> layouts = new ArrayList<>(walk.found.size());
    for (Amounts found : walk.found) {
      layouts.add(new Layout(found, waste(geometry.layoutClass(), parts, found)));
    }
    int whole = parts.indexOf(new Part.WholeGpu());
    if (whole >= 0) {
      int[] one = new int[parts.size()];
      one[whole] = 1;
      layouts.add(new Layout(new Amounts(one), 0));
    }
    List<Layout> largest = largest(layouts);
    return largest.size() > MOST_LAYOUTS
        ? Optional.empty()
        : Optional.of(new LayoutMenu(List.copyOf(parts), largest));
  }

  /** The parts, in the order of amounts. */
  List<Part> parts() {
    return parts;
  }

  /** The layouts, those that waste least first. */
  List<Layout> layouts() {
    return layouts;
  }

  Layout layout(int index) {
    return layouts.get(index);
  }

  /** A layout by the names of its profiles; empty for a whole GPU. */
  SortedMap<String, Integer> named(int index) {
    var named = new TreeMap<String, Integer>();
    Amounts amounts = layout(index).parts();
    for (int i = 0; i < parts.size(); i++) {
      if (amounts.of(i) > 0 && parts.get(i) instanceof Part.Slice(MigProfile profile)) {
        named.put(profile.name(), amounts.of(i));
      }
    }
    return named;
  }

  private static int waste(MigClass has, List<Part> parts, Amounts found) {
    int compute = has.computeSlices();
    int memory = has.memorySlices();
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i) instanceof Part.Slice(MigProfile profile)) {
        compute -= profile.computeSlices() * found.of(i);
        memory -= profile.memorySlices() * found.of(i);
      }
    }
    return compute * has.memorySlices() + memory * has.computeSlices();
  }

  private static List<Layout> largest(List<Layout> layouts) {
    Comparator<Layout> order = Comparator.comparingInt(Layout::waste);
    for (int i = 0; i < layouts.getFirst().parts().size(); i++) {
      int part = i;
      order = order.thenComparingInt(layout -> -layout.parts().of(part));
    }
    List<Layout> largest = new ArrayList<>();
    for (Layout layout : layouts.stream().sorted(order).toList()) {
      // A larger layout wastes less, so it came before.
      if (largest.stream().noneMatch(other -> other.parts().covers(layout.parts()))) {
        largest.add(layout);
      }
      if (largest.size() > MOST_LAYOUTS) {
        break;
      }
    }
    return List.copyOf(largest);
  }

  /** Goes along the memory slices, and at each leaves it free or begins an instance there. */
  private static final class Walk {
    private final MigClass has;
    private final List<Optional<MigProfile>> profiles;
    private final Set<Amounts> seen = new HashSet<>();
    private final Set<Amounts> found = new LinkedHashSet<>();

    Walk(MigGeometry geometry, List<Part> parts) {
      has = geometry.layoutClass();
      profiles =
          parts.stream()
              .map(part ->
                  part instanceof Part.Slice(MigProfile profile)
                      ? Optional.of(profile)
                      : Optional.<MigProfile>empty())
              .toList();
    }

    /** Whether all ways could be looked at. */
    boolean along(int slice, int[] counts) {
      int[] state = Arrays.copyOf(counts, counts.length + 1);
      state[counts.length] = slice;
      if (!seen.add(new Amounts(state))) {
        return true;
      }
      if (seen.size() > MOST_STATES) {
        return false;
      }
      if (slice == has.memorySlices()) {
        found.add(new Amounts(counts));
        return true;
      }
      boolean all = along(slice + 1, counts);
      for (int i = 0; i < counts.length && all; i++) {
        Optional<MigProfile> profile = profiles.get(i);
        if (profile.isPresent() && profile.get().starts().contains(slice)) {
          counts[i]++;
          if (counts[i] <= profile.get().limit() && within(counts)) {
            all = along(slice + profile.get().memorySlices(), counts);
          }
          counts[i]--;
        }
      }
      return all;
    }

    private boolean within(int[] counts) {
      int compute = 0;
      int engines = 0;
      int extensions = 0;
      for (int i = 0; i < counts.length; i++) {
        if (counts[i] > 0) {
          MigProfile profile = profiles.get(i).orElseThrow();
          compute += counts[i] * profile.computeSlices();
          engines += counts[i] * profile.mediaEngines();
          extensions += counts[i] * profile.mediaExtensions();
        }
      }
      return compute <= has.computeSlices()
          && engines <= has.mediaEngines()
          && extensions <= has.mediaExtensions();
    }
  }
}
