package dev.isobar.cli.picture;

import java.util.List;
import java.util.StringJoiner;
import java.util.function.ToIntFunction;

/**
 * What a node looks like.
 *
 * @param note which nodes it is, while nodes are replaced; empty when all are alike
 * @param rows its GPUs, equal ones together
 */
public record PicturedNode(String note, List<GpuRow> rows) {
  /** Copies the list. */
  public PicturedNode {
    rows = List.copyOf(rows);
  }

  /** Compute slices of a node that are in no instance. */
  public int wastedCompute() {
    return sum(GpuRow.Sliced::idleCompute);
  }

  /** Memory slices of a node that are in no instance. */
  public int wastedMemory() {
    return sum(GpuRow.Sliced::idleMemory);
  }

  /** What of a node is in no slice; empty when nothing is. */
  public String waste() {
    var words = new StringJoiner(" and ");
    if (wastedCompute() > 0) {
      words.add(wastedCompute() + " of " + sum(GpuRow.Sliced::computeSlices) + " compute slices");
    }
    if (wastedMemory() > 0) {
      words.add(wastedMemory() + " of " + sum(GpuRow.Sliced::memorySlices) + " memory slices");
    }
    return words.length() == 0 ? "" : words + " of a node are in no slice";
  }

  private int sum(ToIntFunction<GpuRow.Sliced> slices) {
    int sum = 0;
    for (GpuRow row : rows) {
      if (row.division() instanceof GpuRow.Sliced sliced) {
        sum += row.indices().size() * slices.applyAsInt(sliced);
      }
    }
    return sum;
  }
}
