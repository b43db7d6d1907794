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

  /** The labels of its nodes; empty for any node without GPUs, and where several pools have it. */
  public static SortedMap<String, String> nodeSelector(ServerChoice server) {
    return server.offers().size() == 1
        ? new TreeMap<>(Map.of(Marks.POOL, server.offers().getFirst().pool()))
        : Collections.emptySortedMap();
  }

  /** The pools it may run in as terms of a node selector, where there are several. */
  public static List<SortedMap<String, Object>> nodeSelectorTerms(ServerChoice server) {
    List<String> pools = server.offers().stream().map(AcceleratorOffer::pool).toList();
    return pools.size() < 2
        ? List.of()
        : List.of(
            Fields.with(
                    "matchExpressions",
                    List.of(
                        Fields.with("key", Marks.POOL)
                            .set("operator", "In")
                            .set("values", pools)
                            .map()))
                .map());
  }

  /** What it must tolerate of its nodes. */
  public static List<SortedMap<String, Object>> tolerations(ServerChoice server) {
    List<SortedMap<String, Object>> tolerations = new ArrayList<>();
    server.offers().stream()
        .findFirst()
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
