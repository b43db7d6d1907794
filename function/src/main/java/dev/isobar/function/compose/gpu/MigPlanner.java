package dev.isobar.function.compose.gpu;

import dev.isobar.apis.compute.MachineType.GpuFacts;
import dev.isobar.apis.decode.Mistake;
import dev.isobar.apis.platform.Partitioning.Mig;
import dev.isobar.function.compose.gpu.geometry.GpuModel;
import dev.isobar.function.compose.gpu.geometry.GpuModel.Division;
import dev.isobar.function.compose.gpu.geometry.MigGeometry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Plans nodes whose GPUs MIG divides. */
final class MigPlanner {
  private static final String INSTEAD = "use partitioning none, timeSlicing or mps";
  private static final String DESCRIBE =
      ", or have the platform team describe the model in spec.gpuModels of the Cloud";

  private final GpuAsk ask;
  private final GpuFacts facts;
  private final GpuModel model;
  private final String path;

  MigPlanner(GpuAsk ask) {
    this.ask = ask;
    this.facts = ask.offers().getFirst().gpu();
    this.model = ask.models().named(facts.model());
    this.path = ask.path() + ".mig";
  }

  GpuPlanning plan(Mig asked) {
    return switch (model.division()) {
      case Division.Divisible(MigGeometry geometry) -> divided(geometry, asked);
      case Division.Misdescribed(List<Mistake> mistakes) -> new GpuPlanning.Refused(mistakes);
      case Division.Indivisible() -> refused(path, model.name() + " has no MIG", INSTEAD);
      case Division.Unsettled() ->
          refused(
              path,
              "the MIG profiles of "
                  + model.name()
                  + " change with the driver, so no layout can be promised",
              INSTEAD + DESCRIBE);
      case Division.Unknown() ->
          refused(
              path,
              "no MIG profiles are known of GPU model " + model.name(),
              INSTEAD
                  + DESCRIBE
                  + " or correct its name; known with MIG are "
                  + String.join(", ", ask.models().divisibleLike(model.name())));
    };
  }

  private GpuPlanning divided(MigGeometry geometry, Mig asked) {
    long ways =
        Stream.of(asked.layout(), asked.layouts(), asked.demand())
            .filter(way -> way.isPresent())
            .count();
    if (ways != 1) {
      return refused(
          path,
          "needs exactly one of layout, layouts and demand",
          "set layout for GPUs that are all alike, layouts for others, or demand to have them"
              + " chosen");
    }
    var check = new MigLayoutCheck(model, geometry, ask.models());
    if (asked.demand().isPresent()) {
      return new DemandPlanner(ask, model, geometry, path + ".demand").plan(asked.demand().get());
    }
    return asked.layout().isPresent()
        ? alike(geometry, check, asked.layout().get())
        : perIndex(geometry, check, asked.layouts().orElseThrow());
  }

  private GpuPlanning alike(
      MigGeometry geometry, MigLayoutCheck check, Map<String, Integer> layout) {
    if (layout.isEmpty()) {
      return refused(path + ".layout", "names no profile", "name one, or use partitioning none");
    }
    List<Mistake> mistakes = check.mistakes(layout, path + ".layout");
    return mistakes.isEmpty()
        ? planned(geometry, Collections.nCopies(facts.count(), layout))
        : new GpuPlanning.Refused(mistakes);
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

  private GpuPlanning planned(MigGeometry geometry, List<Map<String, Integer>> layouts) {
    return new GpuPlanning.Planned(
        AcceleratorPlan.of(MigNode.of(model, geometry, layouts), ask.nodes().most()));
  }

  private static GpuPlanning refused(String path, String problem, String remedy) {
    return new GpuPlanning.Refused(List.of(new Mistake(path, problem, remedy)));
  }
}
