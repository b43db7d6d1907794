package dev.isobar.function.compose.gpu;

import dev.isobar.apis.compute.MachineType.GpuFacts;
import dev.isobar.apis.decode.Mistake;
import dev.isobar.apis.platform.Partitioning;
import dev.isobar.apis.platform.Partitioning.Mps;
import dev.isobar.apis.platform.Partitioning.TimeSlicing;
import dev.isobar.apis.schema.Size;
import dev.isobar.function.compose.gpu.geometry.GpuModel;
import dev.isobar.function.compose.gpu.geometry.GpuModels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Plans the GPUs of a pool's nodes. */
public final class GpuPlanner {
  private static final long MIB = 1L << 20;

  private GpuPlanner() {}

  /**
   * The plan that holds on every machine type that is asked for.
   *
   * <p>Nodes of a pool are interchangeable, so its machine types must have equally many GPUs or
   * equal shares of one, and under MIG whole ones of one model.
   */
  public static GpuPlanning plan(GpuAsk ask) {
    Partitioning partitioning = ask.partitioning();
    var mistakes = new ArrayList<>(wayMistakes(partitioning, ask.path()));
    if (mistakes.isEmpty()) {
      mistakes.addAll(fallbackMistakes(ask, partitioning.mig().isPresent()));
    }
    if (!mistakes.isEmpty()) {
      return new GpuPlanning.Refused(mistakes);
    }
    if (partitioning.mig().isPresent()) {
      return new MigPlanner(ask).plan(partitioning.mig().get());
    }
    if (partitioning.timeSlicing().isPresent()) {
      return timeSliced(ask, partitioning.timeSlicing().get());
    }
    if (partitioning.mps().isPresent()) {
      return served(ask, partitioning.mps().get());
    }
    return undivided(ask, 1, Optional.empty());
  }

  private static List<Mistake> wayMistakes(Partitioning partitioning, String path) {
    long ways =
        Stream.of(
                partitioning.none(),
                partitioning.mig(),
                partitioning.timeSlicing(),
                partitioning.mps())
            .filter(Optional::isPresent)
            .count();
    if (ways == 1) {
      return List.of();
    }
    boolean mpsOnSlices = partitioning.mig().isPresent() && partitioning.mps().isPresent();
    return List.of(
        new Mistake(
            path,
            mpsOnSlices
                ? "asks for mps and mig, and MPS does not work on MIG slices"
                : "names " + ways + " ways to divide a GPU",
            "set one of none, mig, timeSlicing and mps"));
  }

  private static List<Mistake> fallbackMistakes(GpuAsk ask, boolean mig) {
    var mistakes = new ArrayList<Mistake>();
    List<GpuOffer> offers = ask.offers();
    GpuOffer first = offers.getFirst();
    String model = ask.models().named(first.gpu().model()).name();
    for (GpuOffer offer : offers.subList(1, offers.size())) {
      if (offer.gpu().count() != first.gpu().count()) {
        mistakes.add(
            new Mistake(
                offer.path(),
                "%s has %d GPUs, but %s has %d"
                    .formatted(
                        offer.machineType(),
                        offer.gpu().count(),
                        first.machineType(),
                        first.gpu().count()),
                "name fall-backs with equally many GPUs, or make it a pool of its own"));
      }
      if (!mig && !offer.gpu().partition().equals(first.gpu().partition())) {
        mistakes.add(
            new Mistake(
                offer.path(),
                "%s has %s, but %s has %s"
                    .formatted(
                        offer.machineType(), extent(offer), first.machineType(), extent(first)),
                "name fall-backs with as much of a GPU, or make it a pool of its own"));
      }
      String other = ask.models().named(offer.gpu().model()).name();
      if (mig && !other.equals(model)) {
        mistakes.add(
            new Mistake(
                offer.path(),
                "%s has GPUs of model %s, but %s has %s, and MIG divides only one model in a pool"
                    .formatted(offer.machineType(), other, first.machineType(), model),
                "name fall-backs with " + model + ", or make it a pool of its own"));
      }
    }
    return mistakes;
  }

  private static String extent(GpuOffer offer) {
    return offer.gpu().partition().map(share -> share + " of a GPU").orElse("whole GPUs");
  }

  private static GpuPlanning timeSliced(GpuAsk ask, TimeSlicing asked) {
    if (asked.replicas() < 2) {
      return refused(tooFew(ask.path() + ".timeSlicing.replicas", asked.replicas()));
    }
    return undivided(
        ask,
        asked.replicas(),
        Optional.of(
            new SharingConfig(
                SharingConfig.Strategy.TIME_SLICING,
                asked.replicas(),
                asked.failRequestsGreaterThanOne())));
  }

  private static GpuPlanning served(GpuAsk ask, Mps asked) {
    if (asked.replicas() < 2) {
      return refused(tooFew(ask.path() + ".mps.replicas", asked.replicas()));
    }
    GpuModel tightest =
        ask.offers().stream()
            .map(offer -> ask.models().named(offer.gpu().model()))
            .min(Comparator.comparingInt(GpuModel::mpsClients))
            .orElseThrow();
    if (asked.replicas() > tightest.mpsClients()) {
      return refused(
          new Mistake(
              ask.path() + ".mps.replicas",
              "MPS serves at most %d programs on one %s, not %d"
                  .formatted(tightest.mpsClients(), tightest.name(), asked.replicas()),
              "use " + tightest.mpsClients() + " or fewer, or timeSlicing"));
    }
    // The device plugin refuses larger requests under MPS whatever it is told
    // (api/config/v1/config.go).
    var config = new SharingConfig(SharingConfig.Strategy.MPS, asked.replicas(), true);
    return undivided(ask, asked.replicas(), Optional.of(config));
  }

  private static Mistake tooFew(String path, int replicas) {
    return new Mistake(path, replicas + " is not sharing", "use 2 or more, or partitioning none");
  }

  private static GpuPlanning undivided(GpuAsk ask, int replicas, Optional<SharingConfig> sharing) {
    GpuFacts first = ask.offers().getFirst().gpu();
    List<Optional<Size>> all =
        ask.offers().stream().map(offer -> memory(offer.gpu(), ask.models())).toList();
    SortedMap<String, Size> memory = new TreeMap<>();
    all.stream()
        .flatMap(Optional::stream)
        .min(Size::compareTo)
        .filter(_ -> all.stream().allMatch(Optional::isPresent))
        .ifPresent(least -> memory.put(GpuPlan.WHOLE, part(least, 1, replicas)));
    var node =
        new GpuPlan(
            ask.models().named(first.model()).name(),
            first.count(),
            List.of(),
            Optional.empty(),
            sharing,
            new TreeMap<>(Map.of(GpuPlan.WHOLE, first.count() * replicas)),
            memory,
            0,
            0);
    return new GpuPlanning.Planned(AcceleratorPlan.of(node, ask.nodes().most()));
  }

  /**
   * The memory of what a machine has of a GPU: as NVIDIA calls that of a whole one, as it is of a
   * share. Empty when nobody knows it.
   */
  private static Optional<Size> memory(GpuFacts gpu, GpuModels models) {
    Optional<Size> whole =
        models.named(gpu.model()).gigabytes().map(gigabytes -> new Size(gigabytes + "Gi"));
    if (gpu.partition().isEmpty()) {
      return whole.or(gpu::memory);
    }
    String[] share = gpu.partition().get().split("/", 2);
    return gpu.memory()
        .or(() ->
            whole.map(size -> part(size, Integer.parseInt(share[0]), Integer.parseInt(share[1]))));
  }

  /** A part of a memory, rounded down to what it surely has. */
  private static Size part(Size memory, int parts, int ofParts) {
    return new Size(memory.bytes() / MIB * parts / ofParts + "Mi").canonical();
  }

  private static GpuPlanning refused(Mistake mistake) {
    return new GpuPlanning.Refused(List.of(mistake));
  }
}
