package dev.isobar.function.compose.gpu;

import dev.isobar.apis.decode.Mistake;
import java.util.List;

/** What became of an ask for divided GPUs. */
public sealed interface GpuPlanning {
  /** It can be done. */
  record Planned(AcceleratorPlan plan) implements GpuPlanning {}

  /**
   * It cannot be done.
   *
   * @param mistakes all that were found, at least one
   */
  record Refused(List<Mistake> mistakes) implements GpuPlanning {
    /** Copies the list. */
    public Refused {
      mistakes = List.copyOf(mistakes);
    }
  }
}
