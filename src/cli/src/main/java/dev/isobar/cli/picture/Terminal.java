package dev.isobar.cli.picture;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A terminal that somebody looks at.
 *
 * @param columns signs that fit into a line
 * @param colours whether it has any, and they are wanted
 */
public record Terminal(int columns, boolean colours) {
  private static final int USUAL = 80;

  /**
   * The terminal that standard error is.
   *
   * @param measured its columns as the launcher measured them; null when standard error is no
   *     terminal
   * @param environment of which COLUMNS goes before what was measured, and NO_COLOR and TERM=dumb
   *     forbid colours
   * @see <a href="https://no-color.org">no-color.org</a>
   */
  public static Optional<Terminal> of(@Nullable String measured, Map<String, String> environment) {
    if (measured == null) {
      return Optional.empty();
    }
    int columns =
        columns(environment.getOrDefault("COLUMNS", "")).or(() -> columns(measured)).orElse(USUAL);
    boolean colours =
        environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    return Optional.of(new Terminal(columns, colours));
  }

  private static Optional<Integer> columns(String word) {
    return word.matches("[1-9][0-9]{0,4}") ? Optional.of(Integer.valueOf(word)) : Optional.empty();
  }
}
