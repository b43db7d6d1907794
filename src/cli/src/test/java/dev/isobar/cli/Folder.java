package dev.isobar.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A folder of input and the command that reads it. */
public record Folder(Path path) {
  /** How a command ended and what it said, with the folder's path as DIR. */
  public record Run(int code, String out, String err) {}

  /** Writes a file. */
  public Folder file(String name, String text) {
    try {
      Path file = path.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      return this;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Renders the folder by a function. */
  public Run render(StandInFunction function, String... options) {
    var arguments =
        new ArrayList<>(
            List.of("render", path.toString(), "--function-address", function.address()));
    arguments.addAll(List.of(options));
    return run(arguments.toArray(String[]::new));
  }

  /** Runs the command; DIR in an argument stands for the folder. */
  public Run run(String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    String[] placed = new String[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      placed[i] = arguments[i].replace("DIR", path.toString());
    }
    int code =
        IsobarMain.run(
            placed,
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, false, StandardCharsets.UTF_8));
    return new Run(code, text(out), text(err));
  }

  private String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8).replace(path.toString(), "DIR");
  }
}
