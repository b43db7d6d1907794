package dev.isobar.function.compose.addon;

import dev.isobar.function.compose.gpu.GpuConfigs;
import dev.isobar.function.compose.plan.NodeMarks;
import java.util.List;

/**
 * What the GPU Operator must know of the nodes with GPUs that there are or shall be.
 *
 * @param any whether there are any; those that go count until they are gone
 * @param configs what they are configured with
 * @param taints what they bear, which the Operator's pods must tolerate
 */
public record GpuNodes(boolean any, GpuConfigs configs, List<NodeMarks.Mark> taints) {}
