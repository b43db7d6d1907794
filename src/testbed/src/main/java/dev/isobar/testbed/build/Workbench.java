package dev.isobar.testbed.build;

import dev.isobar.testbed.cache.Folders;
import dev.isobar.testbed.process.CannotRun;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Builds what is not in the cache yet.
 *
 * <p>A part is built beside its place and moved there when it is whole, so that nothing half made
 * is ever found; one build runs at a time, whoever asks.
 */
public final class Workbench {
  private static final String ASSETS = "KUBEBUILDER_ASSETS";

  /** What such a folder holds by custom. */
  private static final List<Program> CUSTOMARY =
      List.of(Program.ETCD, Program.KUBE_APISERVER, Program.KUBECTL);

  private final Path recipes;
  private final Path cache;
  private final Optional<Path> assets;
  private final String searchPath;
  private final Progress progress;

  /**
   * A workbench.
   *
   * @param checkout the folder of this project
   * @param cache a folder of the user's that outlives the checkout
   * @param environment tells the search path, and {@code KUBEBUILDER_ASSETS}: a folder with etcd,
   *     kube-apiserver and kubectl, which are taken from there instead of being built
   */
  public Workbench(Path checkout, Path cache, Map<String, String> environment, Progress progress) {
    recipes = checkout.resolve("src/testbed/programs");
    this.cache = cache;
    assets =
        Optional.ofNullable(environment.get(ASSETS))
            .filter(value -> !value.isBlank())
            .map(value -> Path.of(value).toAbsolutePath());
    searchPath = environment.getOrDefault("PATH", "");
    this.progress = progress;
  }

  /**
   * Everything, built now where it is not there yet.
   *
   * @throws CannotRun when it cannot be built
   */
  public Programs build() {
    try {
      tellOfAssets();
      List<Recipe> missing = missing();
      if (!missing.isEmpty()) {
        Files.createDirectories(cache);
        try (FileChannel file =
                FileChannel.open(
                    cache.resolve("build.lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            var _ = locked(file)) {
          // Another build may have made some meanwhile.
          build(missing());
        }
      }
      return found();
    } catch (IOException failed) {
      throw new CannotRun("cannot build the programs of the control plane", failed);
    }
  }

  private FileLock locked(FileChannel file) throws IOException {
    FileLock free = file.tryLock();
    if (free != null) {
      return free;
    }
    progress.say("waiting for another build into " + cache + ", which takes up to half an hour");
    return file.lock();
  }

  private void build(List<Recipe> missing) throws IOException {
    if (missing.isEmpty()) {
      return;
    }
    GoTool go = GoTool.find(searchPath);
    progress.say(
        "building the programs of the control plane, "
            + missing.size()
            + " parts, into "
            + cache
            + "; this takes up to half an hour, once");
    for (Recipe recipe : missing) {
      Path place = cache.resolve(recipe.key());
      Path unfinished = cache.resolve("." + recipe.part().folder());
      Folders.delete(unfinished);
      Files.createDirectories(unfinished);
      long start = System.nanoTime();
      new PartBuild(recipe, unfinished, go, progress).make(tools());
      Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE);
      progress.done(recipe.words(), Duration.ofNanos(System.nanoTime() - start));
    }
  }

  private List<Recipe> missing() throws IOException {
    var missing = new ArrayList<Recipe>();
    for (Recipe recipe : recipes()) {
      if (!Files.exists(cache.resolve(recipe.key()))) {
        missing.add(recipe);
      }
    }
    return missing;
  }

  private List<Recipe> recipes() throws IOException {
    var all = new ArrayList<Recipe>();
    for (Part part : Part.values()) {
      Recipe recipe = recipe(part);
      if (!recipe.programs().isEmpty() || !recipe.papers().isEmpty()) {
        all.add(recipe);
      }
    }
    return all;
  }

  /** A part that was built whole is used whole, whatever assets there are. */
  private Recipe recipe(Part part) throws IOException {
    Path folder = recipes.resolve(part.folder());
    List<Program> programs = Program.of(part);
    Recipe whole = new Recipe(part, folder, programs);
    return Files.exists(cache.resolve(whole.key()))
        ? whole
        : new Recipe(part, folder, programs.stream().filter(one -> asset(one).isEmpty()).toList());
  }

  private void tellOfAssets() throws IOException {
    if (assets.isEmpty()) {
      return;
    }
    String place = ASSETS + " (" + assets.get() + ")";
    List<Program> own = recipes().stream().flatMap(recipe -> recipe.programs().stream()).toList();
    List<Program> there =
        Stream.of(Program.values()).filter(one -> asset(one).isPresent()).toList();
    tell("taken from " + place, there.stream().filter(one -> !own.contains(one)));
    tell("in " + place + ", but built before", there.stream().filter(own::contains));
    tell("not in " + place, CUSTOMARY.stream().filter(one -> !there.contains(one)));
  }

  private void tell(String words, Stream<Program> programs) {
    List<String> files = programs.map(Program::file).toList();
    if (!files.isEmpty()) {
      progress.say(words + ": " + String.join(", ", files));
    }
  }

  private Optional<Path> asset(Program program) {
    boolean customary = program.part() == Part.ETCD || program.part() == Part.KUBERNETES;
    return assets
        .filter(_ -> customary)
        .map(folder -> folder.resolve(program.file()))
        .filter(Files::isExecutable);
  }

  private Programs found() throws IOException {
    Map<Program, Path> programs = tools();
    var papers = new EnumMap<Paper, Path>(Paper.class);
    for (Recipe recipe : recipes()) {
      Path folder = cache.resolve(recipe.key());
      recipe.papers().forEach(paper -> papers.put(paper, folder.resolve(paper.file())));
    }
    return new Programs(programs, papers, cache);
  }

  /** The programs that are there already. */
  private Map<Program, Path> tools() throws IOException {
    var programs = new EnumMap<Program, Path>(Program.class);
    for (Program program : Program.values()) {
      asset(program).ifPresent(file -> programs.put(program, file));
    }
    for (Recipe recipe : recipes()) {
      Path folder = cache.resolve(recipe.key());
      if (Files.exists(folder)) {
        recipe.programs().forEach(one -> programs.put(one, folder.resolve(one.file())));
      }
    }
    return programs;
  }
}
