package dev.isobar.function.compose;

import dev.isobar.apis.decode.Decoded;
import dev.isobar.apis.decode.Decoder;
import dev.isobar.apis.platform.PlannedSlices;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.gpu.AcceleratorPlan;
import dev.isobar.function.compose.gpu.GpuPlan;
import dev.isobar.function.compose.plan.PoolDemand;
import java.util.List;
import java.util.Optional;

/** What users are told of the layouts that were chosen for them. */
final class PlannedGpus {
  private static final Decoder<PlannedSlices> READING = Decoder.of(PlannedSlices.class);

  private PlannedGpus() {}

  /** What users were told before; empty when that was nothing. */
  static Optional<PlannedSlices> read(Tree planned) {
    if (!planned.exists()) {
      return Optional.empty();
    }
    return switch (READING.decode(planned, "planned")) {
      case Decoded.Valid<PlannedSlices>(var before) -> Optional.of(before);
      case Decoded.Invalid<PlannedSlices> _ -> Optional.empty();
    };
  }

  static PlannedSlices of(PoolDemand demand) {
    AcceleratorPlan plan = demand.plan();
    GpuPlan node = plan.node();
    return new PlannedSlices(
        List.copyOf(node.layouts()),
        plan.served().stream()
            .map(served ->
                new PlannedSlices.Served(served.asked(), served.count(), served.resource()))
            .toList(),
        plan.nodes(),
        node.wastedComputeSlices(),
        node.wastedMemorySlices());
  }
}
