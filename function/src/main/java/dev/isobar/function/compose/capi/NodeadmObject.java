package dev.isobar.function.compose.capi;

import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.Marks;
import dev.isobar.function.compose.plan.NodeMarks;
import dev.isobar.function.compose.plan.PoolPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * The bootstrap template of a pool on EKS: what nodeadm, which is on the images of Amazon Linux
 * 2023, shall know besides the cluster. It starts containerd and kubelet after the commands.
 */
public final class NodeadmObject {
  /** The kind of the template. */
  public static final String KIND = "NodeadmConfigTemplate";

  /** The field of KubeletConfiguration with what a node joins with. */
  static final String TAINTS = "registerWithTaints";

  private NodeadmObject() {}

  /** The NodeadmConfigTemplate. */
  public static SortedMap<String, Object> of(ClusterPlan plan, PoolPlan pool) {
    var nodeFiles = new NodeFiles(plan);
    List<Disks.Mount> mounts = BootstrapObject.mounts(pool);
    List<SortedMap<String, Object>> files = new ArrayList<>(nodeFiles.files());
    files.addAll(Disks.files(mounts));
    List<String> commands = new ArrayList<>(nodeFiles.trust());
    commands.addAll(Disks.commands(mounts));
    List<SortedMap<String, Object>> taints =
        NodeMarks.joining(pool).stream().map(BootstrapObject::taint).toList();
    Fields config =
        Fields.none()
            .setAll(nodeFiles.kubelet(pool.pool().kubelet()))
            .setUnlessEmpty(TAINTS, taints);
    Fields kubelet =
        Fields.with("flags", List.of("--node-labels=" + text(NodeMarks.labels(pool))))
            .setUnlessEmpty("config", config);
    Fields spec =
        Fields.with("kubelet", kubelet)
            .setUnlessEmpty("files", files)
            .setUnlessEmpty("preNodeadmCommands", commands)
            .set("ntp", nodeFiles.ntp());
    var object =
        CapiObjects.of(
                CapiObjects.BOOTSTRAP + "/" + CapiObjects.VERSION,
                KIND,
                plan.id(),
                BootstrapObject.name(plan, pool))
            .label(Marks.POOL, pool.name())
            .spec(Fields.with("template", Fields.with("spec", spec)));
    pool.gpu().ifPresent(gpu -> object.annotation(Marks.GPU_CONFIG, gpu.config().encode()));
    return object.map();
  }

  private static String text(Map<String, String> labels) {
    return labels.entrySet().stream()
        .map(label -> label.getKey() + "=" + label.getValue())
        .collect(Collectors.joining(","));
  }
}
