package dev.isobar.bench.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * Processor time so far, of the machine, of ourselves and of one other process, in the kernel's
 * ticks.
 *
 * @param capacity what all processors could have done
 * @param busy what they did, the hypervisor's share included
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_stat.5.html">proc_stat(5)</a>
 */
public record Ticks(long capacity, long busy, long self, long other) {
  /** The kernel counts hundredths of a second for programs, whatever it uses itself. */
  private static final Duration TICK = Duration.ofMillis(10);

  private static final int IDLE = 3;
  private static final int WAITING = 4;

  /** The last column that is no part of another one. */
  private static final int STOLEN = 7;

  /** Counted after the command's name, which may hold blanks: the 14th and 15th of all columns. */
  private static final int USER = 11;

  /** The time so far, with that of the process of this number. */
  public static Ticks now(long pid) {
    return parse(
        read(Path.of("/proc/stat")),
        read(Path.of("/proc/self/stat")),
        read(Path.of("/proc", String.valueOf(pid), "stat")));
  }

  /** The time so far, without any other process. */
  public static Ticks now() {
    String self = read(Path.of("/proc/self/stat"));
    return parse(read(Path.of("/proc/stat")), self, "0 (nobody) R" + " 0".repeat(USER + 2));
  }

  static Ticks parse(String machine, String self, String other) {
    String line = machine.lines().findFirst().orElse("");
    String[] columns = line.substring(line.indexOf(' ')).strip().split(" ", -1);
    long capacity = 0;
    long idle = 0;
    for (int i = 0; i <= STOLEN; i++) {
      long ticks = Long.parseLong(columns[i]);
      capacity += ticks;
      idle += i == IDLE || i == WAITING ? ticks : 0;
    }
    return new Ticks(capacity, capacity - idle, ofProcess(self), ofProcess(other));
  }

  private static long ofProcess(String stat) {
    String[] columns = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
    return Long.parseLong(columns[USER]) + Long.parseLong(columns[USER + 1]);
  }

  /** What was used since an earlier time. */
  public Ticks since(Ticks earlier) {
    return new Ticks(
        capacity - earlier.capacity,
        busy - earlier.busy,
        self - earlier.self,
        other - earlier.other);
  }

  /** The share of the machine, from 0 to 1, that went to neither us nor the other process. */
  public double strangers() {
    return capacity == 0 ? 0 : Math.max(0, busy - self - other) / (double) capacity;
  }

  /** The other process' time, in milliseconds. */
  public double otherMillis() {
    return other * (double) TICK.toMillis();
  }

  /**
   * What a process' JIT compilers took so far, in milliseconds: its threads whose names begin with
   * C1 or C2, as HotSpot calls them. None for what is no JVM.
   */
  public static double compilingMillis(long pid) {
    long ticks = 0;
    Path threads = Path.of("/proc", String.valueOf(pid), "task");
    try (DirectoryStream<Path> all = Files.newDirectoryStream(threads)) {
      for (Path thread : all) {
        ticks += ofCompiler(thread.resolve("stat"));
      }
    } catch (IOException gone) {
      throw new UncheckedIOException("cannot read " + threads, gone);
    }
    return ticks * (double) TICK.toMillis();
  }

  private static long ofCompiler(Path stat) {
    try {
      String thread = Files.readString(stat);
      return isCompiler(thread) ? ofProcess(thread) : 0;
    } catch (IOException ended) {
      return 0; // compilers that find nothing to do end
    }
  }

  static boolean isCompiler(String stat) {
    return stat.substring(stat.indexOf('(') + 1).matches("C[12] Compiler(?s:.*)");
  }

  /** The memory that a process holds at the moment, in megabytes. */
  public static double residentMegabytes(long pid) {
    return megabytes(pid, "VmRSS:");
  }

  /** The most memory that a process ever held, in megabytes. */
  public static double mostResidentMegabytes(long pid) {
    return megabytes(pid, "VmHWM:");
  }

  private static double megabytes(long pid, String field) {
    return read(Path.of("/proc", String.valueOf(pid), "status"))
        .lines()
        .filter(line -> line.startsWith(field))
        .map(line -> line.substring(6).toLowerCase(Locale.ROOT).replace("kb", "").strip())
        .mapToDouble(kilobytes -> Double.parseDouble(kilobytes) * 1024 / 1e6)
        .sum();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException gone) {
      throw new UncheckedIOException("cannot read " + file, gone);
    }
  }
}
