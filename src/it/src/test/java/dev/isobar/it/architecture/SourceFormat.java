package dev.isobar.it.architecture;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The one layout of Java sources: google-java-format, without options. {@code ./isobar format} runs
 * it.
 */
public final class SourceFormat {
  private SourceFormat() {}

  /**
   * Rewrites every source that is laid out differently and names it.
   *
   * @param args folders or files below the root to look at; none means all
   */
  public static void main(String[] args) throws IOException {
    Checkout checkout = Checkout.here();
    List<Path> sources =
        checkout.files(".java").stream().filter(source -> isWanted(source, args)).toList();
    int rewritten = 0;
    for (Path source : sources) {
      String before = checkout.read(source);
      String after = formatted(source, before);
      if (!after.equals(before)) {
        Files.writeString(checkout.root().resolve(source), after);
        System.out.println("formatted " + source);
        rewritten++;
      }
    }
    System.out.printf("%d of %d Java files rewritten%n", rewritten, sources.size());
  }

  private static boolean isWanted(Path source, String[] places) {
    return places.length == 0
        || Stream.of(places).anyMatch(place -> source.startsWith(Path.of(place).normalize()));
  }

  /** The sources of the checkout whose text is not what the formatter would write. */
  static List<Path> unformatted(Checkout checkout) {
    List<Path> unformatted = new ArrayList<>();
    for (Path source : checkout.files(".java")) {
      String text = checkout.read(source);
      if (!formatted(source, text).equals(text)) {
        unformatted.add(source);
      }
    }
    return List.copyOf(unformatted);
  }

  /** The text as the formatter writes it. */
  static String formatted(Path source, String text) {
    try {
      return new Formatter().formatSourceAndFixImports(text);
    } catch (FormatterException e) {
      throw new IllegalArgumentException("cannot parse " + source + ": " + e.getMessage(), e);
    }
  }
}
