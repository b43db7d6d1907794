package dev.isobar.testbed.build;

import dev.isobar.testbed.process.Command;
import dev.isobar.testbed.process.LocalProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** One part being built. */
final class PartBuild {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final Recipe recipe;
  private final Path place;
  private final GoTool go;
  private final Progress progress;
  private final Path module;
  private final Path log;

  PartBuild(Recipe recipe, Path place, GoTool go, Progress progress) {
    this.recipe = recipe;
    this.place = place;
    this.go = recipe.part().bindsToC() ? go.withC() : go;
    this.progress = progress;
    module = place.resolve("module");
    log = place.resolve("build.log");
  }

  /**
   * Makes everything of the part.
   *
   * @param tools programs built before, by which papers are made
   */
  void make(Map<Program, Path> tools) throws IOException {
    Files.createDirectories(module);
    for (Path file : recipe.files()) {
      Files.copy(file, module.resolve(file.getFileName()));
    }
    go.check(module, log);
    for (Program program : recipe.programs()) {
      compile(program);
    }
    for (Paper paper : recipe.papers()) {
      copy(paper, tools);
    }
  }

  private void compile(Program program) throws IOException {
    progress.say("building " + program.file() + " (" + recipe.words() + ")");
    go.run(
        "go build",
        module,
        log,
        List.of(
            "build",
            "-mod=readonly",
            "-ldflags",
            recipe.flags(),
            "-o",
            place.resolve(program.file()).toString(),
            program.goPackage()),
        since -> progress.still(program.file(), since));
  }

  private void copy(Paper paper, Map<Program, Path> tools) throws IOException {
    Path source = go.folder(paper.module(), module, log).resolve(paper.source());
    Path file = place.resolve(paper.file());
    switch (paper.way()) {
      case COPY -> copyAll(source, file);
      case KUSTOMIZE -> print(file, tools, Program.KUBECTL, "kustomize", source);
      case HELM ->
          print(
              file,
              tools,
              Program.HELM,
              "template",
              "crossplane",
              source,
              "--namespace",
              "crossplane-system");
    }
  }

  /** What a tool prints; its warnings, on standard error, go elsewhere. */
  private void print(Path file, Map<Program, Path> tools, Program tool, Object... arguments)
      throws IOException {
    Path program = Objects.requireNonNull(tools.get(tool), tool::file);
    Path output = Files.createFile(file);
    var command = Command.of(tool.file(), place, program, arguments);
    LocalProcess.startPrinting(command, output, log).awaitSuccess(LIMIT);
  }

  private static void copyAll(Path source, Path target) throws IOException {
    try (Stream<Path> all = Files.walk(source)) {
      for (Path file : all.toList()) {
        Path copy = target.resolve(source.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          // Not Files.copy: Go's cache is read-only, and a copy that nobody can delete is a
          // nuisance.
          Files.write(copy, Files.readAllBytes(file));
        }
      }
    }
  }
}
