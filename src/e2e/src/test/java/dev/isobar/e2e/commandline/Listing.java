package dev.isobar.e2e.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.testbed.plane.ControlPlane;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What {@code kubectl get} prints.
 *
 * @param rows what stands below the header, by column
 */
public record Listing(List<Map<String, String>> rows) {
  private static final Pattern WORD = Pattern.compile("\\S+");
  private static final String PAGE = "kubectl.md";

  static Listing of(String printed) {
    List<String> lines = printed.lines().toList();
    List<MatchResult> header = WORD.matcher(lines.getFirst()).results().toList();
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      var row = new TreeMap<String, String>();
      for (int column = 0; column < header.size(); column++) {
        int end = column + 1 < header.size() ? header.get(column + 1).start() : line.length();
        row.put(header.get(column).group(), cell(line, header.get(column).start(), end));
      }
      rows.add(row);
    }
    return new Listing(rows);
  }

  private static String cell(String line, int start, int end) {
    int length = line.length();
    return line.substring(Math.min(start, length), Math.min(end, length)).strip();
  }

  /**
   * Types a line of kubectl.md, and fails unless it prints what the page shows.
   *
   * @param arguments of kubectl, as in {@code get clouds}
   * @param chance columns whose values are those of one run
   */
  public static void isAsThePageShows(ControlPlane plane, String arguments, String... chance) {
    String printed = plane.kubectl(arguments.split(" "));
    Listing shown = of(Page.read(PAGE).printed("kubectl " + arguments));
    assertThat(of(printed).without(chance))
        .as("what kubectl %s prints, and %s shows; printed:%n%s", arguments, PAGE, printed)
        .isEqualTo(shown.without(chance));
  }

  /** The same, with nothing but their names of some columns. */
  private Listing without(String... columns) {
    List<Map<String, String>> fewer = new ArrayList<>();
    for (Map<String, String> row : rows) {
      var rest = new TreeMap<>(row);
      for (String column : columns) {
        rest.computeIfPresent(column, (_, _) -> "");
      }
      fewer.add(rest);
    }
    return new Listing(fewer);
  }
}
