package dev.isobar.testbed.build;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** Everything built: programs and papers, each with its place. */
public final class Programs {
  private final Map<Program, Path> programs;
  private final Map<Paper, Path> papers;
  private final Path cache;

  Programs(Map<Program, Path> programs, Map<Paper, Path> papers, Path cache) {
    this.programs = Map.copyOf(programs);
    this.papers = Map.copyOf(papers);
    this.cache = cache;
  }

  /** The file of a program. */
  public Path of(Program program) {
    return Objects.requireNonNull(programs.get(program), program::file);
  }

  /** The file or folder of a paper. */
  public Path of(Paper paper) {
    return Objects.requireNonNull(papers.get(paper), paper::file);
  }

  /** The folder that they are kept in, for what is made with them and kept as long. */
  public Path cache() {
    return cache;
  }
}
