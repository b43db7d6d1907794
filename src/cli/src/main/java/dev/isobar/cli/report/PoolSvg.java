package dev.isobar.cli.report;

import dev.isobar.cli.picture.GpuRow;
import dev.isobar.cli.picture.OfferedResource;
import dev.isobar.cli.picture.PictureText;
import dev.isobar.cli.picture.PicturedNode;
import dev.isobar.cli.picture.PicturedPool;
import dev.isobar.cli.picture.PicturedSlice;
import java.util.List;
import java.util.StringJoiner;

/** Draws the nodes of a pool: a row for equal GPUs, on it the slices in their places. */
final class PoolSvg {
  private static final int WIDTH = 960;
  private static final int LEFT = 104;

  /** Divides by the memory slices of every product: 4, 8 and 12. */
  private static final int BAR = 720;

  private static final int ROW = 58;
  private static final int ROW_STEP = 74;
  private static final int NODES_HEIGHT = 34;
  private static final int NOTE_HEIGHT = 24;
  private static final int SQUARE_STEP = 20;
  private static final int MOST_SQUARES = 24;
  private static final int MOST_PARTS = 8;
  private static final int DOT_STEP = 12;
  private static final int PIP_STEP = 9;
  private static final double NARROW = 6.9;
  private static final double GAP = 3;

  private final Markup out;
  private final String id;
  private final List<String> resources;

  private PoolSvg(Markup out, String id, List<String> resources) {
    this.out = out;
    this.id = id;
    this.resources = resources;
  }

  /**
   * Draws it.
   *
   * @param id that nothing else on the page has
   */
  static void draw(Markup out, String id, PicturedPool pool) {
    new PoolSvg(out, id, pool.offers().stream().map(OfferedResource::resource).toList()).draw(pool);
  }

  private void draw(PicturedPool pool) {
    int height = NODES_HEIGHT;
    for (PicturedNode node : pool.nodes()) {
      height += (node.note().isEmpty() ? 0 : NOTE_HEIGHT) + ROW_STEP * node.rows().size();
    }
    out.open(
        "svg",
        "viewBox",
        "0 0 " + WIDTH + " " + (height - ROW_STEP + ROW + 2),
        "role",
        "img",
        "aria-labelledby",
        id + "-title " + id + "-desc");
    out.element("title", "GPUs of " + pool.name(), "id", id + "-title");
    out.element("desc", description(pool), "id", id + "-desc");
    hatching();
    nodes(pool.count());
    int top = NODES_HEIGHT;
    for (PicturedNode node : pool.nodes()) {
      if (!node.note().isEmpty()) {
        out.element("text", node.note(), "class", "strong", "x", 0, "y", top + 14);
        top += NOTE_HEIGHT;
      }
      for (GpuRow row : node.rows()) {
        row(row, top);
        top += ROW_STEP;
      }
    }
    out.close();
  }

  private static String description(PicturedPool pool) {
    var words = new StringJoiner(". ", "", ".");
    words.add(pool.count().words()).add(pool.hardware());
    for (PicturedNode node : pool.nodes()) {
      String note = node.note().isEmpty() ? "" : node.note() + ": ";
      node.rows().forEach(row -> words.add(note + row.label() + ": " + PictureText.words(row)));
      if (!node.waste().isEmpty()) {
        words.add(note + node.waste());
      }
    }
    return words.toString();
  }

  private void hatching() {
    out.open("defs");
    out.open(
        "pattern",
        "id",
        id + "-idle",
        "width",
        7,
        "height",
        7,
        "patternUnits",
        "userSpaceOnUse",
        "patternTransform",
        "rotate(45)");
    out.empty("line", "class", "hatch", "x1", 0, "y1", 0, "x2", 0, "y2", 7);
    out.close().close();
  }

  private void nodes(PicturedPool.Count count) {
    out.element("text", "nodes", "class", "label", "x", 0, "y", 15);
    int most = Math.max(count.most(), count.ready());
    int shown = most > MOST_SQUARES ? 0 : most;
    for (int i = 0; i < shown; i++) {
      out.empty(
          "rect",
          "class",
          "node " + look(i, count),
          "x",
          LEFT + i * SQUARE_STEP + 0.5,
          "y",
          3.5,
          "width",
          13,
          "height",
          13,
          "rx",
          3);
    }
    int x = LEFT + shown * SQUARE_STEP + (shown == 0 ? 0 : 6);
    out.element("text", count.words(), "class", "quiet", "x", x, "y", 15);
  }

  private static String look(int index, PicturedPool.Count count) {
    if (index < count.ready()) {
      return "there";
    }
    return index < count.wanted() ? "wanted" : "may";
  }

  private void row(GpuRow row, int top) {
    out.element("text", row.label(), "class", "label", "x", 0, "y", top + ROW / 2 + 5);
    switch (row.division()) {
      case GpuRow.Sliced sliced -> sliced(sliced, top);
      case GpuRow.Whole(List<String> users) -> box(0, BAR, top, 0, "whole GPU", "", users);
      case GpuRow.Shared shared -> shared(shared, top);
      case GpuRow.Unplaced _ ->
          box(
              0,
              BAR,
              top,
              0,
              PictureText.words(row),
              "",
              List.of("where they are is not known here"));
    }
  }

  private void sliced(GpuRow.Sliced sliced, int top) {
    double unit = (double) BAR / sliced.memorySlices();
    int taken = 0;
    for (PicturedSlice slice : sliced.slices()) {
      idle(taken, slice.start(), unit, top);
      taken = slice.start() + slice.memory();
      int colour = Math.max(0, resources.indexOf(slice.resource()));
      box(
          slice.start() * unit,
          slice.memory() * unit,
          top,
          colour,
          slice.profile(),
          slice.resource(),
          slice.users());
      pips(slice.start() * unit, slice.compute(), top, "pip " + Swatches.of(colour));
    }
    idle(taken, sliced.memorySlices(), unit, top);
    if (sliced.idleCompute() > 0) {
      out.element(
          "text",
          sliced.idleCompute() + " of " + sliced.computeSlices() + " compute",
          "class",
          "quiet",
          "x",
          LEFT + BAR + 10,
          "y",
          top + 26);
      out.element("text", "idle", "class", "quiet", "x", LEFT + BAR + 10, "y", top + 42);
      pips(BAR + 30, sliced.idleCompute(), top - 8, "pip idle");
    }
  }

  /** Compute slices, small beside the memory they go with. */
  private void pips(double x, int count, int top, String look) {
    for (int i = 0; i < count; i++) {
      out.empty(
          "rect",
          "class",
          look,
          "x",
          LEFT + x + 10 + i * PIP_STEP,
          "y",
          top + ROW - 14,
          "width",
          6,
          "height",
          6,
          "rx",
          1.5);
    }
  }

  private void idle(int from, int to, double unit, int top) {
    if (from == to) {
      return;
    }
    double x = LEFT + from * unit + GAP / 2;
    double width = (to - from) * unit - GAP;
    out.open("g", "class", "unused");
    out.element("title", to - from + " memory slices in no instance");
    rect("idle", "", x, width, top);
    rect("", "url(#" + id + "-idle)", x, width, top);
    out.element(
        "text",
        "idle",
        "class",
        "quiet",
        "x",
        x + width / 2,
        "y",
        top + ROW / 2 + 4,
        "text-anchor",
        "middle");
    out.close();
  }

  private void shared(GpuRow.Shared shared, int top) {
    int parts = shared.replicas();
    if (!shared.inTurns() && parts <= MOST_PARTS) {
      double unit = (double) BAR / parts;
      for (int i = 0; i < parts; i++) {
        box(i * unit, unit, top, 0, "1/" + parts + " by MPS", "", shared.users());
      }
      return;
    }
    box(0, BAR, top, 0, shared.words(), "", shared.users());
    int dots = Math.min(parts, (BAR / 2) / DOT_STEP);
    for (int i = 0; i < dots; i++) {
      out.empty(
          "circle",
          "class",
          "pip c0",
          "cx",
          LEFT + BAR - 16 - (dots - 1 - i) * DOT_STEP,
          "cy",
          top + ROW / 2,
          "r",
          4);
    }
  }

  private void box(
      double x,
      double width,
      int top,
      int colour,
      String name,
      String resource,
      List<String> users) {
    String all = String.join(", ", users);
    double left = LEFT + x + GAP / 2;
    out.open("g", "class", "slice " + Swatches.of(colour));
    out.element(
        "title",
        name + (resource.isEmpty() ? "" : ", " + resource) + (all.isEmpty() ? "" : ": " + all));
    rect("area", "", left, width - GAP, top);
    out.element("text", cut(name, width), "class", "name", "x", left + 8.5, "y", top + 20);
    out.element("text", cut(all, width), "x", left + 8.5, "y", top + 36);
    out.close();
  }

  /** A box; without a fill of its own it has that of its class. */
  private void rect(String look, String fill, double x, double width, int top) {
    String kind = fill.isEmpty() ? "class" : "fill";
    String value = fill.isEmpty() ? look : fill;
    out.empty("rect", kind, value, "x", x, "y", top, "width", width, "height", ROW, "rx", 7);
  }

  private static String cut(String words, double width) {
    int room = (int) ((width - GAP - 17) / NARROW);
    return words.length() <= room ? words : words.substring(0, Math.max(0, room - 1)) + "\u2026";
  }
}
