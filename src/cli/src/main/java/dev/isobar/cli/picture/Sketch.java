package dev.isobar.cli.picture;

import java.util.ArrayList;
import java.util.List;

/**
 * A GPU as a row of boxes.
 *
 * @param width of the row without its first border
 */
record Sketch(int width, Paint paint) {
  private static final String IDLE = "\u2591";

  /**
   * A box.
   *
   * @param end where it ends, in signs from the left border
   * @param colour its number; negative for what nobody can use
   */
  record Box(int end, int colour, String first, String second) {}

  /** Border, the first text, the second if any box has one, border. */
  List<String> lines(List<Box> boxes) {
    var lines = new ArrayList<String>();
    lines.add(border(boxes, '\u250c', '\u252c', '\u2510'));
    lines.add(text(boxes, true));
    if (boxes.stream().anyMatch(box -> !box.second().isEmpty())) {
      lines.add(text(boxes, false));
    }
    lines.add(border(boxes, '\u2514', '\u2534', '\u2518'));
    return lines;
  }

  private static String border(List<Box> boxes, char left, char between, char right) {
    var line = new StringBuilder().append(left);
    int start = 0;
    for (Box box : boxes) {
      line.repeat('\u2500', box.end() - start - 1)
          .append(box.end() == boxes.getLast().end() ? right : between);
      start = box.end();
    }
    return line.toString();
  }

  private String text(List<Box> boxes, boolean first) {
    var line = new StringBuilder("\u2502");
    int start = 0;
    for (Box box : boxes) {
      int room = box.end() - start - 1;
      String words = first ? box.first() : box.second();
      String blank = Math.max(box.first().length(), box.second().length()) < room ? " " : "";
      line.append(
              box.colour() < 0
                  ? paint.faint(idle(words, room))
                  : paint.coloured(box.colour(), fitted(blank + words, room)))
          .append('\u2502');
      start = box.end();
    }
    return line.toString();
  }

  private static String idle(String words, int room) {
    return words.isEmpty() || words.length() + 2 > room
        ? IDLE.repeat(room)
        : IDLE + words + IDLE.repeat(room - words.length() - 1);
  }

  private static String fitted(String words, int room) {
    return words.length() <= room
        ? words + " ".repeat(room - words.length())
        : words.substring(0, Math.max(0, room - 1)) + "\u2026";
  }
}
