package dev.isobar.testbed.build;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** Everything built: programs and papers, each with its place. */
public final class Programs {
  private final Map<Program, Path> programs;
  private final Map<Paper, Path> papers;

  Programs(Map<Program, Path> programs, Map<Paper, Path> papers) {
    this.programs = Map.copyOf(programs);
    this.papers = Map.copyOf(papers);
  }

  /** The file of a program. */
  public Path of(Program program) {
    return Objects.requireNonNull(programs.get(program), program::file);
  }

  /** The file or folder of a paper. */
  public Path of(Paper paper) {
    return Objects.requireNonNull(papers.get(paper), paper::file);
  }
}
