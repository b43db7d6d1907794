package dev.isobar.provider.cloud;

import dev.isobar.apis.compute.CloudSpec;
import dev.isobar.apis.compute.CloudStatus.Quota;
import dev.isobar.apis.compute.Image;
import dev.isobar.apis.compute.MachineType;
import dev.isobar.apis.schema.Size;
import dev.isobar.provider.external.ListedImage;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Findings as a Cloud shows them: in an order that does not depend on the cloud's, within what the
 * schema allows, and so much of them that the object stays far from what the API server takes (a
 * machine type is written in some 250 bytes).
 */
final class Shown {
  static final int MOST_TYPES = 1200;
  static final int MOST_IMAGES = 200;
  static final int MOST_ZONES = 64;

  private static final int LONGEST_NAME = 255;
  private static final int MOST_CPUS = 2048;
  private static final int MOST_GPUS = 16;
  private static final int MOST_ZONES_OF_A_TYPE = 16;
  private static final int LONGEST_MODEL = 63;

  /** The newest version first; then by what is the same for the function. */
  private static final Comparator<Image> NEWEST_FIRST =
      Comparator.<Image, int[]>comparing(image -> numbers(image.kubernetes()), Arrays::compare)
          .reversed()
          .thenComparing(Image::architecture)
          .thenComparing(Image::purpose);

  private Shown() {}

  /**
   * Machine types by name. Where there are too many, those with GPUs, those the operator speaks of,
   * and the smaller ones stay.
   */
  static List<MachineType> machineTypes(List<MachineType> found, CloudSpec spec) {
    SortedMap<String, MachineType> byName = new TreeMap<>();
    found.stream().filter(Shown::fits).forEach(type -> byName.putIfAbsent(type.name(), type));
    if (byName.size() <= MOST_TYPES) {
      return List.copyOf(byName.values());
    }
    Set<String> spoken = new HashSet<>();
    spec.machineTypes().forEach(type -> spoken.add(type.name()));
    Comparator<MachineType> first =
        Comparator.comparing(type -> type.gpu().isEmpty() && !spoken.contains(type.name()));
    return byName.values().stream()
        .sorted(
            first
                .thenComparing(type -> type.memory().map(Size::bytes).orElse(0L))
                .thenComparing(MachineType::name))
        .limit(MOST_TYPES)
        .sorted(Comparator.comparing(MachineType::name))
        .toList();
  }

  /** One that the schema does not allow would make the API server refuse all the others. */
  private static boolean fits(MachineType type) {
    return within(type.name().length(), LONGEST_NAME)
        && type.cpu().filter(cpus -> !within(cpus, MOST_CPUS)).isEmpty()
        && type.zones().size() <= MOST_ZONES_OF_A_TYPE
        && type.gpu()
            .filter(gpu ->
                !within(gpu.count(), MOST_GPUS)
                    || gpu.model().length() < 2
                    || gpu.model().length() > LONGEST_MODEL)
            .isEmpty();
  }

  private static boolean within(int number, int most) {
    return number >= 1 && number <= most;
  }

  /**
   * Images of nodes, the newest version first; of those that the function cannot tell apart, the
   * one made last.
   */
  static List<Image> images(List<ListedImage> found) {
    Map<List<Object>, Image> newest = new LinkedHashMap<>();
    found.stream()
        .sorted(
            Comparator.comparing(ListedImage::createdAt).reversed().thenComparing(ListedImage::id))
        .flatMap(image -> ImageReading.read(image).stream())
        .forEach(image ->
            newest.putIfAbsent(
                List.of(image.kubernetes(), image.architecture(), image.purpose()), image));
    return newest.values().stream().sorted(NEWEST_FIRST).limit(MOST_IMAGES).toList();
  }

  private static int[] numbers(String version) {
    return Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
  }

  /** Zones by name. */
  static List<String> zones(List<String> found) {
    return new TreeSet<>(found).stream().limit(MOST_ZONES).toList();
  }

  /** Limits by resource. */
  static List<Quota> quota(List<Quota> found) {
    SortedMap<String, Quota> byResource = new TreeMap<>();
    found.forEach(one -> byResource.putIfAbsent(one.resource(), one));
    return List.copyOf(byResource.values());
  }
}
