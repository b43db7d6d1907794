package dev.isobar.provider.openstack;

import dev.isobar.apis.compute.GpuMark;
import dev.isobar.apis.compute.MachineType.GpuFacts;
import dev.isobar.apis.compute.MachineType.Vendor;
import dev.isobar.apis.schema.Size;
import dev.isobar.provider.openstack.compute.Flavor;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** GPUs of flavors as their operator describes them, which goes before what names tell. */
final class MarkedGpus {
  private static final Pattern MEMORY = Pattern.compile("-([1-9][0-9]{1,2})GB$");

  private MarkedGpus() {}

  /** The GPUs of a flavor by the first mark that it bears; by its names when it bears none. */
  static Optional<GpuFacts> of(Flavor flavor, List<GpuMark> marks) {
    return marks.stream()
        .flatMap(mark -> of(flavor, mark).stream())
        .findFirst()
        .or(() -> FlavorReading.gpus(flavor).map(MarkedGpus::facts));
  }

  private static Optional<GpuFacts> of(Flavor flavor, GpuMark mark) {
    return number(flavor, mark)
        .map(number ->
            new GpuFacts(Vendor.NVIDIA, mark.model(), number, memory(mark), mark.partition()));
  }

  /** How many GPUs it has by a mark; empty when it does not bear it. */
  private static Optional<Integer> number(Flavor flavor, GpuMark mark) {
    if (mark.alias().isPresent()) {
      return FlavorReading.aliased(flavor, mark.alias().get());
    }
    if (mark.resourceClass().isPresent()) {
      return FlavorReading.ofClass(flavor, mark.resourceClass().get());
    }
    boolean bears =
        mark.trait().map(trait -> requires(flavor, trait)).orElse(false)
            || mark.flavors().map(pattern -> isLike(flavor.name(), pattern)).orElse(false);
    return bears
        ? FlavorReading.gpus(flavor)
            .map(FlavorReading.Gpus::count)
            .or(mark::count)
            .or(() -> Optional.of(1))
        : Optional.empty();
  }

  private static boolean requires(Flavor flavor, String trait) {
    return flavor.specs().entrySet().stream()
        .anyMatch(spec ->
            spec.getKey().matches("trait[A-Za-z0-9_-]*:" + Pattern.quote(trait))
                && spec.getValue().equals("required"));
  }

  /** Stars stand for any text. No expression is made of it, because it may be anything. */
  static boolean isLike(String name, String pattern) {
    String[] parts = pattern.split("\\*", -1);
    if (parts.length == 1) {
      return name.equals(pattern);
    }
    String last = parts[parts.length - 1];
    int at = parts[0].length();
    if (!name.startsWith(parts[0])) {
      return false;
    }
    for (int i = 1; i < parts.length - 1; i++) {
      int found = name.indexOf(parts[i], at);
      if (found < 0) {
        return false;
      }
      at = found + parts[i].length();
    }
    return name.length() - last.length() >= at && name.endsWith(last);
  }

  /** The model's name tells it, unless there is only a share. */
  private static Optional<Size> memory(GpuMark mark) {
    Matcher memory = MEMORY.matcher(mark.model());
    return mark.partition().isEmpty() && memory.find()
        ? Optional.of(new Size(memory.group(1) + "Gi"))
        : Optional.empty();
  }

  private static GpuFacts facts(FlavorReading.Gpus gpus) {
    return new GpuFacts(Vendor.NVIDIA, gpus.model(), gpus.count(), gpus.memory(), Optional.empty());
  }
}
