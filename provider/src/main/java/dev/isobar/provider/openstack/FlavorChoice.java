package dev.isobar.provider.openstack;

import dev.isobar.apis.compute.Architecture;
import dev.isobar.apis.compute.MachineTypeChoice.GpuNeed;
import dev.isobar.apis.compute.MachineTypeChoice.Requirements;
import dev.isobar.provider.openstack.compute.Flavor;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Flavors by need. */
final class FlavorChoice {
  /** So many offers are tried before an Instance says that there is none. */
  private static final int MOST = 8;

  private static final Comparator<Flavor> SMALLEST_FIRST =
      Comparator.comparingInt(Flavor::cpu)
          .thenComparingInt(Flavor::memory)
          .thenComparingInt(Flavor::disk)
          .thenComparing(Flavor::name);

  private FlavorChoice() {}

  /** Names of flavors that have what is needed, the smallest first. */
  static List<String> of(List<Flavor> flavors, Requirements need) {
    return flavors.stream()
        .filter(flavor -> fits(flavor, need))
        .sorted(SMALLEST_FIRST)
        .map(Flavor::name)
        .distinct()
        .limit(MOST)
        .toList();
  }

  private static boolean fits(Flavor flavor, Requirements need) {
    return flavor.cpu() >= need.cpu().orElse(0)
        && (long) flavor.memory() << 20 >= need.memory().map(size -> size.bytes()).orElse(0L)
        && need.architecture().filter(wanted -> wanted != architecture(flavor)).isEmpty()
        && fits(FlavorReading.gpus(flavor), need.gpu());
  }

  /** Clouds that have arm64 say so of their flavors; the others are not asked to. */
  private static Architecture architecture(Flavor flavor) {
    return FlavorReading.architecture(flavor).orElse(Architecture.amd64);
  }

  private static boolean fits(Optional<FlavorReading.Gpus> has, Optional<GpuNeed> need) {
    if (need.isEmpty() || has.isEmpty()) {
      return need.isEmpty() && has.isEmpty();
    }
    FlavorReading.Gpus gpus = has.get();
    GpuNeed wanted = need.get();
    return gpus.count() == wanted.count()
        && wanted.model().filter(model -> !model.equals(gpus.model())).isEmpty()
        && wanted
            .minMemory()
            .filter(least -> gpus.memory().filter(size -> size.compareTo(least) >= 0).isEmpty())
            .isEmpty();
  }
}
