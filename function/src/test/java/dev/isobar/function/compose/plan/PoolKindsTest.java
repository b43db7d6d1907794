package dev.isobar.function.compose.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PoolKindsTest {
  private static List<Integer> shares(int nodes, List<Integer> needed) {
    return IntStream.range(0, needed.size())
        .mapToObj(kind -> PoolKinds.share(nodes, needed, kind))
        .toList();
  }

  @ParameterizedTest(name = "{0} nodes for {1}: {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "4 | 3 1 | 3 1 | just what is needed",
        "8 | 3 1 | 6 2 | twice as much",
        "2 | 9 1 | 1 1 | one of each first",
        "1 | 3 1 | 1 0 | too few for one of each",
        "0 | 3 1 | 0 0 | none",
        "7 | 5 | 7 | all are alike",
        "5 | 1 1 1 | 2 2 1 | the first of equals",
      })
  void areSharedOutAsTheyAreNeeded(int nodes, String needed, String shares, String reason) {
    assertThat(shares(nodes, numbers(needed))).as(reason).isEqualTo(numbers(shares));
  }

  @Test
  void noneHasFewerOfMoreAndTheSumHolds() {
    for (List<Integer> needed : List.of(List.of(4, 3, 1), List.of(1, 1), List.of(9, 2, 2, 1))) {
      List<Integer> before = shares(0, needed);
      int most = needed.stream().mapToInt(Integer::intValue).sum();
      for (int nodes = 1; nodes < 3 * most; nodes++) {
        List<Integer> now = shares(nodes, needed);
        assertThat(now.stream().mapToInt(Integer::intValue).sum()).isEqualTo(nodes);
        if (nodes != needed.size()) {
          for (int kind = 0; kind < needed.size(); kind++) {
            assertThat(now.get(kind))
                .as("%d of %s", nodes, needed)
                .isGreaterThanOrEqualTo(before.get(kind));
          }
        }
        before = now;
      }
      assertThat(shares(most, needed)).isEqualTo(needed);
    }
  }

  private static List<Integer> numbers(String text) {
    return Arrays.stream(text.strip().split(" ")).map(Integer::valueOf).toList();
  }
}
