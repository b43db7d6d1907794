package dev.isobar.e2e.commandline;

import dev.isobar.testbed.plane.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A page of the documentation.
 *
 * @param text its Markdown
 */
public record Page(String text) {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");

  /** Reads one by its name, as in {@code e2e.md}. */
  public static Page read(String name) {
    Path file = Project.here().root().resolve("src/site/markdown").resolve(name);
    try {
      return new Page(Files.readString(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + file, unreadable);
    }
  }

  /** The blocks in a language, in their order. */
  public List<String> blocks(String language) {
    return BLOCK
        .matcher(text)
        .results()
        .filter(block -> block.group(1).equals(language))
        .map(block -> block.group(2))
        .toList();
  }

  /**
   * What the page has its readers write into a file.
   *
   * @param name with which its first line begins, as a comment
   */
  public String file(String name) {
    return blocks("yaml").stream()
        .filter(block -> block.startsWith("# " + name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("the page shows no file " + name));
  }

  /**
   * What the page shows below each block of a language; empty below one that shows nothing.
   *
   * @param typed the language of the blocks, as in {@code bash}
   * @param printed that of what they print
   */
  List<String> shown(String typed, String printed) {
    List<String> shown = new ArrayList<>();
    for (MatchResult block : BLOCK.matcher(text).results().toList()) {
      if (block.group(1).equals(typed)) {
        shown.add("");
      } else if (block.group(1).equals(printed) && !shown.isEmpty()) {
        shown.add(shown.removeLast() + block.group(2));
      }
    }
    return shown;
  }

  /**
   * What the page shows that a line prints.
   *
   * @param line as in {@code kubectl get clouds}
   */
  String printed(String line) {
    String typed = "$ " + line + "\n";
    return blocks("text").stream()
        .filter(block -> block.startsWith(typed))
        .map(block -> block.substring(typed.length()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("the page does not show what prints: " + line));
  }
}
