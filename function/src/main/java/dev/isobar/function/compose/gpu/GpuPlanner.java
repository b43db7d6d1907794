package dev.isobar.function.compose.gpu;

import dev.isobar.apis.platform.Partitioning;
import dev.isobar.apis.platform.Partitioning.Mps;
import dev.isobar.apis.platform.Partitioning.TimeSlicing;
import dev.isobar.function.contract.Mistake;
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
  private GpuPlanner() {}

  /**
   * The plan that holds on every machine type of the pool.
   *
   * <p>Nodes of a pool are interchangeable, so its machine types must have equally many GPUs, and
   * under MIG GPUs of one model.
   *
   * @param offers the pool's machine types in the order they are tried, at least one
   * @param partitioning how the claim wants GPUs divided
   * @param path where the partitioning stands in the claim, for example {@code
   *     spec.pools[1].gpu.partitioning}
   */
  public static GpuPlanning plan(List<GpuOffer> offers, Partitioning partitioning, String path) {
    if (offers.isEmpty()) {
      throw new IllegalArgumentException("a plan needs a machine type");
    }
    long ways =
        Stream.of(
                partitioning.none(),
                partitioning.mig(),
                partitioning.timeSlicing(),
                partitioning.mps())
            .filter(Optional::isPresent)
            .count();
    if (ways != 1) {
      return refused(
          new Mistake(
              path,
              "names " + ways + " ways to divide a GPU",
              "set one of none, mig, timeSlicing and mps"));
    }
    var mistakes = fallbackMistakes(offers, partitioning.mig().isPresent());
    if (!mistakes.isEmpty()) {
      return new GpuPlanning.Refused(mistakes);
    }
    if (partitioning.mig().isPresent()) {
      return new MigPlanner(offers.getFirst().gpu(), path + ".mig").plan(partitioning.mig().get());
    }
    if (partitioning.timeSlicing().isPresent()) {
      return timeSliced(offers, partitioning.timeSlicing().get(), path);
    }
    if (partitioning.mps().isPresent()) {
      return served(offers, partitioning.mps().get(), path);
    }
    return undivided(offers, 1, Optional.empty());
  }

  private static List<Mistake> fallbackMistakes(List<GpuOffer> offers, boolean mig) {
    var mistakes = new ArrayList<Mistake>();
    GpuOffer first = offers.getFirst();
    String model = GpuModels.named(first.gpu().model()).name();
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
      String other = GpuModels.named(offer.gpu().model()).name();
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

  private static GpuPlanning timeSliced(List<GpuOffer> offers, TimeSlicing asked, String path) {
    if (asked.replicas() < 2) {
      return refused(tooFew(path + ".timeSlicing.replicas", asked.replicas()));
    }
    return undivided(
        offers,
        asked.replicas(),
        Optional.of(
            new SharingConfig(
                SharingConfig.Strategy.TIME_SLICING,
                asked.replicas(),
                asked.failRequestsGreaterThanOne())));
  }

  private static GpuPlanning served(List<GpuOffer> offers, Mps asked, String path) {
    if (asked.replicas() < 2) {
      return refused(tooFew(path + ".mps.replicas", asked.replicas()));
    }
    GpuModel tightest =
        offers.stream()
            .map(offer -> GpuModels.named(offer.gpu().model()))
            .min(Comparator.comparingInt(GpuModel::mpsClients))
            .orElseThrow();
    if (asked.replicas() > tightest.mpsClients()) {
      return refused(
          new Mistake(
              path + ".mps.replicas",
              "MPS serves at most %d programs on one %s, not %d"
                  .formatted(tightest.mpsClients(), tightest.name(), asked.replicas()),
              "use " + tightest.mpsClients() + " or fewer, or timeSlicing"));
    }
    // The device plugin refuses larger requests under MPS whatever it is told
    // (api/config/v1/config.go).
    var config = new SharingConfig(SharingConfig.Strategy.MPS, asked.replicas(), true);
    return undivided(offers, asked.replicas(), Optional.of(config));
  }

  private static Mistake tooFew(String path, int replicas) {
    return new Mistake(path, replicas + " is not sharing", "use 2 or more, or partitioning none");
  }

  private static GpuPlanning undivided(
      List<GpuOffer> offers, int replicas, Optional<SharingConfig> sharing) {
    int count = offers.getFirst().gpu().count();
    List<Optional<Integer>> memories =
        offers.stream().map(offer -> GpuModels.named(offer.gpu().model()).gigabytes()).toList();
    SortedMap<String, Integer> gigabytes = new TreeMap<>();
    if (memories.stream().allMatch(Optional::isPresent)) {
      int least =
          memories.stream()
              .flatMap(Optional::stream)
              .mapToInt(Integer::intValue)
              .min()
              .orElseThrow();
      gigabytes.put(GpuPlan.WHOLE, least / replicas);
    }
    return new GpuPlanning.Planned(
        new GpuPlan(
            GpuModels.named(offers.getFirst().gpu().model()).name(),
            count,
            List.of(),
            Optional.empty(),
            sharing,
            new TreeMap<>(Map.of(GpuPlan.WHOLE, count * replicas)),
            gigabytes,
            0,
            0));
  }

  private static GpuPlanning refused(Mistake mistake) {
    return new GpuPlanning.Refused(List.of(mistake));
  }
}
