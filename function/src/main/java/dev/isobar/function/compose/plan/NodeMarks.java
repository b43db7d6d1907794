package dev.isobar.function.compose.plan;

import dev.isobar.apis.platform.Taint;
import dev.isobar.function.compose.gpu.GpuPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Labels and taints that nodes of a pool join with: the claim's and those of the GPU node contract.
 */
public final class NodeMarks {
  /** A taint of a node. */
  public record Mark(String key, String value, String effect) {
    /** The taint as flags and annotations have it: {@code key=value:Effect}. */
    public String text() {
      return key + "=" + value + ":" + effect;
    }
  }

  private NodeMarks() {}

  /** The labels the kubelet sets on a node of the pool. */
  public static SortedMap<String, String> labels(PoolPlan pool) {
    var labels = new TreeMap<String, String>();
    pool.pool()
        .labels()
        .forEach((key, value) -> {
          if (!NodeMarkChecks.throughClusterApi(key)) {
            labels.put(key, value);
          }
        });
    labels.put(Marks.POOL, pool.name());
    pool.gpu()
        .ifPresent(gpu -> {
          gpu.mig().ifPresent(config -> labels.put(Marks.MIG_CONFIG, config.name()));
          gpu.sharing().ifPresent(config -> labels.put(Marks.SHARING_CONFIG, config.name()));
          if (gpu.resources().containsKey(GpuPlan.WHOLE)) {
            labels.put(Marks.ACCELERATOR, gpu.model());
          }
        });
    return labels;
  }

  /** The labels that reach nodes through Cluster API, because the kubelet may not set them. */
  public static SortedMap<String, String> throughClusterApi(Map<String, String> labels) {
    var through = new TreeMap<String, String>();
    labels.forEach((key, value) -> {
      if (NodeMarkChecks.throughClusterApi(key)) {
        through.put(key, value);
      }
    });
    return through;
  }

  /** The taints that stay on a node. */
  public static List<Mark> lasting(PoolPlan pool) {
    List<Mark> taints = new ArrayList<>();
    if (pool.gpu().isPresent()) {
      taints.add(new Mark(Marks.GPU_TAINT, "", Taint.Effect.NoSchedule.name()));
    }
    pool.pool()
        .taints()
        .forEach(taint -> taints.add(new Mark(taint.key(), taint.value(), taint.effect().name())));
    return taints;
  }

  /** The taints a node joins with: own GPU machines keep pods away until their GPUs work. */
  public static List<Mark> joining(PoolPlan pool) {
    List<Mark> taints = new ArrayList<>(lasting(pool));
    if (pool.ownMachines()) {
      taints.add(new Mark(Marks.NOT_READY_TAINT, "", Taint.Effect.NoSchedule.name()));
    }
    return taints;
  }
}
