package dev.isobar.e2e.nvidia;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.yaml.ManifestParsing;
import dev.isobar.function.compose.gpu.GpuConfigs;
import dev.isobar.function.compose.gpu.GpuNodeConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One file of a ConfigMap that the GPU Operator's chart makes.
 *
 * @param origin what it was written for
 * @param migStrategy what the Operator tells all nodes; empty when it tells them nothing
 */
record GpuConfig(String origin, Reader reader, String migStrategy, String text) {
  /** Who reads it on a node. */
  enum Reader {
    MIG_PARTED("mig-parted", "migManager"),
    DEVICE_PLUGIN("device-plugin", "devicePlugin");

    private final String word;
    private final String values;

    Reader(String word, String values) {
      this.word = word;
      this.values = values;
    }
  }

  /** All files of an object that is the GPU Operator's release; none of any other. */
  static Stream<GpuConfig> in(String origin, Tree object) {
    return object.at("spec", "helmCharts").items().stream()
        .filter(chart -> chart.at("releaseName").text().equals(Optional.of("gpu-operator")))
        .map(chart -> chart.at("values").text().orElseThrow())
        .flatMap(values ->
            ofValues(origin, Tree.of(ManifestParsing.parse(origin, values).getFirst().object())));
  }

  /** What the status of a workspace has its cluster take up, as if no other were in it. */
  static Stream<GpuConfig> ofWorkspace(String origin, Tree object) {
    List<GpuNodeConfig> nodes =
        object.at("status", "gpuConfigs").items().stream()
            .map(config -> GpuNodeConfig.decode(config.text().orElseThrow()))
            .toList();
    if (nodes.isEmpty()) {
      return Stream.empty();
    }
    GpuConfigs configs = GpuConfigs.of(nodes);
    String strategy = configs.migStrategy();
    return Stream.concat(
        Stream.of(new GpuConfig(origin, Reader.MIG_PARTED, strategy, configs.mig())),
        configs.devicePlugin().entrySet().stream()
            .map(file ->
                new GpuConfig(
                    origin + ", " + file.getKey(),
                    Reader.DEVICE_PLUGIN,
                    strategy,
                    file.getValue())));
  }

  private static Stream<GpuConfig> ofValues(String origin, Tree values) {
    String strategy = values.at("mig", "strategy").text().orElseThrow();
    return Stream.of(Reader.values())
        .flatMap(reader -> {
          Tree files = values.at(reader.values, "config", "data");
          return files.fields().stream()
              .map(file ->
                  new GpuConfig(
                      origin + ", " + file, reader, strategy, files.at(file).text().orElseThrow()));
        });
  }

  /** For gpu-config-judge. */
  Map<String, String> document() {
    return Map.of("name", origin, "reader", reader.word, "migStrategy", migStrategy, "text", text);
  }

  /** The same of another origin, which is as good and as bad. */
  GpuConfig from(String other) {
    return new GpuConfig(other, reader, migStrategy, text);
  }
}
