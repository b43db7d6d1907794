package dev.isobar.it.examples;

import dev.isobar.cli.IsobarMain;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the isobar command did.
 *
 * @param code its exit code
 * @param out its standard output
 * @param err its standard error
 */
record Replay(int code, String out, String err) {
  /**
   * Runs the command as in a shell in the checkout.
   *
   * @param arguments those that begin with {@code examples/} are paths in the checkout
   */
  static Replay of(Path checkout, List<String> arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    String[] absolute =
        arguments.stream()
            .map(one -> one.startsWith("examples/") ? checkout.resolve(one).toString() : one)
            .toArray(String[]::new);
    int code = IsobarMain.run(absolute, stream(out), stream(err));
    String folder = checkout + "/";
    return new Replay(code, text(out).replace(folder, ""), text(err).replace(folder, ""));
  }

  /** The lines that say why something is refused. */
  String refusals() {
    return err.lines()
        .filter(line -> line.startsWith("refused:"))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, false, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
