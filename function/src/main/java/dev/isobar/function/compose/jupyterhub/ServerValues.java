package dev.isobar.function.compose.jupyterhub;

import dev.isobar.apis.schema.Size;
import dev.isobar.apis.tree.Fields;
import dev.isobar.apis.workspace.QueueingScheduler;
import dev.isobar.apis.workspace.ServerProfile;
import dev.isobar.function.compose.workspace.ServerChoice;
import dev.isobar.function.compose.workspace.ServerPlace;
import dev.isobar.function.compose.workspace.WorkspacePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code singleuser.profileList}: the kinds of servers, as what they change of KubeSpawner. A list
 * replaces what stands elsewhere, so each is whole; a map is merged with it.
 *
 * @see <a
 *     href="https://github.com/jupyterhub/kubespawner/blob/7.0.0/kubespawner/spawner.py">KubeSpawner</a>
 */
final class ServerValues {
  private static final long GIB = 1L << 30;
  private static final long MIB = 1L << 20;

  private static final String SHARED_MEMORY = "shm";

  private final WorkspacePlan plan;

  ServerValues(WorkspacePlan plan) {
    this.plan = plan;
  }

  List<SortedMap<String, Object>> list() {
    boolean chosen = plan.servers().stream().anyMatch(one -> one.profile().preselected());
    List<SortedMap<String, Object>> list = new ArrayList<>();
    for (ServerChoice server : plan.servers()) {
      boolean first = !chosen && list.isEmpty();
      list.add(
          Fields.with("slug", server.profile().name())
              .set("display_name", server.title())
              .set(
                  "description",
                  server.profile().description().orElseGet(() -> description(server)))
              .set("default", first || server.profile().preselected())
              .set("kubespawner_override", override(server))
              .map());
    }
    return list;
  }

  private static String description(ServerChoice server) {
    ServerProfile profile = server.profile();
    String processors =
        profile.cpu()
            + (profile.cpu() == 1 ? " processor, " : " processors, ")
            + profile.memory().text();
    return server
        .resource()
        .map(resource -> processors + ", " + server.count() + " x " + resource)
        .orElse(processors);
  }

  private Fields override(ServerChoice server) {
    ServerProfile profile = server.profile();
    String memory = bytes(profile.memory());
    Fields override =
        Fields.with("image", profile.image())
            .set("cpu_guarantee", profile.cpu())
            .set("cpu_limit", profile.cpu())
            .set("mem_guarantee", memory)
            .set("mem_limit", memory)
            .setUnlessEmpty("node_selector", ServerPlace.nodeSelector(server))
            .setUnlessEmpty("node_affinity_required", ServerPlace.nodeSelectorTerms(server))
            .set("tolerations", tolerations(server));
    if (!server.mps()) {
      addSharedMemory(override);
    }
    server
        .resource()
        .ifPresent(resource -> {
          var amount =
              new TreeMap<String, Object>(Map.of(resource, String.valueOf(server.count())));
          override.set("extra_resource_guarantees", amount).set("extra_resource_limits", amount);
        });
    plan.spec()
        .scheduler()
        .flatMap(QueueingScheduler::kai)
        .ifPresent(_ -> override.set("scheduler_name", ServerPlace.KAI_SCHEDULER));
    return override;
  }

  /**
   * Shared memory is part of a server's own, so it needs no limit besides. Under MPS the device
   * plugin mounts that of its daemon at the same place, and with another in it no program of the
   * server would reach the daemon.
   *
   * @see <a
   *     href="https://github.com/NVIDIA/k8s-device-plugin/blob/v0.19.0/internal/plugin/mps.go">what
   *     it mounts</a>
   */
  private static void addSharedMemory(Fields override) {
    var volume =
        Fields.with("name", SHARED_MEMORY).set("emptyDir", Fields.with("medium", "Memory"));
    var mount = Fields.with("name", SHARED_MEMORY).set("mountPath", "/dev/shm");
    override
        .set("volumes", Fields.with(SHARED_MEMORY, volume))
        .set("volume_mounts", Fields.with(SHARED_MEMORY, mount));
  }

  /** The chart's own, which those of a profile replace, and those of the accelerator. */
  private static List<SortedMap<String, Object>> tolerations(ServerChoice server) {
    List<SortedMap<String, Object>> all = new ArrayList<>();
    for (String key : List.of("hub.jupyter.org/dedicated", "hub.jupyter.org_dedicated")) {
      all.add(
          Fields.with("key", key)
              .set("operator", "Equal")
              .set("value", "user")
              .set("effect", "NoSchedule")
              .map());
    }
    all.addAll(ServerPlace.tolerations(server));
    return all;
  }

  /** As KubeSpawner reads it: powers of two behind one letter, rounded up. */
  private static String bytes(Size size) {
    long bytes = size.bytes();
    return bytes % GIB == 0 ? bytes / GIB + "G" : Math.ceilDiv(bytes, MIB) + "M";
  }
}
