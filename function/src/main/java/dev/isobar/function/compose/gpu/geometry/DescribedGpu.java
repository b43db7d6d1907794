package dev.isobar.function.compose.gpu.geometry;

import dev.isobar.apis.compute.GpuProduct;
import dev.isobar.apis.decode.Mistake;
import dev.isobar.function.compose.gpu.geometry.GpuModel.Division;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A product as a Cloud describes it. */
final class DescribedGpu {
  private static final String WHO = "the platform team must correct it";

  private final GpuProduct product;
  private final String path;
  private final List<Mistake> mistakes = new ArrayList<>();

  /**
   * The product that is described at a path.
   *
   * @param path the Cloud and the field, as users know them
   */
  DescribedGpu(GpuProduct product, String path) {
    this.product = product;
    this.path = path;
  }

  GpuModel model() {
    List<MigProfile> profiles = new ArrayList<>();
    for (int i = 0; i < product.profiles().size(); i++) {
      MigProfile profile = profile(product.profiles().get(i));
      check(profile, path + ".profiles[" + i + "]");
      profiles.add(profile);
    }
    profiles.sort(
        Comparator.comparingInt(MigProfile::memorySlices)
            .thenComparingInt(MigProfile::computeSlices)
            .thenComparing(MigProfile::name));
    Division division =
        mistakes.isEmpty()
            ? new Division.Divisible(new MigGeometry(slices(), profiles))
            : new Division.Misdescribed(mistakes);
    Optional<Integer> gigabytes =
        KnownGpus.memory(product.name())
            .or(() -> profiles.stream().map(MigProfile::gigabytes).max(Integer::compareTo));
    return new GpuModel(product.name(), List.of(), gigabytes, division, KnownGpus.MPS_CLIENTS);
  }

  private MigClass slices() {
    return new MigClass(
        product.computeSlices(),
        product.memorySlices(),
        product.mediaEngines(),
        product.mediaExtensions());
  }

  /** The numbers in a name stand in front of {@code g} and between the dot and {@code gb}. */
  private static MigProfile profile(GpuProduct.Profile described) {
    String name = described.name();
    int compute = Integer.parseInt(name.substring(0, name.indexOf('g')));
    int gigabytes = Integer.parseInt(name.substring(name.indexOf('.') + 1, name.indexOf("gb")));
    return new MigProfile(
        name,
        gigabytes,
        compute,
        described.memorySlices(),
        described.limit().orElse(described.starts().size()),
        described.starts(),
        described.mediaEngines(),
        described.mediaExtensions().orElse(name.contains("+me") ? 1 : 0));
  }

  private void check(MigProfile profile, String place) {
    more(place + ".name", profile.computeSlices(), product.computeSlices(), "compute slices");
    more(place + ".memorySlices", profile.memorySlices(), product.memorySlices(), "memory slices");
    more(place + ".mediaEngines", profile.mediaEngines(), product.mediaEngines(), "media engines");
    more(
        place + ".mediaExtensions",
        profile.mediaExtensions(),
        product.mediaExtensions(),
        "sets of media extensions");
    if (profile.starts().stream().distinct().count() < profile.starts().size()) {
      mistakes.add(new Mistake(place + ".starts", "names a memory slice twice", WHO));
    }
    int last = product.memorySlices() - profile.memorySlices();
    for (int i = 0; i < profile.starts().size(); i++) {
      int start = profile.starts().get(i);
      if (last >= 0 && (start < 0 || start > last)) {
        mistakes.add(
            new Mistake(
                place + ".starts[" + i + "]",
                "an instance of %d memory slices cannot begin at %d of %d"
                    .formatted(profile.memorySlices(), start, product.memorySlices()),
                WHO + ": 0 to " + last + " are possible"));
      }
    }
  }

  private void more(String place, int takes, int has, String what) {
    if (takes > has) {
      mistakes.add(
          new Mistake(
              place,
              "the profile takes %d %s, and a GPU has %d".formatted(takes, what, has),
              WHO + ", or the GPU's own number"));
    }
  }
}
