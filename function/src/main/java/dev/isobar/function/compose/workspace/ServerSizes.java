package dev.isobar.function.compose.workspace;

import dev.isobar.apis.schema.Size;
import dev.isobar.apis.workspace.ServerProfile;
import dev.isobar.function.compose.cloud.Machine;
import dev.isobar.function.compose.plan.Mistakes;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Checks that nodes hold a server of a kind: none can have all of a node. */
final class ServerSizes {
  private static final String NEEDS = ", and Kubernetes needs some";

  private final ServerProfile profile;
  private final String path;
  private final Mistakes mistakes;

  /**
   * Of one kind of server.
   *
   * @param path where it stands
   */
  ServerSizes(ServerProfile profile, String path, Mistakes mistakes) {
    this.profile = profile;
    this.path = path;
    this.mistakes = mistakes;
  }

  /** Any of these may be the one it runs on, so the smallest must hold it. */
  void check(List<Machine> machines) {
    String larger = "use an accelerator of larger machines";
    machines.stream()
        .filter(machine -> machine.cpu().isPresent())
        .min(Comparator.comparingInt(ServerSizes::processors))
        .filter(machine -> processors(machine) <= profile.cpu())
        .ifPresent(machine ->
            mistakes.add(
                path + ".cpu",
                "machine type " + machine.name() + " has " + processors(machine) + NEEDS,
                below(processors(machine)).orElse(larger)));
    machines.stream()
        .flatMap(machine -> machine.memory().stream())
        .min(Comparator.naturalOrder())
        .filter(least -> least.compareTo(profile.memory()) <= 0)
        .ifPresent(least ->
            mistakes.add(
                path + ".memory",
                "machine type " + named(machines, least) + " has " + least.text() + NEEDS,
                below(least).orElse(larger)));
  }

  /**
   * A server without GPUs fits where one kind of machine has more than it asks for.
   *
   * @param plain the machines without GPUs; empty when not all are known
   */
  void checkPlain(List<Machine> plain) {
    String larger = "have the cluster's app team add a pool of larger ones";
    int processors = plain.stream().mapToInt(ServerSizes::processors).max().orElse(0);
    if (!plain.isEmpty() && processors <= profile.cpu()) {
      mistakes.add(
          path + ".cpu",
          "the largest machines of the cluster without GPUs have " + processors + NEEDS,
          below(processors).map(ask -> ask + ", or " + larger).orElse(larger));
    }
    List<Machine> enough = plain.stream().filter(one -> processors(one) > profile.cpu()).toList();
    List<Machine> meant = enough.isEmpty() ? plain : enough;
    Optional<Size> most =
        meant.stream().flatMap(one -> one.memory().stream()).max(Comparator.naturalOrder());
    boolean told = meant.stream().allMatch(one -> one.memory().isPresent());
    most.filter(memory -> told && memory.compareTo(profile.memory()) <= 0)
        .ifPresent(memory ->
            mistakes.add(
                path + ".memory",
                (meant.size() == plain.size()
                        ? "the largest machines of the cluster without GPUs have "
                        : "those machines of the cluster without GPUs that have processors enough"
                            + " have no more than ")
                    + memory.text()
                    + NEEDS,
                below(memory).map(ask -> ask + ", or " + larger).orElse(larger)));
  }

  private static int processors(Machine machine) {
    return machine.cpu().orElse(Integer.MAX_VALUE);
  }

  private static String named(List<Machine> machines, Size memory) {
    return machines.stream()
        .filter(machine -> machine.memory().filter(memory::equals).isPresent())
        .map(Machine::name)
        .findFirst()
        .orElse("");
  }

  /** To ask for the most that is less; empty when that is none. */
  private static Optional<String> below(int processors) {
    return Optional.of(processors - 1)
        .filter(most -> most > 0)
        .map(most -> "ask for " + most + " or less");
  }

  /** To ask for the most that is less, in a whole unit; empty when no server could live on it. */
  private static Optional<String> below(Size memory) {
    long mebibytes = (memory.bytes() - 1) >> 20;
    Size most = new Size(mebibytes < 1024 ? mebibytes + "Mi" : (mebibytes >> 10) + "Gi");
    return Optional.of(most)
        .filter(size -> size.compareTo(HubChecks.LEAST_MEMORY) >= 0)
        .map(size -> "ask for " + size.text() + " or less");
  }
}
