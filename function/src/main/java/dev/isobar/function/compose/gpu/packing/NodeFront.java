package dev.isobar.function.compose.gpu.packing;

import dev.isobar.function.compose.gpu.packing.LayoutMenu.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What nodes can serve, of nothing more than a limit: of all ways to divide a node those than which
 * none serves as much of everything and wastes less.
 */
final class NodeFront {
  private static final int MOST = 400;

  /** A way to divide a node: what it serves up to the limit, its waste, the layout of each GPU. */
  record Node(Amounts serves, long waste, List<Integer> layouts) {
    private boolean atLeastAsGood(Node other) {
      return waste <= other.waste && serves.covers(other.serves);
    }
  }

  private NodeFront() {}

  /** The ways; empty when there are too many of them. */
  static Optional<List<Node>> of(LayoutMenu menu, int gpus, Amounts limit) {
    List<Node> front = List.of(new Node(limit.less(limit, 1), 0, List.of()));
    for (int gpu = 0; gpu < gpus; gpu++) {
      List<Node> next = new ArrayList<>();
      for (Node node : front) {
        for (int i = 0; i < menu.layouts().size(); i++) {
          Layout layout = menu.layout(i);
          add(
              next,
              new Node(
                  node.serves.plusUpTo(layout.parts(), limit),
                  node.waste + layout.waste(),
                  with(node.layouts, i)));
        }
        if (next.size() > MOST) {
          return Optional.empty();
        }
      }
      front = next;
    }
    return Optional.of(front);
  }

  private static void add(List<Node> front, Node node) {
    for (Node other : front) {
      if (other.atLeastAsGood(node)) {
        return;
      }
    }
    front.removeIf(node::atLeastAsGood);
    front.add(node);
  }

  private static List<Integer> with(List<Integer> layouts, int layout) {
    List<Integer> more = new ArrayList<>(layouts);
    more.add(layout);
    more.sort(Integer::compareTo);
    return more;
  }
}
