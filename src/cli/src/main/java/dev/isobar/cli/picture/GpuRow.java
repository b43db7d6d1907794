package dev.isobar.cli.picture;

import java.util.List;
import java.util.SortedMap;

/**
 * GPUs of a node that are shared out alike.
 *
 * @param indices which of the node's, ascending
 */
public record GpuRow(List<Integer> indices, Division division) {
  /** Copies the list. */
  public GpuRow {
    indices = List.copyOf(indices);
  }

  /** How a GPU is shared out. */
  public sealed interface Division {}

  /**
   * By MIG.
   *
   * @param slices by their place
   */
  public record Sliced(int computeSlices, int memorySlices, List<PicturedSlice> slices)
      implements Division {
    /** Copies the list. */
    public Sliced {
      slices = List.copyOf(slices);
    }

    /** Compute slices in no instance. */
    public int idleCompute() {
      return computeSlices - slices.stream().mapToInt(PicturedSlice::compute).sum();
    }

    /** Memory slices in no instance. */
    public int idleMemory() {
      return memorySlices - slices.stream().mapToInt(PicturedSlice::memory).sum();
    }
  }

  /** By MIG, of a product whose geometry is not known here: how many of each profile. */
  public record Unplaced(SortedMap<String, Integer> counts) implements Division {}

  /** Not at all. */
  public record Whole(List<String> users) implements Division {
    /** Copies the list. */
    public Whole {
      users = List.copyOf(users);
    }
  }

  /**
   * Among pods.
   *
   * @param inTurns whether pods take turns, by time-slicing; otherwise they run at the same time,
   *     by MPS
   */
  public record Shared(boolean inTurns, int replicas, List<String> users) implements Division {
    /** Copies the list. */
    public Shared {
      users = List.copyOf(users);
    }

    /** As one says it. */
    public String words() {
      return inTurns ? replicas + " pods take turns" : replicas + " pods at the same time (MPS)";
    }
  }

  /** Which GPUs: {@code GPU 0}, {@code GPU 2-7}, {@code GPU 0, 2-3}. */
  public String label() {
    var text = new StringBuilder("GPU ");
    for (int i = 0; i < indices.size(); i++) {
      int first = i;
      while (i + 1 < indices.size() && indices.get(i + 1) == indices.get(i) + 1) {
        i++;
      }
      text.append(first == 0 ? "" : ", ").append(indices.get(first));
      if (i > first) {
        text.append('\u2013').append(indices.get(i));
      }
    }
    return text.toString();
  }
}
