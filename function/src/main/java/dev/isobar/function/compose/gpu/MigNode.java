package dev.isobar.function.compose.gpu;

import dev.isobar.apis.schema.Size;
import dev.isobar.function.compose.gpu.geometry.GpuModel;
import dev.isobar.function.compose.gpu.geometry.MigGeometry;
import dev.isobar.function.compose.gpu.geometry.MigProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a node offers whose GPUs MIG divides. */
final class MigNode {
  private MigNode() {}

  /**
   * The plan of a node.
   *
   * @param asked the layout of each GPU, checked
   */
  static GpuPlan of(
      GpuModel model, MigGeometry geometry, List<? extends Map<String, Integer>> asked) {
    List<SortedMap<String, Integer>> layouts = new ArrayList<>();
    SortedMap<String, Integer> resources = new TreeMap<>();
    SortedMap<String, Size> sizes = new TreeMap<>();
    int compute = 0;
    int memory = 0;
    for (Map<String, Integer> layout : asked) {
      layouts.add(new TreeMap<>(layout));
      if (layout.isEmpty()) {
        resources.merge(GpuPlan.WHOLE, 1, Integer::sum);
        model.gigabytes().ifPresent(all -> sizes.put(GpuPlan.WHOLE, new Size(all + "Gi")));
        continue;
      }
      compute += geometry.layoutClass().computeSlices();
      memory += geometry.layoutClass().memorySlices();
      for (var entry : layout.entrySet()) {
        MigProfile profile = geometry.profile(entry.getKey()).orElseThrow();
        resources.merge(profile.resource(), entry.getValue(), Integer::sum);
        sizes.put(profile.resource(), new Size(profile.gigabytes() + "Gi"));
        compute -= profile.computeSlices() * entry.getValue();
        memory -= profile.memorySlices() * entry.getValue();
      }
    }
    return new GpuPlan(
        model.name(),
        layouts.size(),
        layouts,
        MigConfig.of(layouts),
        Optional.empty(),
        resources,
        sizes,
        compute,
        memory);
  }
}
