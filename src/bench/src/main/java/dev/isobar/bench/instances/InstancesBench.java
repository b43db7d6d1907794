package dev.isobar.bench.instances;

import dev.isobar.bench.machine.Folders;
import dev.isobar.bench.machine.Ticks;
import dev.isobar.bench.report.Journal;
import dev.isobar.bench.report.RestTable;
import dev.isobar.testbed.build.Programs;
import dev.isobar.testbed.build.Progress;
import dev.isobar.testbed.build.Workbench;
import dev.isobar.testbed.cache.UserCache;
import dev.isobar.testbed.process.CannotRun;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The part of the benchmark that is about the provider. */
@Command(
    name = "instances",
    sortOptions = false,
    usageHelpWidth = 110,
    header = "Measures what Instances at rest cost, and how soon a new one is begun beside them.",
    description = {
      "",
      "Starts a Kubernetes API server with Isobar's kinds, a stand-in for an OpenStack, and"
          + " provider-isobar as it ships, all on the loopback. Lets the provider make the"
          + " Instances, starts it anew, and measures while nothing changes; then makes new"
          + " Instances one after the other. Needs what \"isobar e2e --build\" builds.",
      ""
    },
    footer = {
      "",
      "poll          from the beginning of a listing of the cloud to that of the next",
      "list calls    pages of that listing, of at most 1,000 servers",
      "single reads  requests about a single server",
      "passes        looks of the provider at an Instance",
      "writes        asked of the API server, by anybody; without those it makes for itself",
      "others        the share of the machine that went to processes that have no part in this",
      "first call    from asking for the Instance to the first question about its server",
      "first status  to the first condition in its status; the server is built within a second"
    })
public final class InstancesBench implements Callable<Integer> {
  private static final int CANNOT_RUN = 3;
  private static final int MANY = 10_000;
  private static final int FEW = 500;
  private static final double MEBI = 1 << 20;

  @Spec @Nullable CommandSpec spec;

  @Option(
      names = "--quick",
      description = "500 Instances, 5 new ones, polls of 15 s: to see that it works.")
  boolean quick;

  @Option(
      names = "--instances",
      paramLabel = "N",
      description = "How many are at rest. Default: 10000.")
  @Nullable Integer instances;

  @Option(
      names = "--polls",
      paramLabel = "N",
      defaultValue = "3",
      description = "How many polls are measured. Default: ${DEFAULT-VALUE}.")
  int polls;

  @Option(
      names = "--page-time",
      paramLabel = "MILLISECONDS",
      defaultValue = "1000",
      description = {
        "How long the cloud takes to list 1,000 servers; everything else it answers at once.",
        "Default: ${DEFAULT-VALUE}."
      })
  long pageTime;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  private final PrintStream progress = System.err;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path root = Objects.requireNonNull(spec).parent().findOption("--root").getValue();
    Path folder = root.resolve("target/bench/instances").toAbsolutePath().normalize();
    try {
      Folders.delete(folder);
      Files.createDirectories(folder);
      run(root.toAbsolutePath().normalize(), folder);
      return 0;
    } catch (CannotRun cannot) {
      progress.println("isobar: " + cannot.getMessage());
      return CANNOT_RUN;
    }
  }

  private void run(Path root, Path folder) throws InterruptedException {
    int usual = quick ? FEW : MANY;
    int many = instances == null ? usual : instances;
    Duration poll = Duration.ofSeconds(quick ? 15 : 60);
    int newcomers = quick ? 5 : 20;
    Path results = folder.resolveSibling("instances.jsonl");
    progress.println("starting an API server and a stand-in cloud; logs in " + folder);
    try (BenchPlane plane = BenchPlane.start(root, folder, programs(root));
        Journal journal = Journal.in(results)) {
      make(many, plane);
      plane.cloud().takeForThousand(Duration.ofMillis(pageTime));
      ProviderReplica provider =
          plane.startProvider(
              "provider", ProviderReplica.FLAGS, List.of("--poll=" + poll.toSeconds() + "s"));
      var resting = new RestingPolls(plane, provider, poll, progress);
      resting.awaitFirstLook(many);
      progress.println("measuring " + polls + " polls of " + poll.toSeconds() + " s");
      resting.measure(polls, journal);
      progress.println("making " + newcomers + " new Instances, over one more poll");
      new Newcomers(plane, progress).measure(newcomers, poll.dividedBy(newcomers), journal);
      double most = Ticks.mostResidentMegabytes(provider.process().pid()) * 1e6 / MEBI;
      System.out.print(RestTable.of(journal, many, most));
      progress.println("every measurement: " + results);
    }
  }

  /** Made by a provider in a hurry, so that it takes minutes and not a quarter of an hour. */
  private void make(int many, BenchPlane plane) throws InterruptedException {
    progress.println("making " + many + " Instances");
    ProviderReplica maker =
        plane.startProvider(
            "maker",
            List.of("-XX:+UseSerialGC", "-Xmx1g"),
            List.of("--poll=1h", "--max-reconcile-rate=2000", "--max-concurrent-reconciles=16"));
    new Fleet(plane, progress).make(many, maker);
    maker.process().stop();
  }

  static Programs programs(Path root) {
    Path home = Path.of(System.getProperty("user.home"));
    Path cache = UserCache.folder(System.getenv(), home).resolve("testbed");
    return new Workbench(root, cache, System.getenv(), new Progress(System.err)).build();
  }
}
