package dev.isobar.cli.yaml;

import java.util.List;

/**
 * What the user handed in cannot be used; each line says where it stands, what is wrong and what to
 * do.
 */
public final class InputRejected extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<String> lines;

  /** Rejects for one reason. */
  public InputRejected(String line) {
    this(List.of(line));
  }

  /** Rejects for several reasons. */
  public InputRejected(List<String> lines) {
    super(String.join("\n", lines));
    this.lines = List.copyOf(lines);
  }

  /** The reasons, one a line. */
  public List<String> lines() {
    return lines;
  }
}
