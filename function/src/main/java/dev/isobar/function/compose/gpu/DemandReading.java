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

/**
 * Finds the parts of a GPU that serve a demand, or says why none does. Where profiles of the same
 * memory differ in compute, which of them is best is seen when they are packed.
 */
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
  private final List<Line> lines = new ArrayList<>();
  private final List<Mistake> mistakes = new ArrayList<>();

  /** More choices are not looked at; products have four at most. */
  private static final int MOST_CHOICES = 16;

  /** A line of a demand and the parts that serve it alike, the smallest first. */
  private record Line(String asked, int count, List<Part> parts) {}

  /**
   * A part for each line of a demand.
   *
   * @param parts how many of each part are asked for
   */
  record Choice(Map<Part, Integer> parts, List<AcceleratorPlan.Served> served) {
    /** Copies the list. */
    Choice {
      served = List.copyOf(served);
    }
  }

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
      List<Part> parts =
          line.profile().isPresent()
              ? profile(line.profile().get(), place + ".profile").stream().toList()
              : line.memory().map(memory -> memory(memory, place + ".memory")).orElse(List.of());
      if (!parts.isEmpty()) {
        String asked = line.profile().or(() -> line.memory().map(Size::text)).orElse("");
        lines.add(new Line(asked, line.count(), parts));
      }
    }
  }

  /** The parts the demand may be served by, the smallest of each memory first. */
  List<Choice> choices() {
    List<Map<List<Part>, Part>> chosen = new ArrayList<>(List.of(Map.of()));
    for (List<Part> parts : lines.stream().map(Line::parts).distinct().toList()) {
      List<Map<List<Part>, Part>> more = new ArrayList<>();
      boolean all = chosen.size() * parts.size() <= MOST_CHOICES;
      for (Map<List<Part>, Part> one : chosen) {
        for (Part part : all ? parts : parts.subList(0, 1)) {
          Map<List<Part>, Part> next = new LinkedHashMap<>(one);
          next.put(parts, part);
          more.add(next);
        }
      }
      chosen = more;
    }
    return chosen.stream().map(this::choice).toList();
  }

  private Choice choice(Map<List<Part>, Part> chosen) {
    Map<Part, Integer> parts = new LinkedHashMap<>();
    List<AcceleratorPlan.Served> served = new ArrayList<>();
    for (Line line : lines) {
      Part part = chosen.getOrDefault(line.parts(), line.parts().getFirst());
      parts.merge(part, line.count(), Integer::sum);
      served.add(new AcceleratorPlan.Served(line.asked(), line.count(), resource(part)));
    }
    return new Choice(parts, served);
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

  private List<Part> memory(Size memory, String place) {
    long gigabytes = memory.gibibytes();
    if (gigabytes == 0) {
      mistakes.add(new Mistake(place, memory.text() + " is nothing", "ask for 1Gi or more"));
      return List.of();
    }
    var placement = new MigPlacement(geometry);
    Optional<MigProfile> smallest =
        geometry.profiles().stream()
            .filter(profile -> profile.gigabytes() >= gigabytes)
            .filter(profile -> placement.shortage(Map.of(profile, 1)).isEmpty())
            .min(SMALLEST);
    if (smallest.isPresent()) {
      return takesAll(smallest.get())
          ? List.of(new Part.WholeGpu())
          : alike(smallest.get(), placement);
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
    return List.of();
  }

  /** A profile and those with as much memory, but more compute. */
  private List<Part> alike(MigProfile smallest, MigPlacement placement) {
    return geometry.profiles().stream()
        .filter(profile -> profile.gigabytes() == smallest.gigabytes())
        .filter(profile -> profile.memorySlices() == smallest.memorySlices())
        .filter(profile -> profile.attribute().isEmpty() || profile.equals(smallest))
        .filter(profile -> placement.shortage(Map.of(profile, 1)).isEmpty())
        .sorted(SMALLEST)
        .<Part>map(Part.Slice::new)
        .toList();
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
