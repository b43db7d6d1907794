package dev.isobar.function.compose.plan;

import dev.isobar.apis.platform.Kubelet;
import dev.isobar.apis.schema.Size;
import dev.isobar.function.compose.cloud.Machine;
import java.util.Optional;

/**
 * Checks that what is kept for the system leaves pods something of a machine; a kubelet that has
 * nothing for pods does not start.
 */
final class ReservedChecks {
  /** What must be left for pods. */
  private static final long MEBIBYTES = 512;

  private static final int MILLIS = 100;

  private final Kubelet general;
  private final Mistakes mistakes;

  /**
   * @param general settings of all nodes, used where a pool says nothing
   */
  ReservedChecks(Kubelet general, Mistakes mistakes) {
    this.general = general;
    this.mistakes = mistakes;
  }

  /** Checks nodes on a machine type, as far as its size is known. */
  void check(Machine machine, Kubelet own, String path) {
    String memoryPath = place(own.reservedMemory().isPresent(), path) + ".reservedMemory";
    String cpuPath = place(own.reservedCpu().isPresent(), path) + ".reservedCpu";
    Optional<Size> memory = own.reservedMemory().or(general::reservedMemory);
    Optional<String> cpu = own.reservedCpu().or(general::reservedCpu);
    memory.ifPresent(kept ->
        machine.memory().ifPresent(all -> checkMemory(kept, all, machine.name(), memoryPath)));
    cpu.ifPresent(
        kept -> machine.cpu().ifPresent(all -> checkCpu(kept, all, machine.name(), cpuPath)));
  }

  private static String place(boolean own, String path) {
    return own ? path + ".kubelet" : "spec.nodes.kubelet";
  }

  private void checkMemory(Size kept, Size all, String type, String path) {
    long most = (all.bytes() >> 20) - MEBIBYTES;
    if (kept.bytes() > most << 20) {
      mistakes.add(
          path,
          kept.text()
              + " leaves pods less than "
              + MEBIBYTES
              + "Mi of the "
              + all.text()
              + " of machine type "
              + type,
          remedy(most, "Mi"));
    }
  }

  private void checkCpu(String kept, int all, String type, String path) {
    long most = 1000L * all - MILLIS;
    if (millis(kept) > most) {
      mistakes.add(
          path,
          kept
              + " leaves pods less than "
              + MILLIS
              + "m of the "
              + all
              + " CPUs of machine type "
              + type,
          remedy(most, "m"));
    }
  }

  private static String remedy(long most, String unit) {
    return most > 0
        ? "set it to at most " + most + unit + ", or choose a larger machine type"
        : "choose a larger machine type";
  }

  private static long millis(String cpu) {
    return cpu.endsWith("m")
        ? Long.parseLong(cpu.substring(0, cpu.length() - 1))
        : 1000L * Long.parseLong(cpu);
  }
}
