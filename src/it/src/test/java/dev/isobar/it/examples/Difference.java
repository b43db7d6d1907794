package dev.isobar.it.examples;

import java.util.List;

/** Tells two texts apart for a reader: the lines that differ, with the object they belong to. */
final class Difference {
  private static final int CONTEXT = 4;
  private static final int MOST = 40;

  private Difference() {}

  /** What differs between two texts; empty when nothing does. */
  static String between(String expected, String actual) {
    List<String> before = expected.lines().toList();
    List<String> after = actual.lines().toList();
    if (expected.equals(actual)) {
      return "";
    }
    int start = 0;
    while (start < Math.min(before.size(), after.size())
        && before.get(start).equals(after.get(start))) {
      start++;
    }
    int end = 0;
    while (end < Math.min(before.size(), after.size()) - start
        && before.get(before.size() - 1 - end).equals(after.get(after.size() - 1 - end))) {
      end++;
    }
    var text = new StringBuilder("from line " + (start + 1) + place(before, start) + ":\n");
    before
        .subList(Math.max(0, start - CONTEXT), start)
        .forEach(line -> text.append("  ").append(line).append('\n'));
    add(text, "- ", before.subList(start, before.size() - end));
    add(text, "+ ", after.subList(start, after.size() - end));
    return text.toString();
  }

  /** The kind and name of the object that a line belongs to. */
  private static String place(List<String> lines, int at) {
    int begin = at;
    while (begin > 0 && !lines.get(Math.min(begin, lines.size() - 1)).equals("---")) {
      begin--;
    }
    List<String> object = lines.subList(begin, Math.min(begin + 6, lines.size()));
    String kind = value(object, "kind: ");
    String name = value(object, "  name: ");
    return kind.isEmpty() ? "" : ", in " + kind + " " + name;
  }

  private static String value(List<String> lines, String field) {
    return lines.stream()
        .filter(line -> line.startsWith(field))
        .map(line -> line.substring(field.length()))
        .findFirst()
        .orElse("");
  }

  private static void add(StringBuilder text, String mark, List<String> lines) {
    lines.stream().limit(MOST).forEach(line -> text.append(mark).append(line).append('\n'));
    if (lines.size() > MOST) {
      text.append(mark).append("... and ").append(lines.size() - MOST).append(" more lines\n");
    }
  }
}
