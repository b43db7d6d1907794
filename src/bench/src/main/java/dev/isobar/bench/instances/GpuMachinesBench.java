package dev.isobar.bench.instances;

import dev.isobar.bench.machine.Folders;
import dev.isobar.bench.machine.Ticks;
import dev.isobar.bench.report.Journal;
import dev.isobar.bench.report.MachineRates;
import dev.isobar.bench.report.RestTable;
import dev.isobar.testbed.process.CannotRun;
import dev.isobar.testbed.workload.WorkloadCluster;
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

/** The part of the benchmark that is about GPU nodes of Cluster API. */
@Command(
    name = "gpu-machines",
    sortOptions = false,
    usageHelpWidth = 110,
    header = "Measures what GpuMachines at rest cost the provider.",
    description = {
      "",
      "Starts a Kubernetes API server with Isobar's kinds, a second one with the nodes, a stand-in"
          + " for an OpenStack, and provider-isobar as it ships, all on the loopback; Cluster API"
          + " is played. Lets the provider make the machines and release their nodes, starts it"
          + " anew, and measures while nothing changes. Needs what \"isobar e2e --build\" builds.",
      ""
    },
    footer = {
      "",
      "The columns are those of \"isobar bench instances\"; passes are those over Instances."
    })
public final class GpuMachinesBench implements Callable<Integer> {
  private static final int CANNOT_RUN = 3;
  private static final int MANY = 1000;
  private static final int FEW = 100;
  private static final int LONG = 60;

  /** Three of them take longer than a GpuMachine rests between two looks, which is a minute. */
  private static final int SHORT = 25;

  private static final double MEBI = 1 << 20;
  private static final double MINUTE = 60e9;
  private static final String CLUSTER_API = "--enable-cluster-api";

  @Spec @Nullable CommandSpec spec;

  @Option(names = "--quick", description = "100 GpuMachines, polls of 25 s: to see that it works.")
  boolean quick;

  @Option(
      names = "--machines",
      paramLabel = "N",
      description = "How many are at rest, in one cluster. Default: 1000.")
  @Nullable Integer machines;

  @Option(
      names = "--polls",
      paramLabel = "N",
      defaultValue = "3",
      description = "How many polls are measured. Default: ${DEFAULT-VALUE}.")
  int polls;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  private final PrintStream progress = System.err;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path root = Objects.requireNonNull(spec).parent().findOption("--root").getValue();
    Path folder = root.resolve("target/bench/gpu-machines").toAbsolutePath().normalize();
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
    int many = machines == null ? usual : machines;
    Duration poll = Duration.ofSeconds(quick ? SHORT : LONG);
    Path results = folder.resolveSibling("gpu-machines.jsonl");
    progress.println("starting two API servers and a stand-in cloud; logs in " + folder);
    try (BenchPlane plane = BenchPlane.start(root, folder, InstancesBench.programs(root));
        WorkloadCluster workload = plane.startWorkload();
        Journal journal = Journal.in(results)) {
      var nodes = new WorkloadNodes(workload);
      make(many, plane, nodes);
      ProviderReplica provider =
          plane.startProvider(
              "provider",
              ProviderReplica.FLAGS,
              List.of("--poll=" + poll.toSeconds() + "s", CLUSTER_API));
      var resting = new RestingPolls(plane, provider, poll, progress);
      resting.awaitFirstLook(many);
      resting.awaitFirstLookAtMachines(many);
      MachineRates rates = measure(resting, provider, nodes, journal, poll);
      double most = Ticks.mostResidentMegabytes(provider.process().pid()) * 1e6 / MEBI;
      System.out.print(RestTable.ofMachines(journal, many, most, rates));
      progress.println("every measurement: " + results);
    }
  }

  private MachineRates measure(
      RestingPolls resting,
      ProviderReplica provider,
      WorkloadNodes nodes,
      Journal journal,
      Duration poll)
      throws InterruptedException {
    progress.println("measuring " + polls + " polls of " + poll.toSeconds() + " s");
    long start = System.nanoTime();
    double passes = provider.machinePasses();
    long lists = nodes.lists();
    resting.measure(polls, journal);
    double minutes = (System.nanoTime() - start) / MINUTE;
    return new MachineRates(
        (provider.machinePasses() - passes) / minutes, (nodes.lists() - lists) / minutes);
  }

  /** Made by a provider in a hurry. */
  private void make(int many, BenchPlane plane, WorkloadNodes nodes) throws InterruptedException {
    progress.println("making " + many + " GpuMachines");
    var fleet = new GpuFleet(plane, nodes, progress);
    fleet.cluster();
    ProviderReplica maker =
        plane.startProvider(
            "maker",
            List.of("-XX:+UseSerialGC", "-Xmx1g"),
            List.of(
                "--poll=1h",
                "--max-reconcile-rate=2000",
                "--max-concurrent-reconciles=16",
                CLUSTER_API));
    fleet.make(many);
    maker.process().stop();
  }
}
