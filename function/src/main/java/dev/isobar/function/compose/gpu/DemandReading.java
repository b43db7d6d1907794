package dev.isobar.function.compose.gpu;

import dev.isobar.apis.decode.Mistake;
import dev.isobar.apis.platform.Partitioning.Demand;
import dev.isobar.apis.schema.Size;
import dev.isobar.function.compose.gpu.geometry.GpuModel;
import dev.isobar.function.compose.gpu.geometry.GpuModels;
import dev.isobar.function.compose.gpu.geometry.MigGeometry;
import dev.isobar.function.compose.gpu.geometry.MigPlacement;
import dev.isobar.function.compose.gpu.geometry.MigProfile;
import dev.isobar.function.compose.gpu.packing.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the parts of a GPU that serve a demand, or says why none does. */
final class DemandReading {
  /** The least of a GPU first; among equals one without extras. */
  private static final Comparator<MigProfile> SMALLEST =
      Comparator.comparingInt(MigProfile::memorySlices)
          .thenComparingInt(MigProfile::computeSlices)
          .thenComparing(profile -> !profile.attribute().isEmpty())
          .thenComparing(MigProfile::name);

  private final GpuModel model;
  private final MigGeometry geometry;
  private final GpuModels models;
  private final Map<Part, Integer> parts = new LinkedHashMap<>();
  private final List<AcceleratorPlan.Served> served = new ArrayList<>();
  private final List<Mistake> mistakes = new ArrayList<>();

  DemandReading(GpuModel model, MigGeometry geometry, GpuModels models) {
    this.model = model;
    this.geometry = geometry;
    this.models = models;
  }

  /** Reads a demand that stands at a path. */
  void read(List<Demand> demand, String path) {
    for (int i = 0; i < demand.size(); i++) {
      Demand line = demand.get(i);
      String place = path + "[" + i + "]";
      if (line.count() < 1) {
        mistakes.add(
            new Mistake(
                place + ".count",
                line.count() + " is nothing",
                "ask for 1 or more, or leave it out"));
      }
      Optional<Part> part =
          line.profile().isPresent()
              ? profile(line.profile().get(), place + ".profile")
              : line.memory().flatMap(memory -> memory(memory, place + ".memory"));
      part.ifPresent(found -> {
        parts.merge(found, line.count(), Integer::sum);
        served.add(
            new AcceleratorPlan.Served(
                line.profile().or(() -> line.memory().map(Size::text)).orElse(""),
                line.count(),
                resource(found)));
      });
    }
  }

  /** How many of each part are asked for. */
  Map<Part, Integer> parts() {
    return parts;
  }

  List<AcceleratorPlan.Served> served() {
    return served;
  }

  List<Mistake> mistakes() {
    return mistakes;
  }

  private Optional<Part> profile(String name, String place) {
    Optional<MigProfile> profile = geometry.profile(name);
    if (profile.isEmpty()) {
      var advice = new ProfileAdvice(model, geometry, models);
      mistakes.add(new Mistake(place, advice.problem(name), advice.remedy(name)));
      return Optional.empty();
    }
    Optional<String> shortage = new MigPlacement(geometry).shortage(Map.of(profile.get(), 1));
    shortage.ifPresent(lacks ->
        mistakes.add(
            new Mistake(
                place,
                model.name() + " has no room for one " + name + ": it " + lacks,
                "the platform team must correct the model in spec.gpuModels of the Cloud")));
    return shortage.isEmpty() ? Optional.of(new Part.Slice(profile.get())) : Optional.empty();
  }

  private Optional<Part> memory(Size memory, String place) {
    long gigabytes = memory.gibibytes();
    if (gigabytes == 0) {
      mistakes.add(new Mistake(place, memory.text() + " is nothing", "ask for 1Gi or more"));
      return Optional.empty();
    }
    var placement = new MigPlacement(geometry);
    Optional<MigProfile> smallest =
        geometry.profiles().stream()
            .filter(profile -> profile.gigabytes() >= gigabytes)
            .filter(profile -> placement.shortage(Map.of(profile, 1)).isEmpty())
            .min(SMALLEST);
    if (smallest.isPresent()) {
      return Optional.of(
          takesAll(smallest.get()) ? new Part.WholeGpu() : new Part.Slice(smallest.get()));
    }
    int most = geometry.profiles().stream().mapToInt(MigProfile::gigabytes).max().orElse(0);
    mistakes.add(
        new Mistake(
            place,
            "a whole " + model.name() + " has less than " + memory.text(),
            "ask for "
                + most
                + "Gi or less, or choose a machine type with larger GPUs; programs cannot be given"
                + " parts of several GPUs"));
    return Optional.empty();
  }

  /** A GPU that is not divided has everything the largest profile has, and more compute. */
  private boolean takesAll(MigProfile profile) {
    return profile.memorySlices() == geometry.layoutClass().memorySlices()
        && profile.computeSlices() == geometry.layoutClass().computeSlices();
  }

  private static String resource(Part part) {
    return switch (part) {
      case Part.Slice(MigProfile profile) -> profile.resource();
      case Part.WholeGpu() -> GpuPlan.WHOLE;
    };
  }
}
