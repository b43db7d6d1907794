package dev.isobar.function.compose.capi;

import dev.isobar.apis.platform.DataDisk;
import dev.isobar.apis.tree.Fields;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.naming.Names;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.Marks;
import dev.isobar.function.compose.plan.NodeMarks;
import dev.isobar.function.compose.plan.PoolPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** The bootstrap template of a pool: how its machines become nodes. */
public final class BootstrapObject {
  static final String KIND = "KubeadmConfigTemplate";

  private static final int FILE_SYSTEM_LABEL = 16;

  private BootstrapObject() {}

  /** The template's name; it ends in the content hash, because a template never changes. */
  public static String name(ClusterPlan plan, PoolPlan pool) {
    return Names.part(plan.id().cluster(), pool.name(), "bootstrap", pool.bootstrapHash());
  }

  /** The KubeadmConfigTemplate. */
  public static SortedMap<String, Object> of(
      ClusterPlan plan, PoolPlan pool, Registration registration) {
    var nodeFiles = new NodeFiles(plan);
    List<Disks.Mount> mounts = mounts(pool);
    List<SortedMap<String, Object>> files = new ArrayList<>(nodeFiles.files(pool.pool().kubelet()));
    files.addAll(Disks.files(mounts));
    List<String> commands = new ArrayList<>(nodeFiles.commands());
    commands.addAll(Disks.commands(mounts));

    Fields node = registration.fields(NodeMarks.labels(pool));
    List<SortedMap<String, Object>> taints =
        NodeMarks.joining(pool).stream().map(BootstrapObject::taint).toList();
    Fields join = Fields.with("nodeRegistration", node.setUnlessEmpty("taints", taints));
    if (nodeFiles.patches(pool.pool().kubelet())) {
      join.set("patches", Fields.with("directory", NodeFiles.PATCHES));
    }
    Fields spec =
        Fields.with("joinConfiguration", join)
            .setUnlessEmpty("files", files)
            .setUnlessEmpty("preKubeadmCommands", commands)
            .set("ntp", nodeFiles.ntp());
    var object =
        CapiObjects.of(
                CapiObjects.BOOTSTRAP + "/" + CapiObjects.VERSION,
                KIND,
                plan.id(),
                name(plan, pool))
            .label(Marks.POOL, pool.name())
            .spec(Fields.with("template", Fields.with("spec", spec)));
    pool.gpu().ifPresent(gpu -> object.annotation(Marks.GPU_CONFIG, gpu.config().encode()));
    return object.map();
  }

  /** Where the additional disks of a pool's machines go. */
  static List<Disks.Mount> mounts(PoolPlan pool) {
    return pool.pool().disks().stream().map(BootstrapObject::mount).toList();
  }

  private static Disks.Mount mount(DataDisk disk) {
    String label =
        disk.name().length() <= FILE_SYSTEM_LABEL ? disk.name() : Names.digest(disk.name(), 12);
    return new Disks.Mount(label, disk.mountPath(), disk.size().gibibytes());
  }

  static SortedMap<String, Object> taint(NodeMarks.Mark mark) {
    return Fields.with("key", mark.key())
        .setUnlessEmpty("value", mark.value())
        .set("effect", mark.effect())
        .map();
  }

  /** The taints that nodes of a bootstrap template join with. */
  public static List<NodeMarks.Mark> taints(Tree template) {
    Tree spec = template.at("spec", "template", "spec");
    Tree kubeadm = spec.at("joinConfiguration", "nodeRegistration", "taints");
    Tree taints = kubeadm.exists() ? kubeadm : spec.at("kubelet", "config", NodeadmObject.TAINTS);
    return taints.items().stream()
        .map(taint ->
            new NodeMarks.Mark(
                taint.at("key").text().orElse(""),
                taint.at("value").text().orElse(""),
                taint.at("effect").text().orElse("")))
        .toList();
  }
}
