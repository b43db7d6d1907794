package dev.isobar.cli.report;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.input.Identity;
import dev.isobar.cli.render.Applied;
import dev.isobar.function.contract.Ready;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Composed resources and who refers to whom.
 *
 * @param nodes composed resources first, by composition resource name, then what only a Usage names
 */
record ResourceGraph(List<Node> nodes, List<Edge> edges) {
  private static final String POOL_LABEL = "isobar.dev/pool";

  /** Nearly everything refers to it, which would hide all other references. */
  private static final String HUB = "Cluster";

  private static final Set<String> USAGES = Set.of("Usage", "ClusterUsage");

  /**
   * A resource.
   *
   * @param ready absent when it is not composed
   * @param block what stands together within a group
   */
  record Node(int index, Identity identity, Optional<Ready> ready, Group group, String block) {}

  /**
   * A reference.
   *
   * @param keeps whether it is a Usage, which keeps what it refers to
   */
  record Edge(int from, int to, boolean keeps) {}

  /** Where resources belong, in the order of the drawing. */
  enum Group {
    CLUSTER("Network and control plane"),
    POOLS("Pools"),
    ADDONS("Add-ons"),
    OTHER("Everything else");

    private final String title;

    Group(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }

    private static Group of(String key) {
      if (key.startsWith("pool.")) {
        return POOLS;
      }
      if (key.startsWith("addon.")) {
        return ADDONS;
      }
      boolean cluster = key.equals("cluster") || key.equals("infrastructure");
      return cluster || key.startsWith("control-plane") ? CLUSTER : OTHER;
    }
  }

  /** Copies the lists. */
  ResourceGraph {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
  }

  /** The graph of what was rendered. */
  static ResourceGraph of(List<Applied> resources) {
    var byName = new LinkedHashMap<String, Node>();
    for (Applied one : resources) {
      String pool = Tree.of(one.object()).at("metadata", "labels", POOL_LABEL).text().orElse("");
      Identity identity = one.identity();
      byName.put(
          name(identity.kind(), identity.name()),
          new Node(byName.size(), identity, Optional.of(one.ready()), Group.of(one.key()), pool));
    }
    var edges = new LinkedHashSet<Edge>();
    for (Applied one : resources) {
      Node from = byName.get(name(one.identity().kind(), one.identity().name()));
      if (from != null) {
        references(from, Tree.of(one.object()).at("spec"), byName, edges);
      }
    }
    return new ResourceGraph(List.copyOf(byName.values()), List.copyOf(edges));
  }

  /** What a resource refers to. */
  List<Node> referred(Node node) {
    return edges.stream()
        .filter(edge -> edge.from() == node.index())
        .map(edge -> nodes.get(edge.to()))
        .toList();
  }

  private static void references(Node from, Tree spec, Map<String, Node> byName, Set<Edge> edges) {
    boolean keeps = USAGES.contains(from.identity().kind());
    var names = new ArrayList<String>();
    collect(spec, names);
    spec.at("dependsOn")
        .items()
        .forEach(
            other -> other.text().ifPresent(it -> names.add(name(from.identity().kind(), it))));
    for (String name : names) {
      Node to = byName.get(name);
      if (to == null && keeps) {
        to = outside(name, from, byName);
      }
      if (to != null && to.index() != from.index() && (keeps || !isHub(to))) {
        edges.add(new Edge(from.index(), to.index(), keeps));
      }
    }
  }

  private static boolean isHub(Node node) {
    return node.identity().kind().equals(HUB);
  }

  private static Node outside(String name, Node from, Map<String, Node> byName) {
    int slash = name.indexOf('/');
    var identity = new Identity("", name.substring(0, slash), "", name.substring(slash + 1));
    var node = new Node(byName.size(), identity, Optional.empty(), from.group(), from.block());
    byName.put(name, node);
    return node;
  }

  /** Everything with a kind and a name, itself or in {@code resourceRef}, is a reference. */
  private static void collect(Tree tree, List<String> names) {
    tree.at("kind")
        .text()
        .ifPresent(kind ->
            tree.at("name")
                .text()
                .or(() -> tree.at("resourceRef").at("name").text())
                .ifPresent(name -> names.add(name(kind, name))));
    tree.fields().forEach(field -> collect(tree.at(field), names));
    tree.items().forEach(item -> collect(item, names));
  }

  private static String name(String kind, String name) {
    return kind + "/" + name;
  }
}
