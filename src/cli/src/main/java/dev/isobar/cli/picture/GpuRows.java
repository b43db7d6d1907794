package dev.isobar.cli.picture;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.gpu.GpuNodeConfig;
import dev.isobar.function.compose.gpu.MigConfig;
import dev.isobar.function.compose.gpu.SharingConfig;
import dev.isobar.function.compose.gpu.geometry.GpuModel;
import dev.isobar.function.compose.gpu.geometry.MigGeometry;
import dev.isobar.function.compose.gpu.geometry.MigInstance;
import dev.isobar.function.compose.gpu.geometry.MigPlacement;
import dev.isobar.function.compose.gpu.geometry.MigProfile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The GPUs of a node, as a pool divides them.
 *
 * @param model of the GPUs
 * @param gpus of a node
 * @param users of a resource
 */
record GpuRows(GpuModel model, int gpus, Function<String, List<String>> users) {
  private static final String WHOLE = "nvidia.com/gpu";

  /** More than any GPU has of one profile. */
  private static final int MOST = 16;

  /** By what the nodes are told. */
  List<GpuRow> of(GpuNodeConfig config) {
    if (config.mig().isPresent()) {
      return of(config.mig().get());
    }
    return alike(
        config
            .sharing()
            .map(one ->
                shared(one.strategy() == SharingConfig.Strategy.TIME_SLICING, one.replicas()))
            .orElseGet(this::whole));
  }

  /**
   * By what a claim says, where nodes are told nothing yet.
   *
   * @param partitioning of the claim
   * @param planned for its demand, as in the status
   */
  List<GpuRow> of(Tree partitioning, Tree planned) {
    Tree mig = partitioning.at("mig");
    if (mig.at("layout").exists()) {
      return alike(divided(counts(mig.at("layout"))));
    }
    List<Tree> layouts = mig.at("layouts").items();
    if (mig.exists()) {
      return byIndex(layouts.isEmpty() ? planned.at("layouts").items() : layouts);
    }
    for (String way : List.of("timeSlicing", "mps")) {
      Tree replicas = partitioning.at(way).at("replicas");
      if (replicas.exists()) {
        return alike(shared(way.equals("timeSlicing"), Planned.count(replicas)));
      }
    }
    return alike(whole());
  }

  private List<GpuRow> of(MigConfig config) {
    return config.groups().stream()
        .map(group ->
            new GpuRow(
                group.devices().isEmpty() ? all() : group.devices(), divided(group.instances())))
        .toList();
  }

  private List<GpuRow> byIndex(List<Tree> layouts) {
    var indices = new LinkedHashMap<SortedMap<String, Integer>, List<Integer>>();
    for (int gpu = 0; gpu < layouts.size(); gpu++) {
      indices.computeIfAbsent(counts(layouts.get(gpu)), _ -> new ArrayList<>()).add(gpu);
    }
    var rows = new ArrayList<GpuRow>();
    indices.forEach((layout, gpus) -> rows.add(new GpuRow(gpus, divided(layout))));
    return rows;
  }

  private List<GpuRow> alike(GpuRow.Division division) {
    return gpus == 0 ? List.of() : List.of(new GpuRow(all(), division));
  }

  private List<Integer> all() {
    return IntStream.range(0, gpus).boxed().toList();
  }

  private GpuRow.Division whole() {
    return new GpuRow.Whole(users.apply(WHOLE));
  }

  private GpuRow.Division shared(boolean inTurns, int replicas) {
    return new GpuRow.Shared(inTurns, replicas, users.apply(WHOLE));
  }

  private GpuRow.Division divided(SortedMap<String, Integer> counts) {
    if (counts.isEmpty()) {
      return whole();
    }
    return model
        .geometry()
        .flatMap(geometry -> sliced(geometry, counts))
        .orElseGet(() -> new GpuRow.Unplaced(counts));
  }

  private Optional<GpuRow.Division> sliced(
      MigGeometry geometry, SortedMap<String, Integer> counts) {
    var known = new HashMap<MigProfile, Integer>();
    for (Map.Entry<String, Integer> entry : counts.entrySet()) {
      Optional<MigProfile> profile = geometry.profile(entry.getKey());
      if (profile.isEmpty()) {
        return Optional.empty();
      }
      known.put(profile.get(), entry.getValue());
    }
    return new MigPlacement(geometry)
        .placed(known)
        .map(placed ->
            new GpuRow.Sliced(
                geometry.layoutClass().computeSlices(),
                geometry.layoutClass().memorySlices(),
                placed.stream().map(this::slice).toList()));
  }

  private PicturedSlice slice(MigInstance instance) {
    MigProfile profile = instance.profile();
    return new PicturedSlice(
        profile.name(),
        profile.resource(),
        instance.start(),
        profile.memorySlices(),
        profile.computeSlices(),
        users.apply(profile.resource()));
  }

  private static SortedMap<String, Integer> counts(Tree layout) {
    var counts = new TreeMap<String, Integer>();
    for (String profile : layout.fields()) {
      int count = Planned.count(layout.at(profile));
      if (count > 0) {
        counts.put(Planned.clean(profile), Math.min(count, MOST));
      }
    }
    return counts;
  }
}
