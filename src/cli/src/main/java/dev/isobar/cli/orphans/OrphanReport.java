package dev.isobar.cli.orphans;

import dev.isobar.cli.yaml.JsonText;
import dev.isobar.provider.kube.account.OrphanSearch.Found;
import dev.isobar.provider.kube.account.OrphanSearch.Orphan;
import java.io.PrintStream;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Prints what a search found: orphans, and after them what is kept, to standard output, all words
 * to standard error.
 */
public final class OrphanReport {
  private static final String GAP = "   ";

  /** What it looks like. */
  public enum Format {
    TABLE,
    JSON
  }

  private OrphanReport() {}

  /** Prints it. */
  public static void print(Found found, Format format, PrintStream out, PrintStream err) {
    List<Orphan> all =
        Stream.concat(found.orphans().stream(), found.kept().stream().map(OrphanReport::calledKept))
            .toList();
    switch (format) {
      case TABLE -> out.print(table(all));
      case JSON -> out.print(JsonText.render(all.stream().map(OrphanReport::fields).toList()));
    }
    found.problems().forEach(problem -> err.println("failed: " + problem));
    if (found.elsewhere() > 0) {
      err.printf(
          "%d of the machines are another management cluster's; --all judges them too%n",
          found.elsewhere());
    }
    if (!found.kept().isEmpty()) {
      err.println(kept(found.kept().size()));
    }
    if (found.orphans().isEmpty() && found.problems().isEmpty()) {
      err.println("no orphans");
    }
  }

  private static Orphan calledKept(Orphan one) {
    return new Orphan("kept " + one.kind(), one.id(), one.instance(), one.since(), one.config());
  }

  private static String kept(int count) {
    return count == 1
        ? "1 volume outlived its machine, as a spec says (deleteWithInstance: false); it is no"
            + " orphan"
        : count
            + " volumes outlived their machines, as specs say (deleteWithInstance: false); they are"
            + " no orphans";
  }

  private static String table(List<Orphan> orphans) {
    if (orphans.isEmpty()) {
      return "";
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("KIND", "ID", "INSTANCE", "SINCE", "CONFIG"));
    for (Orphan one : orphans) {
      rows.add(List.of(one.kind(), one.id(), one.instance(), since(one), one.config()));
    }
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    var text = new StringBuilder();
    for (List<String> row : rows) {
      var line = new StringBuilder();
      for (int column = 0; column < widths.length; column++) {
        line.append(row.get(column))
            .repeat(' ', widths[column] - row.get(column).length())
            .append(GAP);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static String since(Orphan one) {
    return one.since().map(time -> time.truncatedTo(ChronoUnit.SECONDS).toString()).orElse("-");
  }

  private static Map<String, String> fields(Orphan one) {
    Map<String, String> fields = new TreeMap<>();
    fields.put("kind", one.kind());
    fields.put("id", one.id());
    fields.put("instance", one.instance());
    fields.put("config", one.config());
    one.since().ifPresent(_ -> fields.put("since", since(one)));
    return fields;
  }
}
