package dev.isobar.cli.report;

import dev.isobar.cli.report.ResourceGraph.Edge;
import dev.isobar.cli.report.ResourceGraph.Group;
import dev.isobar.cli.report.ResourceGraph.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Places a graph on columns and lines: references point to the right, groups stand below each
 * other, what belongs together within a group too, and what stands alone comes last.
 *
 * @param places by the nodes' index
 * @param lines of each group that has nodes
 */
record GraphLayout(Map<Integer, Place> places, Map<Group, Integer> lines) {
  static final int COLUMNS = 4;

  /** Where a node is; the line is within its group. */
  record Place(int column, int line) {}

  /** The layout of a graph. */
  static GraphLayout of(ResourceGraph graph) {
    int[] columns = columns(graph);
    int[] blocks = blocks(graph);
    var places = new TreeMap<Integer, Place>();
    var lines = new TreeMap<Group, Integer>();
    for (Group group : Group.values()) {
      var byBlock = new LinkedHashMap<Integer, List<Node>>();
      graph.nodes().stream()
          .filter(node -> node.group() == group)
          .forEach(node ->
              byBlock.computeIfAbsent(blocks[node.index()], _ -> new ArrayList<>()).add(node));
      List<Node> alone =
          byBlock.values().stream().filter(nodes -> nodes.size() == 1).map(List::getFirst).toList();
      int line = 0;
      for (List<Node> nodes : byBlock.values()) {
        line += nodes.size() == 1 ? 0 : place(nodes, columns, line, places);
      }
      for (int i = 0; i < alone.size(); i++) {
        places.put(alone.get(i).index(), new Place(i % COLUMNS, line + i / COLUMNS));
      }
      line += Math.ceilDiv(alone.size(), COLUMNS);
      if (line > 0) {
        lines.put(group, line);
      }
    }
    return new GraphLayout(places, lines);
  }

  /** How many lines they take, from a line on. */
  private static int place(List<Node> nodes, int[] columns, int line, Map<Integer, Place> places) {
    int[] taken = new int[COLUMNS];
    for (Node node : nodes) {
      int column = columns[node.index()];
      places.put(node.index(), new Place(column, line + taken[column]));
      taken[column]++;
    }
    return Arrays.stream(taken).max().orElse(0);
  }

  /** One further to the right than whoever refers to it. */
  private static int[] columns(ResourceGraph graph) {
    int[] columns = new int[graph.nodes().size()];
    for (int round = 1; round < COLUMNS; round++) {
      for (Edge edge : graph.edges()) {
        int behind = Math.min(COLUMNS - 1, columns[edge.from()] + 1);
        columns[edge.to()] = Math.max(columns[edge.to()], behind);
      }
    }
    return columns;
  }

  /** The same number for nodes of one pool, and for nodes of a group that hang together. */
  private static int[] blocks(ResourceGraph graph) {
    int[] blocks = new int[graph.nodes().size()];
    Arrays.setAll(blocks, index -> index);
    var first = new LinkedHashMap<String, Integer>();
    for (Node node : graph.nodes()) {
      if (!node.block().isEmpty()) {
        Integer other = first.putIfAbsent(node.group() + node.block(), node.index());
        join(blocks, node.index(), other == null ? node.index() : other);
      }
    }
    for (Edge edge : graph.edges()) {
      if (graph.nodes().get(edge.from()).group() == graph.nodes().get(edge.to()).group()) {
        join(blocks, edge.from(), edge.to());
      }
    }
    return blocks;
  }

  private static void join(int[] blocks, int one, int other) {
    int kept = Math.min(blocks[one], blocks[other]);
    int gone = Math.max(blocks[one], blocks[other]);
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = blocks[i] == gone ? kept : blocks[i];
    }
  }
}
