package dev.isobar.bench;

import dev.isobar.bench.floor.GoFloor;
import dev.isobar.bench.floor.Recipe;
import dev.isobar.bench.instances.GpuMachinesBench;
import dev.isobar.bench.instances.InstancesBench;
import dev.isobar.bench.packing.PackingBench;
import dev.isobar.bench.report.Journal;
import dev.isobar.bench.report.Table;
import dev.isobar.bench.request.Situation;
import dev.isobar.bench.request.Situations;
import dev.isobar.bench.request.Story;
import dev.isobar.bench.server.Certificates;
import dev.isobar.bench.server.Contender;
import dev.isobar.bench.server.ImageFunction;
import dev.isobar.packaging.CannotPackage;
import dev.isobar.packaging.runtime.LaidOutFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/** The program. */
@Command(
    name = "bench",
    sortOptions = false,
    usageHelpWidth = 110,
    mixinStandardHelpOptions = false,
    subcommands = {InstancesBench.class, GpuMachinesBench.class, PackingBench.class},
    header = "Measures function-isobar side by side with a hand-written function in Go.",
    description = {
      "",
      "Starts each function as a process of its own and asks it over one mTLS connection, one after"
          + " the other, in several rounds. Prints medians; every single measurement goes to a file"
          + " of JSON lines. Without Go it measures function-isobar alone.",
      "",
      "function-isobar is laid out as in its image, and its cache of classes comes out of the"
          + " rehearsal by which \"isobar package\" makes the image's.",
      ""
    },
    footer = {
      "",
      "Figures are only worth telling from a machine that does nothing else: what is disturbed is"
          + " measured again,",
      "and said to be so when that does not help."
    })
public final class BenchMain implements Callable<Integer> {
  private static final int CANNOT_RUN = 3;
  private static final String OURS = "function-isobar";
  private static final String UNCACHED = "function-isobar, no class cache";
  private static final String FLOOR = "Go floor";

  /** Go compiles ahead of time; its connection and memory still settle. */
  private static final Duration GO_WARM_UP = Duration.ofSeconds(2);

  private final Map<String, String> environment;

  @Option(names = "--starts", description = "Only cold starts: two minutes.")
  boolean starts;

  @Option(names = "--quick", description = "A smoke run of a minute; its figures say little.")
  boolean quick;

  @Option(names = "--rounds", paramLabel = "N", description = "How many rounds. Default: 3.")
  @Nullable Integer rounds;

  @Option(
      names = "--tolerance",
      paramLabel = "SHARE",
      defaultValue = "0.05",
      description = {
        "The share of the machine that others may take while something is measured.",
        "Default: ${DEFAULT-VALUE}."
      })
  double tolerance;

  @Option(
      names = "--root",
      paramLabel = "FOLDER",
      defaultValue = ".",
      description = "The checkout. Default: the current folder.")
  Path root = Path.of(".");

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  private BenchMain(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Runs the benchmark; see {@code --help}. */
  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new BenchMain(System.getenv()))
            .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
            .execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    try {
      measure(root.toAbsolutePath().normalize());
      return 0;
    } catch (CannotPackage cannot) {
      System.err.println("isobar: " + cannot.getMessage());
      return CANNOT_RUN;
    }
  }

  private void measure(Path checkout) throws IOException, InterruptedException {
    Path folder = Files.createDirectories(checkout.resolve("target/bench"));
    List<Situation> situations =
        Situations.of(Story.read(checkout.resolve("examples/openstack-gpu-lab")));
    situations.forEach(BenchMain::describe);
    Certificates certificates = Certificates.make(folder.resolve("certificates"), Instant.now());
    Path results = folder.resolve(starts ? "starts.jsonl" : "results.jsonl");
    System.err.println("laying out the image's function and rehearsing it for its class cache");
    LaidOutFunction image = ImageFunction.make(checkout, folder.resolve("image"));
    Contender cached = Contender.isobar(OURS, image.withCache(), pace().warmUp());
    Contender plain = Contender.isobar(UNCACHED, image.withoutCache(), pace().warmUp());
    Optional<Contender> floor = floor(checkout, folder, situations);
    try (Journal journal = Journal.in(results)) {
      var comparison =
          new Comparison(pace(), tolerance, situations, certificates, folder, journal, System.err);
      List<Contender> loaded = Stream.concat(Stream.of(cached), floor.stream()).toList();
      List<Contender> started = Stream.concat(Stream.of(cached, plain), floor.stream()).toList();
      if (starts) {
        comparison.runStarts(started);
        System.out.print(Table.ofStarts(journal, names(started)));
      } else {
        comparison.run(loaded, List.of(plain));
        System.out.print(table(journal, situations, names(loaded), names(started)));
      }
      System.err.println("every measurement: " + results);
    }
  }

  private static List<String> names(List<Contender> contenders) {
    return contenders.stream().map(Contender::name).toList();
  }

  private Pace pace() {
    Pace pace = quick ? Pace.QUICK : Pace.FULL;
    return rounds == null ? pace : pace.withRounds(rounds);
  }

  private static void describe(Situation situation) {
    System.err.printf(
        "%-8s %3d observed, %3d composed, request %d bytes, answer %d bytes%n",
        situation.name(),
        situation.observed(),
        situation.composed().size(),
        situation.bytes().length,
        situation.answer().getSerializedSize());
  }

  private Optional<Contender> floor(Path checkout, Path folder, List<Situation> situations)
      throws IOException, InterruptedException {
    System.err.println("building the function in Go");
    Optional<Path> program =
        GoFloor.build(
            checkout.resolve("src/bench/gofloor"),
            cacheFolder(),
            environment.getOrDefault("PATH", ""));
    if (program.isEmpty()) {
      System.err.println("Go is not installed: measuring function-isobar alone");
      return Optional.empty();
    }
    Path recipes = Files.writeString(folder.resolve("recipes.json"), Recipe.write(situations));
    return Optional.of(Contender.go(FLOOR, program.get(), recipes, GO_WARM_UP));
  }

  private Path cacheFolder() {
    String home = environment.getOrDefault("HOME", "");
    String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
    return (cache.isEmpty() ? Path.of(home, ".cache") : Path.of(cache)).resolve("isobar");
  }

  private static String table(
      Journal journal, List<Situation> situations, List<String> functions, List<String> starters) {
    return Table.of(
        journal,
        situations.stream().map(Situation::name).toList(),
        Comparison.CALLERS,
        functions,
        starters);
  }
}
