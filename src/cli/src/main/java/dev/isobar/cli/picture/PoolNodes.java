package dev.isobar.cli.picture;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.gpu.GpuNodeConfig;
import dev.isobar.function.compose.gpu.MigConfig;
import dev.isobar.function.compose.gpu.SharingConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the nodes of a pool look like, those that go and those that come. */
final class PoolNodes {
  private static final String CONFIG = "isobar.dev/gpu-config";
  private static final List<String> BOOTSTRAP =
      List.of("KubeadmConfigTemplate", "NodeadmConfigTemplate");

  private static final String DEPLOYMENT = "MachineDeployment";

  private PoolNodes() {}

  /**
   * One for each way in which GPUs of the pool are divided now or soon.
   *
   * @param owner of the pool
   * @param state of the pool, in the owner's status
   * @param partitioning of the pool, in the owner's claim
   */
  static List<PicturedNode> of(Planned owner, Tree state, Tree partitioning, Users users) {
    String pool = Planned.text(state.at("name"));
    var rows =
        new GpuRows(
            owner.models().named(Planned.text(state.at("gpuModel"))),
            Planned.count(state.at("gpusPerNode")),
            resource -> users.of(pool, resource));
    List<GpuNodeConfig> configs = configs(owner, pool);
    if (configs.isEmpty()) {
      return List.of(new PicturedNode("", rows.of(partitioning, state.at("planned"))));
    }
    Optional<GpuNodeConfig> wanted = wanted(owner, pool);
    Optional<String> inUse = state.at("layout").text();
    boolean settled = wanted.flatMap(PoolNodes::name).equals(inUse);
    var nodes = new ArrayList<PicturedNode>();
    for (GpuNodeConfig config : configs) {
      boolean used = name(config).equals(inUse);
      String note = note(used, wanted.equals(Optional.of(config)), settled);
      nodes.add(
          used ? 0 : nodes.size(),
          new PicturedNode(configs.size() == 1 ? "" : note, rows.of(config)));
    }
    return nodes;
  }

  private static String note(boolean used, boolean wanted, boolean settled) {
    if (used) {
      return wanted ? "now" : "nodes that go";
    }
    if (wanted) {
      return "nodes that come";
    }
    return settled ? "next" : "an earlier one";
  }

  /** Each once, those of templates in their order. */
  private static List<GpuNodeConfig> configs(Planned owner, String pool) {
    return templates(owner, pool)
        .flatMap(template -> config(template).stream())
        .distinct()
        .toList();
  }

  /** Of the template that new nodes are made of; absent while there is no MachineDeployment. */
  private static Optional<GpuNodeConfig> wanted(Planned owner, String pool) {
    List<String> names =
        owner.ofPool(pool, DEPLOYMENT).stream()
            .map(deployment ->
                Planned.text(
                    deployment.at("spec", "template", "spec", "bootstrap", "configRef", "name")))
            .toList();
    return templates(owner, pool)
        .filter(template -> names.contains(Planned.text(template.at("metadata", "name"))))
        .findFirst()
        .flatMap(PoolNodes::config);
  }

  private static Stream<Tree> templates(Planned owner, String pool) {
    return BOOTSTRAP.stream().flatMap(kind -> owner.ofPool(pool, kind).stream());
  }

  private static Optional<GpuNodeConfig> config(Tree template) {
    return template.at("metadata", "annotations", CONFIG).text().map(GpuNodeConfig::decode);
  }

  /** As the status calls it. */
  private static Optional<String> name(GpuNodeConfig config) {
    return config.mig().map(MigConfig::name).or(() -> config.sharing().map(SharingConfig::name));
  }
}
