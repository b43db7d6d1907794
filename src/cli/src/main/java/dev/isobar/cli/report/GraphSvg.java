package dev.isobar.cli.report;

import dev.isobar.cli.report.GraphLayout.Place;
import dev.isobar.cli.report.ResourceGraph.Edge;
import dev.isobar.cli.report.ResourceGraph.Group;
import dev.isobar.cli.report.ResourceGraph.Node;
import dev.isobar.function.contract.Ready;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Draws a graph of resources. */
final class GraphSvg {
  private static final int WIDTH = 960;
  private static final int MARGIN = 16;
  private static final int BOX = 204;
  private static final int BOX_HEIGHT = 40;
  private static final int COLUMN = (WIDTH - 2 * MARGIN - BOX) / (GraphLayout.COLUMNS - 1);
  private static final int LINE = 50;

  /** Room between columns in which lines bend. */
  private static final int ALLEY = 32;

  private static final int TITLE = 34;
  private static final int PADDING = 6;
  private static final int GAP = 14;

  /** Signs of a name that fit into a box. */
  private static final int ROOM = 24;

  private final Markup out;
  private final String id;
  private final ResourceGraph graph;
  private final GraphLayout layout;
  private final List<String> prefixes;
  private final Map<Group, Integer> tops = new TreeMap<>();

  private GraphSvg(Markup out, String id, ResourceGraph graph, List<String> prefixes) {
    this.out = out;
    this.id = id;
    this.graph = graph;
    this.prefixes = prefixes;
    layout = GraphLayout.of(graph);
  }

  /**
   * Draws it.
   *
   * @param id that nothing else on the page has
   * @param prefixes with which names begin, longest first; they are not repeated
   */
  static void draw(Markup out, String id, ResourceGraph graph, List<String> prefixes) {
    new GraphSvg(out, id, graph, prefixes).draw();
  }

  private void draw() {
    int height = 0;
    for (Map.Entry<Group, Integer> group : layout.lines().entrySet()) {
      tops.put(group.getKey(), height);
      height += panel(group.getValue()) + GAP;
    }
    out.open(
        "svg",
        "viewBox",
        "0 0 " + WIDTH + " " + Math.max(1, height - GAP),
        "role",
        "img",
        "aria-labelledby",
        id + "-title " + id + "-desc");
    out.element("title", "Graph of the composed resources", "id", id + "-title");
    out.element(
        "desc",
        graph.nodes().size() + " resources and their references; the table below has all of them.",
        "id",
        id + "-desc");
    arrow();
    tops.forEach(this::panel);
    graph.edges().forEach(this::edge);
    graph.nodes().forEach(this::node);
    out.close();
  }

  private static int panel(int lines) {
    return TITLE + lines * LINE + PADDING;
  }

  private void panel(Group group, int top) {
    int height = panel(layout.lines().getOrDefault(group, 0));
    out.empty(
        "rect",
        "class",
        "panel",
        "x",
        0.5,
        "y",
        top + 0.5,
        "width",
        WIDTH - 1,
        "height",
        height - 1,
        "rx",
        10);
    out.element("text", group.title(), "class", "label", "x", MARGIN, "y", top + 22);
  }

  private void arrow() {
    out.open("defs");
    out.open(
        "marker",
        "id",
        id + "-arrow",
        "viewBox",
        "0 0 8 8",
        "refX",
        7,
        "refY",
        4,
        "markerWidth",
        7,
        "markerHeight",
        7,
        "orient",
        "auto");
    out.empty("path", "class", "head", "d", "M0 0.5L8 4L0 7.5z");
    out.close().close();
  }

  private void edge(Edge edge) {
    Place from = place(edge.from());
    Place to = place(edge.to());
    double fromX = x(from) + BOX;
    double fromY = middle(edge.from());
    double toX = x(to) - 2;
    double toY = middle(edge.to());
    boolean near = to.column() - from.column() <= 1;
    // Between two lines, so that it does not go behind what stands in the way.
    double lane = fromY + (toY < fromY ? -LINE : LINE) / 2.0;
    String path =
        near
            ? "M" + point(fromX, fromY) + curve(fromX, fromY, toX, toY)
            : "M"
                + point(fromX, fromY)
                + curve(fromX, fromY, fromX + ALLEY, lane)
                + "L"
                + point(toX - ALLEY, lane)
                + curve(toX - ALLEY, lane, toX, toY);
    out.empty(
        "path",
        "class",
        edge.keeps() ? "edge keeps" : "edge",
        "d",
        path,
        "marker-end",
        "url(#" + id + "-arrow)");
  }

  private static String curve(double fromX, double fromY, double toX, double toY) {
    double bend = Math.max(ALLEY / 2.0, (toX - fromX) / 2);
    return "C" + point(fromX + bend, fromY) + " " + point(toX - bend, toY) + " " + point(toX, toY);
  }

  private static String point(double x, double y) {
    return Markup.number(x) + " " + Markup.number(y);
  }

  private void node(Node node) {
    double x = x(place(node.index()));
    double y = middle(node.index()) - BOX_HEIGHT / 2.0;
    out.open("g", "class", "resource " + Lights.look(node.ready()));
    out.element("title", node.identity().words() + ": " + Lights.words(node.ready()));
    out.empty("rect", "x", x, "y", y, "width", BOX, "height", BOX_HEIGHT, "rx", 7);
    mark(node.ready().orElse(Ready.UNSPECIFIED), x + 15, y + BOX_HEIGHT / 2.0);
    out.element("text", node.identity().kind(), "class", "kind", "x", x + 29, "y", y + 16);
    out.element("text", name(node), "class", "name", "x", x + 29, "y", y + 31);
    out.close();
  }

  /** A tick, a ring or a dot, so that colours are not all that tells. */
  private void mark(Ready ready, double x, double y) {
    switch (ready) {
      case TRUE ->
          out.empty(
              "path",
              "class",
              "mark tick",
              "d",
              "M%s %sl3 3.5l6 -7".formatted(Markup.number(x - 4.5), Markup.number(y + 0.5)));
      case FALSE -> out.empty("circle", "class", "mark ring", "cx", x, "cy", y, "r", 4.5);
      case UNSPECIFIED -> out.empty("circle", "class", "mark dot", "cx", x, "cy", y, "r", 2.5);
    }
  }

  private String name(Node node) {
    String name = node.identity().name();
    String rest =
        prefixes.stream()
            .filter(name::startsWith)
            .findFirst()
            .map(prefix -> "\u2026" + name.substring(prefix.length()))
            .orElse(name);
    return rest.length() <= ROOM
        ? rest
        : rest.substring(0, ROOM - 9) + "\u2026" + rest.substring(rest.length() - 8);
  }

  private Place place(int index) {
    return layout.places().getOrDefault(index, new Place(0, 0));
  }

  private static double x(Place place) {
    return MARGIN + (double) place.column() * COLUMN;
  }

  private double middle(int index) {
    int top = tops.getOrDefault(graph.nodes().get(index).group(), 0);
    return top + TITLE + place(index).line() * (double) LINE + BOX_HEIGHT / 2.0;
  }
}
