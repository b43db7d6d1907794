package dev.isobar.e2e.nvidia;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.input.Flavour;
import dev.isobar.e2e.schema.Examples;
import dev.isobar.function.Seeds;
import dev.isobar.function.compose.ClaimGenerator;
import dev.isobar.function.compose.CloudGenerator;
import dev.isobar.function.compose.ManagementCluster;
import dev.isobar.testbed.plane.Project;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** The configurations that the function writes, each once, with the first claim it is for. */
final class GpuConfigsOfClaims {
  private static final int POOLS = 6;
  private static final List<String> ASKED =
      List.of(
          "memory: 10Gi",
          "memory: 20Gi",
          "memory: 40Gi",
          "memory: 80Gi",
          "profile: 1g.10gb",
          "profile: 1g.10gb+me",
          "profile: 1g.20gb",
          "profile: 3g.40gb");

  private GpuConfigsOfClaims() {}

  /** Of the examples, in files and rendered; of their workspaces before the cluster knows them. */
  static List<GpuConfig> examples() {
    var examples = new Examples(Project.here().root().resolve("examples"));
    return each(
        Stream.of(Flavour.values())
            .flatMap(flavour -> examples.of(flavour).stream())
            .flatMap(example -> {
              Tree object = Tree.of(example.object());
              return Stream.concat(
                  GpuConfig.in(example.toString(), object),
                  GpuConfig.ofWorkspace(example.toString(), object));
            })
            .toList());
  }

  /** Of random claims, which are those of the function's own property tests. */
  static List<GpuConfig> randomClaims(int claims) {
    var configs = new ArrayList<GpuConfig>();
    Seeds.each(
        claims,
        random -> {
          Map<String, Object> cloud = new CloudGenerator(random).cloud();
          Map<String, Object> claim = new ClaimGenerator(random).claim(cloud, POOLS);
          configs.addAll(of("a random claim", ManagementCluster.with(claim, cloud)));
        });
    return each(configs);
  }

  /** Of claims that leave the layouts of a node's GPUs to the function, eight or two. */
  static List<GpuConfig> randomDemands(int claims) {
    var configs = new ArrayList<GpuConfig>();
    Seeds.each(
        claims,
        random -> {
          boolean two = random.nextInt(3) == 0;
          // Two kinds always fit on two GPUs.
          String demand = demand(random, two ? 2 : 3);
          String pool =
              ("{name: g, machineType: %s, autoscale: {min: 0, max: 60}, gpu: {partitioning: {mig:"
                      + " {demand: [%s]}}}}")
                  .formatted(two ? "g2.a100.2" : "g3.h100.8", demand);
          configs.addAll(of(demand, ManagementCluster.with("pools: [" + pool + "]")));
        });
    return each(configs);
  }

  private static String demand(Random random, int kinds) {
    var asked = new ArrayList<>(ASKED);
    Collections.shuffle(asked, random);
    return String.join(
        ", ",
        asked.subList(0, 1 + random.nextInt(kinds)).stream()
            .map(one -> "{%s, count: %d}".formatted(one, 1 + random.nextInt(20)))
            .toList());
  }

  private static List<GpuConfig> of(String origin, ManagementCluster cluster) {
    return cluster.composed().resources().values().stream()
        .flatMap(resource -> GpuConfig.in(origin, Tree.of(resource.object())))
        .toList();
  }

  private static List<GpuConfig> each(List<GpuConfig> configs) {
    var first = new LinkedHashMap<GpuConfig, GpuConfig>();
    configs.forEach(config -> first.putIfAbsent(config.from(""), config));
    return List.copyOf(first.values());
  }
}
