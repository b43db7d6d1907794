package dev.isobar.it.examples;

import dev.isobar.cli.input.Flavour;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder of {@code examples/} with a claim.
 *
 * @param name its folder below {@code examples/}
 * @param arguments of the command that its README gives
 * @param refused whether the claim is one that is refused
 */
record Story(Path checkout, String name, List<String> arguments, boolean refused) {
  /** Holds the claims that are refused, with one README for all. */
  static final String REFUSED = "refused";

  private static final Pattern COMMAND = Pattern.compile("(?m)^\\./isobar (render .*examples/.*)$");

  /** The stories whose claims are accepted, and after them those whose are refused. */
  static List<Story> all(Path checkout) {
    var stories = new ArrayList<Story>();
    for (Path folder : folders(checkout.resolve("examples"))) {
      String name = folder.getFileName().toString();
      boolean claimed = Files.exists(folder.resolve("claim.yaml"));
      if (claimed && !name.equals(REFUSED)) {
        stories.add(new Story(checkout, name, command(checkout, name), false));
      }
    }
    List<String> command = command(checkout, REFUSED);
    for (Path folder : folders(checkout.resolve("examples").resolve(REFUSED))) {
      String name = folder.getFileName().toString();
      var arguments = new ArrayList<>(command.subList(0, command.size() - 1));
      arguments.add("examples/" + REFUSED + "/" + name);
      stories.add(new Story(checkout, REFUSED + "/" + name, arguments, true));
    }
    return stories;
  }

  /** The folder. */
  Path folder() {
    return checkout.resolve("examples").resolve(name);
  }

  /** The README that tells about it. */
  Path readme() {
    return refused
        ? checkout.resolve("examples").resolve(REFUSED).resolve("README.md")
        : folder().resolve("README.md");
  }

  /** The file with the output of its command. */
  Path golden() {
    return folder().resolve(refused ? "expected.txt" : "expected.yaml");
  }

  /** What exists already, if the story says so. */
  Path observed() {
    return folder().resolve("observed");
  }

  /** The flavour that its command is for. */
  Flavour flavour() {
    return arguments.contains("namespaced") ? Flavour.NAMESPACED : Flavour.CLAIMS;
  }

  /** Runs its command. */
  Replay replay() {
    return Replay.of(checkout, arguments);
  }

  /** For the names of tests. */
  @Override
  public String toString() {
    return name;
  }

  private static List<Path> folders(Path above) {
    try (Stream<Path> files = Files.list(above)) {
      return files.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + above, e);
    }
  }

  private static List<String> command(Path checkout, String name) {
    Path readme = checkout.resolve("examples").resolve(name).resolve("README.md");
    try {
      Matcher command = COMMAND.matcher(Files.exists(readme) ? Files.readString(readme) : "");
      if (!command.find()) {
        throw new IllegalStateException(
            readme + " must give the command, on a line that begins with ./isobar render");
      }
      return List.of(command.group(1).strip().split(" +"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + readme, e);
    }
  }
}
