package dev.isobar.testbed.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** When a process began, as a word to be compared with another of the same process. */
final class Birth {
  /** Of those behind the name in brackets, which may hold anything: proc_pid_stat(5), field 22. */
  private static final int START_TIME = 22 - 3;

  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

  private Birth() {}

  /**
   * On Linux ticks since the machine began, and which beginning that was. The time of day, which
   * Java tells, moves with every step of the clock.
   */
  static String of(ProcessHandle process) {
    Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
    try {
      String line = Files.readString(stat);
      String ticks = line.substring(line.lastIndexOf(')') + 2).split(" ", -1)[START_TIME];
      return ticks + "@" + Files.readString(BOOT).strip();
    } catch (IOException elsewhere) { // or it has just ended
      return process.info().startInstant().map(start -> "" + start.toEpochMilli()).orElse("0");
    }
  }
}
