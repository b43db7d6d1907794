package dev.isobar.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalTest {
  @TempDir Path folder;

  @Test
  void keepsWhatCountsAndWritesEverything() throws Exception {
    Path file = folder.resolve("results.jsonl");
    try (Journal journal = Journal.in(file)) {
      journal.add(burst("ours", 1.0, 10), true);
      journal.add(burst("ours", 3.0, 30), true);
      journal.add(burst("ours", 99.0, 99), false);
      journal.add(burst("floor", 4.0, 20), true);
      journal.add(new Start(1, "ours", 812.5, 1200, 120, 0.01), true);
      String table =
          Table.of(
              journal, List.of("settled"), List.of(1), List.of("ours", "floor"), List.of("ours"));
      assertThat(plain(table))
          .containsExactly(
              "request callers function req/s p50 ms p99 ms CPU ms compiling of floor",
              "settled 1 ours 500 2.00 8.00 2.00 0.50 0.50",
              "settled 1 floor 500 2.00 8.00 4.00 1.00 1.00",
              "",
              "function first answer ms CPU ms idle RSS MB loaded RSS MB",
              "ours 813 1200 120 30");
      assertThat(plain(Table.ofStarts(journal, List.of("ours", "floor"))))
          .as("the lower half alone, and somebody who was not started")
          .containsExactly(
              "function first answer ms CPU ms idle RSS MB loaded RSS MB",
              "ours 813 1200 120 30",
              "floor - - - 20");
    }
    assertThat(Files.readAllLines(file))
        .hasSize(5)
        .contains(
            "{\"measured\": \"start\", \"round\": 1, \"function\": \"ours\", \"first\": 812.5000,"
                + " \"cpu\": 1200.0000, \"resident\": 120.0000, \"strangers\": 0.0100,"
                + " \"counts\": true}");
  }

  private static Stream<String> plain(String table) {
    return table.lines().map(line -> line.strip().replaceAll(" +", " "));
  }

  private static Burst burst(String function, double cpu, double resident) {
    return new Burst(1, function, "settled", 1, 1000, 500, 2, 8, cpu, cpu / 4, resident, 0.01);
  }
}
