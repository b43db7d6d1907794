package dev.isobar.bench.request;

import dev.isobar.cli.input.Composite;
import dev.isobar.cli.input.Flavour;
import dev.isobar.cli.input.Input;
import dev.isobar.cli.input.InputFiles;
import dev.isobar.cli.input.InputReading;
import dev.isobar.cli.yaml.Plain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A cluster that somebody asks for.
 *
 * @param composite what core made of the claim
 * @param others what the function may look up
 */
public record Story(
    Map<String, @Nullable Object> composite, List<Map<String, @Nullable Object>> others) {
  /**
   * Reads an example.
   *
   * @throws dev.isobar.cli.yaml.InputRejected when it cannot be read
   */
  public static Story read(Path example) {
    Input input =
        InputReading.read(
            InputFiles.find(List.of(example), List.of()), Optional.empty(), Flavour.CLAIMS);
    Composite cluster =
        input.composites().stream()
            .filter(one -> one.identity().kind().equals("XPlatformCluster"))
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("there is no PlatformCluster in " + example));
    return new Story(cluster.object(), input.others());
  }

  /** The same cluster with so many copies of its first pool. */
  Story withPools(int copies) {
    Map<String, @Nullable Object> spec = Plain.copy(composite.get("spec"));
    var pools = new ArrayList<@Nullable Object>();
    if (spec.get("pools") instanceof List<?> list) {
      pools.addAll(list);
    }
    for (int copy = 1; copy <= copies; copy++) {
      Map<String, @Nullable Object> pool = Plain.copy(pools.getFirst());
      pool.put("name", String.format(Locale.ROOT, "%s-%02d", pool.get("name"), copy));
      pools.add(pool);
    }
    spec.put("pools", pools);
    Map<String, @Nullable Object> changed = Plain.copy(composite);
    changed.put("spec", spec);
    return new Story(changed, others);
  }
}
