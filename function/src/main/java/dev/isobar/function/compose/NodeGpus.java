package dev.isobar.function.compose;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.capi.BootstrapObject;
import dev.isobar.function.compose.capi.GpuMachineTemplateObject;
import dev.isobar.function.compose.capi.MachineTemplates;
import dev.isobar.function.compose.gpu.GpuNodeConfig;
import dev.isobar.function.compose.gpu.GpuPlan;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.Marks;
import dev.isobar.function.compose.plan.ObservedCluster;
import dev.isobar.function.compose.plan.PoolPlan;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the nodes of a pool have in GPUs. While they are replaced, that is what those have that are
 * still to go: what was planned is there when all have it.
 *
 * @param model the GPU model
 * @param count GPUs of a node
 * @param layout the layout's name by content
 * @param resources what a node offers
 */
record NodeGpus(
    Optional<String> model,
    Optional<Integer> count,
    Optional<String> layout,
    Map<String, Integer> resources) {
  private static final NodeGpus NONE =
      new NodeGpus(Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

  /**
   * Of a pool.
   *
   * @param earlier whether nodes of before are there, or are still made
   * @param past what the status said of the pool
   */
  static NodeGpus of(
      ClusterPlan plan, PoolPlan pool, boolean earlier, ObservedCluster observed, Tree past) {
    if (pool.gpu().isEmpty()) {
      // Of a pool that is left as it is, what its GPUs are is known from before.
      return pool.stands() ? told(past) : NONE;
    }
    GpuPlan planned = pool.gpu().get();
    String wanted = BootstrapObject.name(plan, pool);
    return earlier
        ? earlier(pool, InfrastructureProviders.of(plan).bootstrapKind(), wanted, observed)
            .map(template -> before(plan, pool, template, observed, past))
            .orElseGet(() -> planned(planned))
        : planned(planned);
  }

  private static NodeGpus planned(GpuPlan gpu) {
    return new NodeGpus(
        Optional.of(gpu.model()), Optional.of(gpu.count()), layout(gpu.config()), gpu.resources());
  }

  /** Of a pool of which nothing is known but what the status said. */
  static NodeGpus told(Tree past) {
    return new NodeGpus(
        past.at("gpuModel").text(),
        past.at("gpusPerNode").whole().map(Math::toIntExact),
        past.at("layout").text(),
        counts(past.at("resources")));
  }

  /** What nodes of an earlier template have. */
  private static NodeGpus before(
      ClusterPlan plan, PoolPlan pool, Tree template, ObservedCluster observed, Tree past) {
    Optional<GpuNodeConfig> config =
        ObservedCluster.annotation(template, Marks.GPU_CONFIG).map(GpuNodeConfig::decode);
    GpuPlan planned = pool.gpu().orElseThrow();
    if (config.isEmpty()) {
      return NONE;
    }
    if (config.get().equals(planned.config())) {
      return planned(planned);
    }
    Optional<String> layout = layout(config.get());
    NodeGpus told = told(past);
    Map<String, Integer> expected =
        earlier(
                pool,
                GpuMachineTemplateObject.KIND,
                MachineTemplates.poolName(plan, pool),
                observed)
            .map(machine -> counts(machine.at("spec", "template", "spec").at("expectedResources")))
            .orElseGet(() -> told.layout.equals(layout) ? told.resources : Map.of());
    return new NodeGpus(
        told.model.or(() -> Optional.of(planned.model())),
        told.count.or(() -> Optional.of(planned.count())),
        layout,
        expected);
  }

  /**
   * The template of a pool that its machines come from, or came from before: the one that is
   * referred to, else the newest, if it is not the one the pool shall have.
   */
  private static Optional<Tree> earlier(
      PoolPlan pool, String kind, String wanted, ObservedCluster observed) {
    List<Optional<String>> referred =
        observed.deployments(pool.name()).stream()
            .flatMap(one ->
                Stream.of(
                    ObservedCluster.machineTemplate(one), ObservedCluster.bootstrapTemplate(one)))
            .toList();
    return observed.resources().values().stream()
        .filter(object -> object.at("kind").text().filter(kind::equals).isPresent())
        .filter(object ->
            ObservedCluster.label(object, Marks.POOL).filter(pool.name()::equals).isPresent())
        .filter(object -> object.at("metadata", "name").text().filter(wanted::equals).isEmpty())
        .max(
            Comparator.comparing(
                    (Tree object) -> referred.contains(object.at("metadata", "name").text()))
                .thenComparing(
                    object -> object.at("metadata", "creationTimestamp").text().orElse(""))
                .thenComparing(object -> object.at("metadata", "name").text().orElse("")));
  }

  private static Map<String, Integer> counts(Tree resources) {
    var counts = new TreeMap<String, Integer>();
    for (String resource : resources.fields()) {
      resources
          .at(resource)
          .whole()
          .ifPresent(count -> counts.put(resource, Math.toIntExact(count)));
    }
    return Collections.unmodifiableSortedMap(counts);
  }

  private static Optional<String> layout(GpuNodeConfig config) {
    return config.mig().map(mig -> mig.name()).or(() -> config.sharing().map(one -> one.name()));
  }

  /** What was planned for each node, in words. */
  static String inWords(GpuPlan gpu) {
    String resources =
        gpu.resources().entrySet().stream()
            .map(entry -> entry.getKey() + ": " + entry.getValue())
            .reduce((one, other) -> one + ", " + other)
            .orElse("");
    return layout(gpu.config()).map(name -> name + " with " + resources).orElse(resources);
  }
}
