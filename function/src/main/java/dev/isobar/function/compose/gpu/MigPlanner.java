package dev.isobar.function.compose.gpu;

import dev.isobar.apis.compute.MachineType.GpuFacts;
import dev.isobar.apis.platform.Partitioning.Mig;
import dev.isobar.function.compose.gpu.GpuModel.Division;
import dev.isobar.function.contract.Mistake;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Plans nodes whose GPUs MIG divides. */
final class MigPlanner {
  private final GpuFacts facts;
  private final GpuModel model;
  private final String path;

  MigPlanner(GpuFacts facts, String path) {
    this.facts = facts;
    this.model = GpuModels.named(facts.model());
    this.path = path;
  }

  GpuPlanning plan(Mig asked) {
    return switch (model.division()) {
      case Division.Divisible(MigGeometry geometry) -> divided(geometry, asked);
      case Division.Indivisible() ->
          refused(path, model.name() + " has no MIG", "use partitioning none, timeSlicing or mps");
      case Division.Unsettled() ->
          refused(
              path,
              "the MIG profiles of "
                  + model.name()
                  + " change with the driver, so no layout can be promised",
              "use partitioning none, timeSlicing or mps");
      case Division.Unknown() ->
          refused(
              path,
              "no MIG profiles are known of GPU model " + model.name(),
              "use partitioning none, timeSlicing or mps, or correct the model in the Cloud; known"
                  + " with MIG are "
                  + String.join(", ", GpuModels.divisibleLike(model.name())));
    };
  }

  private GpuPlanning divided(MigGeometry geometry, Mig asked) {
    if (asked.layout().isPresent() == asked.layouts().isPresent()) {
      return refused(
          path,
          "needs layout or layouts",
          "set layout for GPUs that are all alike, otherwise layouts");
    }
    var check = new MigLayoutCheck(model, geometry);
    if (asked.layout().isPresent()) {
      Map<String, Integer> layout = asked.layout().get();
      List<Mistake> mistakes = check.mistakes(layout, path + ".layout");
      if (layout.isEmpty()) {
        mistakes =
            List.of(
                new Mistake(
                    path + ".layout", "names no profile", "name one, or use partitioning none"));
      }
      return mistakes.isEmpty()
          ? planned(geometry, Collections.nCopies(facts.count(), layout))
          : new GpuPlanning.Refused(mistakes);
    }
    return perIndex(geometry, check, asked.layouts().get());
  }

  private GpuPlanning perIndex(
      MigGeometry geometry, MigLayoutCheck check, List<Map<String, Integer>> layouts) {
    String place = path + ".layouts";
    var mistakes = new ArrayList<Mistake>();
    if (layouts.size() != facts.count()) {
      mistakes.add(
          new Mistake(
              place,
              "has %d layouts for the %d GPUs of a node".formatted(layouts.size(), facts.count()),
              "write one for each GPU; {} leaves a GPU whole"));
    }
    for (int gpu = 0; gpu < layouts.size(); gpu++) {
      mistakes.addAll(check.mistakes(layouts.get(gpu), place + "[" + gpu + "]"));
    }
    return mistakes.isEmpty() ? planned(geometry, layouts) : new GpuPlanning.Refused(mistakes);
  }

  private GpuPlanning planned(MigGeometry geometry, List<Map<String, Integer>> asked) {
    List<SortedMap<String, Integer>> layouts = new ArrayList<>();
    SortedMap<String, Integer> resources = new TreeMap<>();
    SortedMap<String, Integer> gigabytes = new TreeMap<>();
    int compute = 0;
    int memory = 0;
    for (Map<String, Integer> layout : asked) {
      layouts.add(new TreeMap<>(layout));
      if (layout.isEmpty()) {
        resources.merge(GpuPlan.WHOLE, 1, Integer::sum);
        model.gigabytes().ifPresent(all -> gigabytes.put(GpuPlan.WHOLE, all));
        continue;
      }
      compute += geometry.layoutClass().computeSlices();
      memory += geometry.layoutClass().memorySlices();
      for (var entry : layout.entrySet()) {
        MigProfile profile = geometry.profile(entry.getKey()).orElseThrow();
        resources.merge(profile.resource(), entry.getValue(), Integer::sum);
        gigabytes.put(profile.resource(), profile.gigabytes());
        compute -= profile.computeSlices() * entry.getValue();
        memory -= profile.memorySlices() * entry.getValue();
      }
    }
    return new GpuPlanning.Planned(
        new GpuPlan(
            model.name(),
            facts.count(),
            layouts,
            MigConfig.of(layouts),
            Optional.empty(),
            resources,
            gigabytes,
            compute,
            memory));
  }

  private static GpuPlanning refused(String path, String problem, String remedy) {
    return new GpuPlanning.Refused(List.of(new Mistake(path, problem, remedy)));
  }
}
