package dev.isobar.function.compose.gpu.geometry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * Whether instances find room side by side on one empty GPU.
 *
 * <p>An instance is refused when it overlaps an occupied memory slice, or no compute slice or media
 * engine is left (NVML, nvmlDeviceGetGpuInstancePossiblePlacements). mig-parted tries the orders of
 * a layout until one works (pkg/mig/config, iteratePermutationsUntilSuccess), so a layout works
 * when any placement exists.
 */
public final class MigPlacement {
  /** Big instances first; equal ones next to each other. */
  private static final Comparator<MigProfile> ORDER =
      Comparator.comparingInt(MigProfile::memorySlices).reversed().thenComparing(MigProfile::name);

  private final MigGeometry geometry;

  /** Of instances on a GPU of this geometry. */
  public MigPlacement(MigGeometry geometry) {
    this.geometry = geometry;
  }

  /** What the GPU has too little of for these counts by profile; empty when they fit. */
  public Optional<String> shortage(Map<MigProfile, Integer> counts) {
    var reasons = new StringJoiner(" and ").setEmptyValue("");
    MigClass has = geometry.layoutClass();
    compare(reasons, sum(counts, MigProfile::computeSlices), has.computeSlices(), "compute slices");
    compare(reasons, sum(counts, MigProfile::memorySlices), has.memorySlices(), "memory slices");
    if (reasons.length() == 0) {
      compare(
          reasons,
          sum(counts, MigProfile::mediaEngines),
          has.mediaEngines(),
          "media engines of each kind");
      compare(
          reasons,
          sum(counts, MigProfile::mediaExtensions),
          has.mediaExtensions(),
          "sets of media extensions");
    }
    if (reasons.length() > 0) {
      return Optional.of("needs " + reasons);
    }
    return starts(counts).isPresent()
        ? Optional.empty()
        : Optional.of("cannot be placed side by side");
  }

  /**
   * The largest part of these counts that fits: as few instances as possible are left out, of
   * equally large parts the one that keeps most memory, and of those the one that leaves out those
   * there are most of.
   */
  public SortedMap<String, Integer> largestPart(Map<MigProfile, Integer> counts) {
    List<MigProfile> mostFirst =
        counts.keySet().stream()
            .sorted(
                Comparator.comparing((MigProfile profile) -> counts.getOrDefault(profile, 0))
                    .reversed()
                    .thenComparing(MigProfile::name))
            .toList();
    var search = new PartSearch(counts, mostFirst);
    search.from(0, Map.of());
    var named = new TreeMap<String, Integer>();
    search.best.forEach((profile, count) -> named.put(profile.name(), count));
    return named;
  }

  /**
   * Where these counts by profile stand on a GPU: one way of possibly several, of which the driver
   * takes any; empty when they do not fit.
   */
  public Optional<List<MigInstance>> placed(Map<MigProfile, Integer> counts) {
    if (shortage(counts).isPresent()) {
      return Optional.empty();
    }
    return starts(counts)
        .map(found -> {
          List<MigProfile> instances = instances(counts);
          var placed = new ArrayList<MigInstance>();
          for (int i = 0; i < found.length; i++) {
            placed.add(new MigInstance(instances.get(i), found[i]));
          }
          placed.sort(Comparator.comparingInt(MigInstance::start));
          return List.copyOf(placed);
        });
  }

  /** The first memory slice of every instance, in the order of {@link #instances}. */
  private static Optional<int[]> starts(Map<MigProfile, Integer> counts) {
    for (var entry : counts.entrySet()) {
      if (entry.getValue() > entry.getKey().limit()) {
        return Optional.empty();
      }
    }
    List<MigProfile> instances = instances(counts);
    int[] starts = new int[instances.size()];
    return placeable(instances, 0, 0, starts) ? Optional.of(starts) : Optional.empty();
  }

  private static List<MigProfile> instances(Map<MigProfile, Integer> counts) {
    var instances = new ArrayList<MigProfile>();
    for (var entry : counts.entrySet()) {
      for (int i = 0; i < entry.getValue(); i++) {
        instances.add(entry.getKey());
      }
    }
    instances.sort(ORDER);
    return instances;
  }

  /**
   * Tries every start of every instance; an instance stands behind its equals, which saves trying
   * their orders.
   */
  private static boolean placeable(
      List<MigProfile> instances, int index, int occupied, int[] starts) {
    if (index == instances.size()) {
      return true;
    }
    MigProfile profile = instances.get(index);
    boolean equal = index > 0 && instances.get(index - 1).equals(profile);
    for (int start : profile.starts()) {
      int slices = ((1 << profile.memorySlices()) - 1) << start;
      boolean free = (occupied & slices) == 0 && !(equal && start < starts[index - 1]);
      starts[index] = start;
      if (free && placeable(instances, index + 1, occupied | slices, starts)) {
        return true;
      }
    }
    return false;
  }

  private static void compare(StringJoiner reasons, long needed, int available, String what) {
    if (needed > available) {
      reasons.add(needed + " of " + available + " " + what);
    }
  }

  private static long sum(Map<MigProfile, Integer> counts, ToIntFunction<MigProfile> demand) {
    long sum = 0;
    for (var entry : counts.entrySet()) {
      sum += (long) demand.applyAsInt(entry.getKey()) * entry.getValue();
    }
    return sum;
  }

  /**
   * Goes through all parts; of ones that are equally large and have equally much memory the first
   * stays, so the order of profiles and counts decides.
   */
  private final class PartSearch {
    private final Map<MigProfile, Integer> counts;
    private final List<MigProfile> profiles;
    private Map<MigProfile, Integer> best = Map.of();
    private int size;
    private long memory;

    PartSearch(Map<MigProfile, Integer> counts, List<MigProfile> profiles) {
      this.counts = counts;
      this.profiles = profiles;
    }

    private void from(int index, Map<MigProfile, Integer> part) {
      if (shortage(part).isPresent()) {
        return; // and so is every larger one
      }
      if (index == profiles.size()) {
        int total = part.values().stream().mapToInt(Integer::intValue).sum();
        long kept = sum(part, MigProfile::memorySlices);
        if (total > size || (total == size && kept > memory)) {
          size = total;
          memory = kept;
          best = part;
        }
        return;
      }
      MigProfile profile = profiles.get(index);
      int most = Math.min(counts.getOrDefault(profile, 0), profile.limit());
      for (int kept = 0; kept <= most; kept++) {
        var larger = new HashMap<>(part);
        if (kept > 0) {
          larger.put(profile, kept);
        }
        from(index + 1, larger);
      }
    }
  }
}
