package dev.isobar.cli.render;

import dev.isobar.cli.input.Identity;
import dev.isobar.cli.picture.Picture;
import dev.isobar.cli.picture.PictureReading;
import dev.isobar.cli.picture.PictureText;
import dev.isobar.cli.picture.Terminal;
import dev.isobar.cli.picture.TerminalPicture;
import dev.isobar.function.contract.Condition;
import dev.isobar.function.contract.Event;
import dev.isobar.function.contract.Ready;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells about renderings on one screen: what is not ready first, and cut where it would not fit.
 */
final class Summary {
  private static final int WIDTH = 120;
  private static final int RESOURCES = 18;
  private static final int CONDITIONS = 12;
  private static final int EVENTS = 6;
  private static final int GPUS = 18;
  private static final int LEAST = 3;

  private final StringBuilder text = new StringBuilder();
  private final int composites;

  private Summary(int composites) {
    this.composites = composites;
  }

  /** The lines about all composites, with pictures where somebody looks at a terminal. */
  static String of(List<Rendering.Done> renderings, Optional<Terminal> terminal) {
    var summary = new Summary(renderings.size());
    List<Picture> pictures =
        PictureReading.read(renderings.stream().map(Rendering.Done::planned).toList());
    for (int i = 0; i < renderings.size(); i++) {
      summary.add(renderings.get(i), pictures.get(i), terminal);
    }
    return summary.text.toString();
  }

  private void add(Rendering.Done done, Picture picture, Optional<Terminal> terminal) {
    text.append(text.isEmpty() ? "" : "\n");
    line(heading(done));
    add(picture, terminal);
    List<Applied> resources =
        done.resources().stream()
            .sorted(
                Comparator.comparing((Applied one) -> one.ready() == Ready.TRUE)
                    .thenComparing(Applied::key))
            .toList();
    rows(
        "  READY    RESOURCE",
        resources.stream()
            .map(one -> "  %-8s %s".formatted(mark(one.ready()), one.identity().words()))
            .toList(),
        RESOURCES);
    rows(conditionHeading(done.conditions()), conditionRows(done.conditions()), CONDITIONS);
    rows("  EVENTS", done.events().stream().map(Summary::row).toList(), EVENTS);
  }

  private void add(Picture picture, Optional<Terminal> terminal) {
    if (terminal.filter(TerminalPicture::fits).isEmpty()) {
      rows("  GPUS", PictureText.lines(picture), GPUS);
    } else if (!picture.pools().isEmpty()) {
      text.append('\n');
      TerminalPicture.draw(picture, terminal.get()).forEach(row -> text.append(row).append('\n'));
    }
  }

  private static String heading(Rendering.Done done) {
    long ready = done.resources().stream().filter(one -> one.ready() == Ready.TRUE).count();
    Identity composite = done.composite().identity();
    String made = done.composite().claim().isPresent() ? " -> " + composite.words() : "";
    return done.subject()
        + made
        + ": "
        + ready
        + " of "
        + done.resources().size()
        + " resources ready";
  }

  private static String mark(Ready ready) {
    return switch (ready) {
      case TRUE -> "yes";
      case FALSE -> "no";
      case UNSPECIFIED -> "unknown";
    };
  }

  private static String row(Event event) {
    return "  "
        + event.severity().name().toLowerCase(Locale.ROOT)
        + " "
        + event.reason()
        + ": "
        + event.message();
  }

  private static String conditionHeading(List<Condition> conditions) {
    return conditionRow(conditions, "CONDITION", "STATUS", "REASON", "MESSAGE");
  }

  private static List<String> conditionRows(List<Condition> conditions) {
    var rows = new ArrayList<String>();
    for (Condition one : conditions) {
      rows.add(
          conditionRow(
              conditions, one.type(), Statuses.word(one.status()), one.reason(), one.message()));
    }
    return rows;
  }

  private static String conditionRow(
      List<Condition> all, String type, String status, String reason, String message) {
    int types = all.stream().mapToInt(one -> one.type().length()).max().orElse(0);
    int reasons = all.stream().mapToInt(one -> one.reason().length()).max().orElse(0);
    return "  %s  %-7s  %s  %s"
        .formatted(
            pad(type, Math.max(types, 9)), status, pad(reason, Math.max(reasons, 6)), message);
  }

  private static String pad(String word, int width) {
    return word + " ".repeat(Math.max(0, width - word.length()));
  }

  private void rows(String heading, List<String> rows, int most) {
    if (rows.isEmpty()) {
      return;
    }
    text.append('\n');
    line(heading);
    int room = Math.max(LEAST, most / composites);
    int shown = rows.size() <= room ? rows.size() : room - 1;
    rows.subList(0, shown).forEach(this::line);
    if (shown < rows.size()) {
      line("  ... and " + (rows.size() - shown) + " more");
    }
  }

  private void line(String line) {
    String clean = line.replaceAll("\\p{Cntrl}", " ").stripTrailing();
    text.append(clean.length() <= WIDTH ? clean : clean.substring(0, WIDTH - 3) + "...")
        .append('\n');
  }
}
