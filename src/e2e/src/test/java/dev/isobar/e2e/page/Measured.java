package dev.isobar.e2e.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a browser sees of a page.
 *
 * @param facts a word and what is said of it
 */
record Measured(List<String> facts) {
  private static final Pattern RESULT =
      Pattern.compile("<pre id=\"measured\">\\s*(.*?)</pre>", Pattern.DOTALL);

  /** Forbids all scripts, ours too. */
  private static final Pattern POLICY =
      Pattern.compile("<meta http-equiv=\"Content-Security-Policy\"[^>]*>");

  /** Measures a copy of a page, in which a script is allowed. */
  static Measured of(Chromium browser, String page, Chromium.Scheme scheme, int width, int height) {
    Path copy = browser.folder().resolve("measured-" + scheme + "-" + width + ".html");
    try {
      Files.writeString(
          copy,
          POLICY
              .matcher(page)
              .replaceFirst("")
              .replace("</body>", "<script>" + script() + "</script></body>"));
    } catch (IOException unwritable) {
      throw new UncheckedIOException("cannot write " + copy, unwritable);
    }
    String document = browser.document(copy, scheme, width, height);
    Matcher result = RESULT.matcher(document);
    if (!result.find()) {
      throw new AssertionError("the script did not run: " + document);
    }
    return new Measured(result.group(1).lines().toList());
  }

  /** What is said of a word, each time it is. */
  List<String> of(String word) {
    return facts.stream()
        .filter(fact -> fact.startsWith(word + " "))
        .map(fact -> fact.substring(word.length() + 1))
        .toList();
  }

  private static String script() {
    try (InputStream file =
        Objects.requireNonNull(Measured.class.getResourceAsStream("measure.js"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
