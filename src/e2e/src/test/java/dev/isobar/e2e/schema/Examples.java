package dev.isobar.e2e.schema;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.input.Flavour;
import dev.isobar.cli.input.InputFile;
import dev.isobar.cli.input.InputFiles;
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
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every object that the examples show, in files and rendered. */
public final class Examples {
  /** What render makes something of. */
  private static final String RENDERED_GROUP = "platform.isobar.dev/";

  /** Claims below it are refused, and schemas are not what refuses them all. */
  private static final String REFUSED = "refused";

  private static final Pattern MANIFEST = Pattern.compile("\\.(ya?ml|json)$");

  private final Path folder;

  /** The stories in a folder. */
  public Examples(Path folder) {
    this.folder = folder;
  }

  /**
   * All that belongs to a flavour: what is rendered and what exists only in that of the story, what
   * people write in both.
   */
  public List<ExampleObject> of(Flavour flavour) {
    var objects = new ArrayList<ExampleObject>();
    for (Path story : stories()) {
      for (Path file : isOf(flavour, story) ? files(story) : written(story)) {
        String origin = story.relativize(file).toString();
        parse(file)
            .forEach(
                object -> objects.add(new ExampleObject(name(story), origin, flavour, object)));
      }
      if (isRendered(story)) {
        rendered(flavour, story)
            .forEach(object ->
                objects.add(
                    new ExampleObject(name(story), ExampleObject.RENDERED, flavour, object)));
      }
    }
    return List.copyOf(objects);
  }

  /** The folders, in their order. */
  List<String> names() {
    return stories().stream().map(Examples::name).toList();
  }

  /** What its people write, whatever they call the files. */
  private static List<Path> written(Path story) {
    List<Path> written =
        InputFiles.find(List.of(story), List.of()).stream()
            .filter(file -> !file.observed())
            .map(InputFile::path)
            .toList();
    return files(story).stream().filter(written::contains).toList();
  }

  private static boolean isRendered(Path story) {
    return written(story).stream()
        .flatMap(file -> parse(file).stream())
        .anyMatch(object ->
            Tree.of(object)
                .at("apiVersion")
                .text()
                .filter(version -> version.startsWith(RENDERED_GROUP))
                .isPresent());
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
                written(story).toArray(Path[]::new));
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
      return folders.filter(Files::isDirectory).sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot list " + folder, unreadable);
    }
  }

  private static List<Path> files(Path story) {
    int depth = story.endsWith(REFUSED) ? 1 : Integer.MAX_VALUE;
    try (Stream<Path> files = Files.walk(story, depth)) {
      return files.filter(file -> MANIFEST.matcher(file.toString()).find()).sorted().toList();
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
