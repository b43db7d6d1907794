package dev.isobar.cli.picture;

import dev.isobar.apis.tree.Tree;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Reads pictures from what a function answered: the status says which pools there are and what they
 * offer, bootstrap templates how the GPUs of their nodes are divided.
 */
public final class PictureReading {
  private final List<Planned> all;

  private PictureReading(List<Planned> all) {
    this.all = all;
  }

  /** The picture of each of these composites, which may use each other's pools. */
  public static List<Picture> read(List<Planned> all) {
    var reading = new PictureReading(all);
    return all.stream().map(reading::picture).toList();
  }

  private Picture picture(Planned planned) {
    return planned.isWorkspace()
        ? new Picture(
            planned.status().at("accelerators").items().stream()
                .flatMap(accelerator -> ofWorkspace(planned, accelerator).stream())
                .toList(),
            Users.withoutGpu(planned))
        : new Picture(
            planned.status().at("pools").items().stream()
                .filter(pool -> pool.at("gpuModel").exists())
                .map(pool -> ofCluster(planned, pool))
                .toList(),
            List.of());
  }

  private PicturedPool ofCluster(Planned cluster, Tree state) {
    String name = Planned.text(state.at("name"));
    Users users = Users.in(cluster, all);
    PicturedPool.Count count = count(state);
    return new PicturedPool(
        name,
        name,
        false,
        Planned.optionalText(state.at("machineType")),
        Planned.optionalText(state.at("gpuModel")),
        Planned.count(state.at("gpusPerNode")),
        count,
        PoolNodes.of(cluster, state, gpu(cluster, name), users),
        offers(
            state.at("resources"),
            resource -> count.most() * Planned.count(state.at("resources").at(resource)),
            resource -> users.of(name, resource)),
        Planned.optionalText(state.at("message")));
  }

  /** An accelerator has nodes of its own, or those of a cluster, which may have been rendered. */
  private List<PicturedPool> ofWorkspace(Planned workspace, Tree accelerator) {
    return accelerator.at("kinds").items().stream()
        .map(kind -> ofWorkspace(workspace, accelerator, kind))
        .toList();
  }

  private PicturedPool ofWorkspace(Planned workspace, Tree accelerator, Tree kind) {
    String name = Planned.text(accelerator.at("name"));
    String pool = Planned.text(kind.at("pool"));
    Users users = Users.of(workspace);
    Tree wish = Planned.named(workspace.spec().at("accelerators"), name);
    boolean foreign = wish.at("poolRef").exists();
    Optional<Planned> owner = foreign ? clusterOf(workspace) : Optional.of(workspace);
    Tree state =
        owner.map(one -> Planned.named(one.status().at("pools"), pool)).orElse(Tree.absent());
    Tree partitioning =
        foreign
            ? owner.map(cluster -> gpu(cluster, pool)).orElse(Tree.absent())
            : wish.at("partitioning");
    return new PicturedPool(
        name,
        pool,
        foreign,
        Planned.optionalText(state.at("machineType")),
        Planned.optionalText(state.at("gpuModel")),
        Planned.count(state.at("gpusPerNode")),
        count(state),
        owner.map(one -> PoolNodes.of(one, state, partitioning, users)).orElse(List.of()),
        offers(
            kind.at("perNode"),
            resource ->
                Planned.count(kind.at("most")) * Planned.count(kind.at("perNode").at(resource)),
            resource -> users.of(pool, resource)),
        Planned.optionalText(kind.at("message")));
  }

  private Optional<Planned> clusterOf(Planned workspace) {
    return all.stream()
        .filter(one -> !one.isWorkspace() && one.clusterName().equals(workspace.clusterName()))
        .findFirst();
  }

  private static Tree gpu(Planned cluster, String pool) {
    return Planned.named(cluster.spec().at("pools"), pool).at("gpu").at("partitioning");
  }

  private static PicturedPool.Count count(Tree state) {
    int wanted = Planned.count(state.at("wanted"));
    return new PicturedPool.Count(
        Planned.optionalCount(state.at("min")).orElse(wanted),
        Planned.optionalCount(state.at("max")).orElse(wanted),
        wanted,
        Planned.count(state.at("ready")));
  }

  private static List<OfferedResource> offers(
      Tree perNode, ToIntFunction<String> inAll, Function<String, List<String>> users) {
    return perNode.fields().stream()
        .map(resource ->
            new OfferedResource(
                Planned.clean(resource),
                Planned.count(perNode.at(resource)),
                inAll.applyAsInt(resource),
                users.apply(resource)))
        .toList();
  }
}
