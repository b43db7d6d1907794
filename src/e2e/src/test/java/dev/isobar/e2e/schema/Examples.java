package dev.isobar.e2e.schema;

import dev.isobar.cli.input.Flavour;
import dev.isobar.cli.yaml.Manifest;
import dev.isobar.cli.yaml.ManifestParsing;
import dev.isobar.e2e.render.Rendered;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every object that the examples show, in files and rendered. */
public final class Examples {
  /** Holds claims that are refused; schemas are not what refuses them all. */
  private static final String REFUSED = "refused";

  private final Path folder;

  /** The stories in a folder. */
  public Examples(Path folder) {
    this.folder = folder;
  }

  /** All that belongs to a flavour. */
  public List<ExampleObject> of(Flavour flavour) {
    var objects = new ArrayList<ExampleObject>();
    for (Path story : stories()) {
      for (Path file : files(story)) {
        if (isOf(flavour, story)) {
          parse(file)
              .forEach(object ->
                  objects.add(
                      new ExampleObject(
                          name(story), story.relativize(file).toString(), flavour, object)));
        }
      }
      if (Files.exists(story.resolve("claim.yaml"))) {
        rendered(flavour, story)
            .forEach(
                object -> objects.add(new ExampleObject(name(story), "rendered", flavour, object)));
      }
    }
    return List.copyOf(objects);
  }

  /** What exists in a story is of its own flavour, and is told anew for the other one. */
  private List<Map<String, @Nullable Object>> rendered(Flavour flavour, Path story) {
    Path observed = story.resolve("observed");
    Rendered rendered =
        isOf(flavour, story) || !Files.exists(observed)
            ? Rendered.of(flavour, story)
            : Rendered.with(
                flavour,
                OtherFlavour.written(flavour, objects(observed)),
                story.resolve("claim.yaml"),
                story.resolve("cloud.yaml"));
    if (rendered.code() != 0) {
      throw new AssertionError(name(story) + " cannot be rendered: " + rendered.words());
    }
    return rendered.objects();
  }

  private static boolean isOf(Flavour flavour, Path story) {
    try {
      boolean namespaced =
          Files.readString(story.resolve("README.md")).contains("--flavour namespaced");
      return namespaced == (flavour == Flavour.NAMESPACED);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read the README of " + story, unreadable);
    }
  }

  private List<Path> stories() {
    try (Stream<Path> folders = Files.list(folder)) {
      return folders
          .filter(Files::isDirectory)
          .filter(one -> !one.endsWith(REFUSED))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot list " + folder, unreadable);
    }
  }

  private static List<Path> files(Path story) {
    try (Stream<Path> files = Files.walk(story)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot list " + story, unreadable);
    }
  }

  private static List<Map<String, @Nullable Object>> objects(Path folder) {
    return files(folder).stream().flatMap(file -> parse(file).stream()).toList();
  }

  private static List<Map<String, @Nullable Object>> parse(Path file) {
    try {
      return ManifestParsing.parse(file.toString(), Files.readString(file)).stream()
          .map(Manifest::object)
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + file, unreadable);
    }
  }

  private static String name(Path story) {
    return story.getFileName().toString();
  }
}
