package dev.isobar.function.compose.workspace;

import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.plan.Marks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where a kind of server may run: on the nodes of its accelerator and nowhere else. */
public final class ServerPlace {
  /** What places pods where KAI Scheduler is asked for. */
  public static final String KAI_SCHEDULER = "kai-scheduler";

  /** The label of the queue that a pod is in. */
  public static final String KAI_QUEUE = "kai.scheduler/queue";

  private ServerPlace() {}

  /** The labels of its nodes; empty for any node without GPUs. */
  public static SortedMap<String, String> nodeSelector(ServerChoice server) {
    return server
        .offer()
        .<SortedMap<String, String>>map(offer -> new TreeMap<>(Map.of(Marks.POOL, offer.pool())))
        .orElseGet(Collections::emptySortedMap);
  }

  /** What it must tolerate of its nodes. */
  public static List<SortedMap<String, Object>> tolerations(ServerChoice server) {
    List<SortedMap<String, Object>> tolerations = new ArrayList<>();
    server
        .offer()
        .ifPresent(offer -> {
          tolerations.add(exists(Marks.GPU_TAINT, "NoSchedule"));
          offer
              .taints()
              .forEach(taint -> tolerations.add(exists(taint.key(), taint.effect().name())));
        });
    return tolerations;
  }

  private static SortedMap<String, Object> exists(String key, String effect) {
    return Fields.with("key", key).set("operator", "Exists").set("effect", effect).map();
  }
}
