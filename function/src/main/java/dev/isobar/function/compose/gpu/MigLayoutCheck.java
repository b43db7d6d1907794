package dev.isobar.function.compose.gpu;

import dev.isobar.apis.decode.Mistake;
import dev.isobar.function.compose.gpu.geometry.GpuModel;
import dev.isobar.function.compose.gpu.geometry.GpuModels;
import dev.isobar.function.compose.gpu.geometry.MigGeometry;
import dev.isobar.function.compose.gpu.geometry.MigPlacement;
import dev.isobar.function.compose.gpu.geometry.MigProfile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Whether one GPU of a product can be divided as asked. */
final class MigLayoutCheck {
  private final GpuModel model;
  private final MigGeometry geometry;
  private final GpuModels models;

  MigLayoutCheck(GpuModel model, MigGeometry geometry, GpuModels models) {
    this.model = model;
    this.geometry = geometry;
    this.models = models;
  }

  /**
   * The mistakes of a layout that is not empty.
   *
   * @param layout number of instances by profile
   * @param path where the layout stands
   */
  List<Mistake> mistakes(Map<String, Integer> layout, String path) {
    var mistakes = new ArrayList<Mistake>();
    var advice = new ProfileAdvice(model, geometry, models);
    var counts = new LinkedHashMap<MigProfile, Integer>();
    new TreeMap<>(layout)
        .forEach((name, count) -> {
          String place = path + "[" + name + "]";
          if (count < 1) {
            mistakes.add(
                new Mistake(
                    place,
                    count + " instances cannot be made",
                    "ask for 1 or more, or leave it out"));
          }
          geometry
              .profile(name)
              .ifPresentOrElse(
                  profile -> counts.put(profile, count),
                  () ->
                      mistakes.add(new Mistake(place, advice.problem(name), advice.remedy(name))));
        });
    if (mistakes.isEmpty()) {
      checkRoom(layout, counts, path, mistakes);
    }
    return mistakes;
  }

  private void checkRoom(
      Map<String, Integer> layout,
      Map<MigProfile, Integer> counts,
      String path,
      List<Mistake> mistakes) {
    var placement = new MigPlacement(geometry);
    placement
        .shortage(counts)
        .ifPresent(shortage ->
            mistakes.add(
                new Mistake(
                    path,
                    model.name()
                        + " has no room for "
                        + flow(new TreeMap<>(layout))
                        + ": it "
                        + shortage,
                    "the nearest layout that fits is " + flow(placement.largestPart(counts)))));
  }

  /** A layout as it can be pasted into a claim. */
  private static String flow(SortedMap<String, Integer> layout) {
    return "{"
        + String.join(
            ", ",
            layout.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .toList())
        + "}";
  }
}
