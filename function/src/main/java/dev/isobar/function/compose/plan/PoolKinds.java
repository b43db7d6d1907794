package dev.isobar.function.compose.plan;

import dev.isobar.apis.platform.Autoscale;
import dev.isobar.apis.platform.Partitioning.Demand;
import dev.isobar.apis.platform.Pool;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.gpu.AcceleratorPlan;
import dev.isobar.function.compose.gpu.AcceleratorPlan.Pattern;
import dev.isobar.function.compose.gpu.GpuNodeConfig;
import dev.isobar.function.compose.gpu.GpuPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The pools of an accelerator whose nodes are not all alike: one for each kind of node, because a
 * pool is one template. The first is named after the accelerator, the others have a number besides.
 */
public final class PoolKinds {
  /** More kinds are not made of one demand. */
  static final int MOST = 4;

  /**
   * Nodes of one kind.
   *
   * @param pool with the kind's name and share of nodes
   * @param plan of the one kind
   * @param demand what they were chosen for, and with which others
   */
  record Kind(Pool pool, AcceleratorPlan plan, PoolDemand demand) {}

  private PoolKinds() {}

  /** The names that pools of an accelerator may have. */
  public static List<String> names(String pool) {
    return IntStream.rangeClosed(1, MOST)
        .mapToObj(number -> number == 1 ? pool : pool + "." + number)
        .toList();
  }

  /**
   * A pool for each pattern of a plan. Nodes that are divided as planned already keep their pool;
   * of the others the first pools that exist are divided anew, before one that is being emptied.
   *
   * @param pool the accelerator as if all its nodes were alike
   */
  static List<Kind> of(
      Pool pool, List<Demand> demand, AcceleratorPlan plan, ObservedCluster observed) {
    List<Pattern> patterns = plan.patterns();
    List<String> names = assigned(pool, patterns, observed);
    List<Integer> needed = patterns.stream().map(Pattern::nodes).toList();
    List<Kind> kinds = new ArrayList<>();
    for (int i = 0; i < patterns.size(); i++) {
      AcceleratorPlan one = plan.only(patterns.get(i));
      kinds.add(
          new Kind(
              shared(pool, names.get(i), needed, i), one, PoolDemand.of(demand, one, patterns)));
    }
    return kinds;
  }

  /**
   * The pools that exist of an accelerator with this very demand, which its Cloud knows no more:
   * each with as large a share as it has. The accelerator alone when there are none.
   */
  static List<Pool> standing(Pool pool, List<Demand> demand, ObservedCluster observed) {
    var sizes = new TreeMap<String, Integer>();
    for (String name : names(pool.name())) {
      observed.deployments(name).stream()
          .filter(one -> PoolDemand.chosen(one, demand).isPresent())
          .forEach(one -> sizes.put(name, Math.max(1, size(one))));
    }
    List<String> names = List.copyOf(sizes.keySet());
    List<Integer> needed = List.copyOf(sizes.values());
    return names.isEmpty()
        ? List.of(pool)
        : IntStream.range(0, names.size())
            .mapToObj(i -> shared(pool, names.get(i), needed, i))
            .toList();
  }

  private static int size(Tree deployment) {
    return ObservedCluster.annotation(deployment, Marks.AUTOSCALER + "max-size")
        .filter(text -> text.matches("[0-9]{1,6}"))
        .map(Integer::valueOf)
        .or(() -> deployment.at("spec", "replicas").whole().map(Math::toIntExact))
        .orElse(1);
  }

  /**
   * The pool that nodes keep which are divided as the claim has it already, whatever number it has;
   * without one, the first that exists.
   */
  static Pool named(Pool pool, GpuPlan node, ObservedCluster observed) {
    String name = assigned(pool, List.of(new Pattern(node, 0)), observed).getFirst();
    return pool.as(name, pool.replicas(), pool.autoscale());
  }

  /** The pools of an accelerator that exist and are not being emptied. */
  static List<String> living(String pool, ObservedCluster observed) {
    return names(pool).stream().filter(name -> lives(name, observed)).toList();
  }

  private static boolean lives(String pool, ObservedCluster observed) {
    return observed.deployments(pool).stream().anyMatch(one -> !ObservedCluster.emptied(one));
  }

  private static List<String> assigned(
      Pool pool, List<Pattern> patterns, ObservedCluster observed) {
    List<String> free = new ArrayList<>(living(pool.name(), observed));
    List<String> others = new ArrayList<>(names(pool.name()));
    others.removeAll(free);
    // One that is being emptied is taken up again last.
    others.sort(Comparator.comparing(name -> !observed.deployments(name).isEmpty()));
    free.addAll(others);
    List<Optional<String>> found = new ArrayList<>();
    for (Pattern pattern : patterns) {
      Optional<String> same =
          free.stream()
              .filter(name ->
                  config(name, observed).filter(pattern.node().config()::equals).isPresent())
              .findFirst();
      same.ifPresent(free::remove);
      found.add(same);
    }
    return found.stream().map(name -> name.orElseGet(free::removeFirst)).toList();
  }

  /** What the nodes that a pool makes now do with their GPUs. */
  static Optional<GpuNodeConfig> config(String pool, ObservedCluster observed) {
    return observed.deployments(pool).stream()
        .findFirst()
        .flatMap(ObservedCluster::bootstrapTemplate)
        .map(observed::named)
        .flatMap(template -> ObservedCluster.annotation(template, Marks.GPU_CONFIG))
        .map(GpuNodeConfig::decode);
  }

  private static Pool shared(Pool pool, String name, List<Integer> needed, int kind) {
    return pool.as(
        name,
        pool.replicas().map(nodes -> share(nodes, needed, kind)),
        pool.autoscale()
            .map(limits ->
                new Autoscale(
                    share(limits.min(), needed, kind),
                    share(limits.max(), needed, kind),
                    limits.scaleDownUnneededTime())));
  }

  /**
   * How many of some nodes are of a kind: one of each, as far as they go, and each further one of
   * the kind that lacks most of what is needed of it (D'Hondt). So many as are needed are shared
   * out as they are needed, and no kind has fewer of more nodes.
   */
  static int share(int nodes, List<Integer> needed, int kind) {
    int[] share = new int[needed.size()];
    int left = nodes;
    if (nodes >= share.length) {
      Arrays.fill(share, 1);
      left -= share.length;
    }
    for (; left > 0; left--) {
      int next = 0;
      for (int i = 1; i < share.length; i++) {
        boolean more =
            (long) needed.get(i) * (share[next] + 1) > (long) needed.get(next) * (share[i] + 1);
        next = more ? i : next;
      }
      share[next]++;
    }
    return share[kind];
  }
}
