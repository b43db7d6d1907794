package dev.isobar.cli.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** Draws a picture with the signs of a terminal. */
public final class TerminalPicture {
  /** Divides by the memory slices of every product: 4, 8 and 12, whose slices come in threes. */
  private static final int UNIT = 64;

  private static final int MARGIN = 12;
  private static final int MOST_SQUARES = 24;

  private final Terminal terminal;
  private final Paint paint;
  private final int width;
  private final List<String> lines = new ArrayList<>();

  private TerminalPicture(Terminal terminal) {
    this.terminal = terminal;
    paint = new Paint(terminal.colours());
    width = UNIT * Math.max(1, (terminal.columns() - MARGIN - 1) / UNIT);
  }

  /** Whether there is room for pictures; where there is none, {@link PictureText} tells. */
  public static boolean fits(Terminal terminal) {
    return terminal.columns() > MARGIN + UNIT;
  }

  /** The lines of a picture, on a terminal that it fits. */
  public static List<String> draw(Picture picture, Terminal terminal) {
    var drawing = new TerminalPicture(terminal);
    picture.pools().forEach(drawing::add);
    if (!picture.others().isEmpty()) {
      drawing.lines.add(
          "  " + cut("no GPU: " + String.join(", ", picture.others()), terminal.columns() - 2));
    }
    return List.copyOf(drawing.lines);
  }

  private void add(PicturedPool pool) {
    if (!lines.isEmpty()) {
      lines.add("");
    }
    heading(pool);
    List<String> resources = pool.offers().stream().map(OfferedResource::resource).toList();
    for (PicturedNode node : pool.nodes()) {
      if (!node.note().isEmpty()) {
        line("", node.note() + ":");
      }
      node.rows().forEach(row -> add(row, resources));
      if (!node.waste().isEmpty()) {
        line("", paint.faint(node.waste()));
      }
    }
    pool.offers().forEach(offer -> add(offer, resources, pool.count().most()));
    pool.message().ifPresent(message -> line("", cut(message, terminal.columns() - MARGIN)));
  }

  /** On one line, or on two where that is too narrow. */
  private void heading(PicturedPool pool) {
    String name = cut(pool.name(), terminal.columns() - 2);
    var words = new StringJoiner(", ", squares(pool.count()) + "  ", "");
    if (pool.foreign()) {
      words.add("pool " + pool.pool() + " of the cluster");
    }
    String hardware = pool.hardware();
    if (!hardware.isEmpty()) {
      words.add(pool.count().words());
    }
    boolean fits = 4 + name.length() + words.length() + hardware.length() <= terminal.columns();
    if (fits && !hardware.isEmpty()) {
      words.add(hardware);
    }
    lines.add(
        "  " + paint.strong(name) + cut(words.toString(), terminal.columns() - 2 - name.length()));
    if (!fits) {
      line("", cut(hardware, terminal.columns() - MARGIN));
    }
  }

  /** A square for each node: full when it is there, empty when it may come. */
  private static String squares(PicturedPool.Count count) {
    int most = Math.max(count.most(), count.ready());
    return most == 0 || most > MOST_SQUARES
        ? ""
        : "  " + "\u25a0".repeat(count.ready()) + "\u25a1".repeat(most - count.ready());
  }

  private void add(GpuRow row, List<String> resources) {
    List<String> drawn = new Sketch(width, paint).lines(boxes(row.division(), resources));
    for (int i = 0; i < drawn.size(); i++) {
      line(i == 1 ? row.label() : "", drawn.get(i));
    }
  }

  private List<Sketch.Box> boxes(GpuRow.Division division, List<String> resources) {
    return switch (division) {
      case GpuRow.Sliced sliced -> slices(sliced, resources);
      case GpuRow.Whole(List<String> users) ->
          List.of(new Sketch.Box(width, 0, "whole GPU", users(users)));
      case GpuRow.Shared shared ->
          List.of(new Sketch.Box(width, 0, shared.words(), users(shared.users())));
      case GpuRow.Unplaced(var counts) -> {
        var words = new StringJoiner(", ");
        counts.forEach((profile, count) -> words.add(count + " \u00d7 " + profile));
        yield List.of(
            new Sketch.Box(width, 0, words.toString(), "where they are is not known here"));
      }
    };
  }

  private List<Sketch.Box> slices(GpuRow.Sliced sliced, List<String> resources) {
    var boxes = new ArrayList<Sketch.Box>();
    int taken = 0;
    for (PicturedSlice slice : sliced.slices()) {
      if (slice.start() > taken) {
        boxes.add(idle(sliced, slice.start()));
      }
      taken = slice.start() + slice.memory();
      boxes.add(
          new Sketch.Box(
              column(sliced, taken),
              resources.indexOf(slice.resource()),
              slice.profile(),
              users(slice.users())));
    }
    if (taken < sliced.memorySlices()) {
      boxes.add(idle(sliced, sliced.memorySlices()));
    }
    return boxes;
  }

  private Sketch.Box idle(GpuRow.Sliced sliced, int end) {
    return new Sketch.Box(column(sliced, end), -1, "idle", "");
  }

  private int column(GpuRow.Sliced sliced, int memorySlice) {
    return memorySlice * width / sliced.memorySlices();
  }

  private static String users(List<String> users) {
    return String.join(", ", users);
  }

  private void add(OfferedResource offer, List<String> resources, int nodes) {
    String amount =
        nodes == 1
            ? String.valueOf(offer.perNode())
            : "%d a node, %d in all".formatted(offer.perNode(), offer.inAll());
    String users = offer.users().isEmpty() ? "" : ": " + users(offer.users());
    line(
        "",
        paint.coloured(resources.indexOf(offer.resource()), "\u25a0")
            + cut(" " + offer.resource() + " " + amount + users, terminal.columns() - MARGIN - 1));
  }

  private void line(String label, String text) {
    lines.add("  " + label + " ".repeat(Math.max(1, MARGIN - 2 - label.length())) + text);
  }

  private static String cut(String text, int room) {
    return text.length() <= room ? text : text.substring(0, Math.max(0, room - 1)) + "\u2026";
  }
}
