package dev.isobar.function.compose;

import dev.isobar.apis.platform.PlannedSlices;
import dev.isobar.function.compose.gpu.AcceleratorPlan;
import dev.isobar.function.compose.gpu.GpuPlan;
import dev.isobar.function.compose.plan.PoolDemand;
import java.util.List;

/** What users are told of the layouts that were chosen for them. */
final class PlannedGpus {
  private PlannedGpus() {}

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
