package dev.isobar.provider.openstack;

import dev.isobar.apis.compute.Architecture;
import dev.isobar.apis.schema.Size;
import dev.isobar.provider.openstack.compute.Flavor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a flavor says of GPUs and processors. OpenStack has no field for either: GPUs are asked for
 * by aliases ({@code pci_passthrough:alias}), whose names mean something to the operator only, or
 * by classes of resources; names of models are found in them where operators put them. The Cloud's
 * machine types go before what is read here.
 */
final class FlavorReading {
  /**
   * GPUs of a flavor.
   *
   * @param model FAMILY-MEMORY where the names tell, FAMILY or GPU where they tell less
   * @param memory of one, where the names tell
   */
  record Gpus(String model, int count, Optional<Size> memory) {}

  private static final String ALIAS = "pci_passthrough:alias";

  /** Families, longest first, with the memory in GiB where they come with one only. */
  private static final Map<String, Integer> FAMILIES =
      Map.ofEntries(
          Map.entry("GH200", 96),
          Map.entry("B200", 180),
          Map.entry("H200", 141),
          Map.entry("H100", 0),
          Map.entry("A100", 0),
          Map.entry("V100", 0),
          Map.entry("L40S", 48),
          Map.entry("L40", 48),
          Map.entry("A40", 48),
          Map.entry("A30", 24),
          Map.entry("A16", 16),
          Map.entry("A10", 24),
          Map.entry("A2", 16),
          Map.entry("L4", 24),
          Map.entry("T4", 16));

  private static final Pattern FAMILY =
      Pattern.compile(
          "(?<![a-z0-9])(gh200|b200|h200|h100|a100|v100|l40s|l40|a40|a30|a16|a10|a2|l4|t4)(?![0-9])");

  private static final Pattern MEMORY =
      Pattern.compile("(?<![0-9])([1-9][0-9]{1,2})gi?b?(?![a-z])");

  private static final Pattern GPU = Pattern.compile("gpu|nvidia");

  private FlavorReading() {}

  /** Its GPUs; empty when it has none, or hides them. */
  static Optional<Gpus> gpus(Flavor flavor) {
    List<String> names = new ArrayList<>();
    int count = 0;
    for (Map.Entry<String, String> spec : flavor.specs().entrySet()) {
      for (Map.Entry<String, Integer> device : devices(spec)) {
        names.add(device.getKey());
        count += device.getValue();
      }
    }
    if (count == 0) {
      return Optional.empty();
    }
    names.add(lower(flavor.name()));
    int whole = count;
    return Optional.of(
        family(names)
            .map(family -> known(family, names, whole))
            .orElse(new Gpus("GPU", whole, Optional.empty())));
  }

  /** How many devices of an alias it asks for; empty when none. */
  static Optional<Integer> aliased(Flavor flavor, String alias) {
    return Optional.ofNullable(flavor.specs().get(ALIAS)).stream()
        .flatMap(value -> Stream.of(value.split(",")))
        .map(FlavorReading::alias)
        .filter(device -> device.getKey().equals(lower(alias)) && device.getValue() > 0)
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** How many it asks for of a class of resources, in all its groups; empty when none. */
  static Optional<Integer> ofClass(Flavor flavor, String resourceClass) {
    int sum =
        flavor.specs().entrySet().stream()
            .filter(spec ->
                spec.getKey().matches("resources[A-Za-z0-9_-]*:.*")
                    && spec.getKey().endsWith(":" + resourceClass))
            .mapToInt(spec -> number(spec.getValue()))
            .sum();
    return sum > 0 ? Optional.of(sum) : Optional.empty();
  }

  /** GPUs that one extra spec asks for, by name. */
  private static List<Map.Entry<String, Integer>> devices(Map.Entry<String, String> spec) {
    String key = spec.getKey();
    Stream<Map.Entry<String, Integer>> asked =
        key.equals(ALIAS)
            ? Stream.of(spec.getValue().split(",")).map(FlavorReading::alias)
            : key.matches("resources[A-Za-z0-9_-]*:.*")
                ? Stream.of(
                    Map.entry(lower(key.substring(key.indexOf(':') + 1)), number(spec.getValue())))
                : Stream.empty();
    return asked.filter(device -> device.getValue() > 0 && isGpu(device.getKey())).toList();
  }

  private static Map.Entry<String, Integer> alias(String text) {
    String[] parts = text.strip().split(":", 2);
    return Map.entry(lower(parts[0]), parts.length > 1 ? number(parts[1]) : 1);
  }

  private static boolean isGpu(String name) {
    return GPU.matcher(name).find() || FAMILY.matcher(name.replace('_', '-')).find();
  }

  private static int number(String text) {
    return text.strip().matches("[0-9]{1,4}") ? Integer.parseInt(text.strip()) : 0;
  }

  private static Optional<String> family(List<String> names) {
    return names.stream()
        .map(name -> FAMILY.matcher(name.replace('_', '-')))
        .filter(Matcher::find)
        .map(found -> found.group(1).toUpperCase(Locale.ROOT))
        .findFirst();
  }

  private static Gpus known(String family, List<String> names, int count) {
    int only = FAMILIES.getOrDefault(family, 0);
    int memory = only > 0 ? only : memory(names).orElse(0);
    return memory > 0
        ? new Gpus(family + "-" + memory + "GB", count, Optional.of(new Size(memory + "Gi")))
        : new Gpus(family, count, Optional.empty());
  }

  /** A size beside the family's name, as in a100-80gb. */
  private static Optional<Integer> memory(List<String> names) {
    return names.stream()
        .filter(name -> FAMILY.matcher(name.replace('_', '-')).find())
        .map(MEMORY::matcher)
        .filter(Matcher::find)
        .map(found -> Integer.parseInt(found.group(1)))
        .findFirst();
  }

  /** Its processors, where an extra spec says so. */
  static Optional<Architecture> architecture(Flavor flavor) {
    return flavor.specs().entrySet().stream()
        .filter(spec ->
            spec.getKey().contains("architecture")
                || spec.getKey().contains("cpu_info:arch")
                || (spec.getKey().startsWith("trait") && spec.getValue().equals("required")))
        .map(spec -> lower(spec.getKey() + " " + spec.getValue()))
        .flatMap(text ->
            text.contains("aarch64") || text.contains("arm64")
                ? Stream.of(Architecture.arm64)
                : text.contains("x86_64") ? Stream.of(Architecture.amd64) : Stream.empty())
        .findFirst();
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
