package dev.isobar.apis.decode;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A user's mistake.
 *
 * @param path where it stands, for example {@code spec.pools[1].machineType}; of a Cloud or the
 *     settings, with the object's name in front
 * @param problem what is wrong there
 * @param remedy what to do instead, with the nearest valid value where there is one
 */
public record Mistake(String path, String problem, String remedy) {
  private static final int MOST_TOLD = 20;

  /** The mistake as one sentence, on one line whatever the user wrote. */
  public String sentence() {
    return Words.visible(path + ": " + problem + "; " + remedy);
  }

  /**
   * Several mistakes in one line, because conditions show no line breaks; numbered when there are
   * several, and no more than twenty.
   */
  public static String sentences(List<Mistake> mistakes) {
    if (mistakes.size() == 1) {
      return mistakes.getFirst().sentence();
    }
    int told = Math.min(mistakes.size(), MOST_TOLD);
    String message =
        IntStream.range(0, told)
            .mapToObj(index -> (index + 1) + ") " + mistakes.get(index).sentence())
            .collect(Collectors.joining(" "));
    return message + (told < mistakes.size() ? " and " + (mistakes.size() - told) + " more" : "");
  }
}
