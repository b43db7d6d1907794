package dev.isobar.cli.render;

import dev.isobar.cli.picture.Terminal;
import dev.isobar.cli.yaml.JsonText;
import dev.isobar.cli.yaml.YamlText;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one place that prints: objects to standard output, all words to standard error. */
public final class Report {
  /** In which form objects are printed. */
  public enum Format {
    YAML,
    JSON;

    private String text(List<Map<String, @Nullable Object>> objects) {
      return switch (this) {
        case YAML -> YamlText.render(objects);
        case JSON -> JsonText.render(objects);
      };
    }
  }

  private Report() {}

  /**
   * Prints all or nothing.
   *
   * @param terminal that standard error is; there the plan is drawn, elsewhere it is told
   * @return the exit code: 0, or 1 when a composite was refused, or 3 when the function failed
   */
  public static int print(
      List<Rendering> renderings,
      Format format,
      Optional<Terminal> terminal,
      PrintStream out,
      PrintStream err) {
    int code = 0;
    for (Rendering rendering : renderings) {
      switch (rendering) {
        case Rendering.Done _ -> {}
        case Rendering.Rejected(String subject, String message) -> {
          err.println("refused: " + subject + ": " + message);
          code = Math.max(code, 1);
        }
        case Rendering.Failed(String subject, String message) -> {
          err.println("failed: " + subject + ": " + message);
          code = 3;
        }
      }
    }
    if (code != 0) {
      return code;
    }
    List<Rendering.Done> done = Rendering.done(renderings);
    out.print(format.text(done.stream().flatMap(one -> one.objects().stream()).toList()));
    err.print(Summary.of(done, terminal));
    return 0;
  }
}
