package dev.isobar.e2e.render;

import dev.isobar.cli.IsobarMain;
import dev.isobar.cli.input.Flavour;
import dev.isobar.cli.yaml.Manifest;
import dev.isobar.cli.yaml.ManifestParsing;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code isobar render} printed.
 *
 * @param code its exit code
 * @param objects the composite first
 * @param words what it said besides
 */
public record Rendered(int code, List<Map<String, @Nullable Object>> objects, String words) {
  /** Renders what is in files or folders. */
  public static Rendered of(Flavour flavour, Path... places) {
    var arguments = new ArrayList<String>();
    arguments.addAll(List.of("render", "--flavour", flavour.name().toLowerCase(Locale.ROOT)));
    return run(arguments, places);
  }

  /** Renders what is in files or folders beside what exists already. */
  public static Rendered with(Flavour flavour, Path observed, Path... places) {
    var arguments = new ArrayList<String>();
    arguments.addAll(List.of("render", "--flavour", flavour.name().toLowerCase(Locale.ROOT)));
    arguments.addAll(List.of("--observed", observed.toString()));
    return run(arguments, places);
  }

  private static Rendered run(List<String> arguments, Path... places) {
    for (Path place : places) {
      arguments.add(place.toString());
    }
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int code =
        IsobarMain.run(
            arguments.toArray(String[]::new),
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, false, StandardCharsets.UTF_8));
    String yaml = out.toString(StandardCharsets.UTF_8);
    return new Rendered(
        code,
        yaml.isEmpty()
            ? List.of()
            : ManifestParsing.parse("render", yaml).stream().map(Manifest::object).toList(),
        err.toString(StandardCharsets.UTF_8));
  }

  /** The composed objects. */
  public List<Map<String, @Nullable Object>> composed() {
    if (code != 0) {
      throw new AssertionError("render ends with " + code + ": " + words);
    }
    return objects.subList(1, objects.size());
  }
}
