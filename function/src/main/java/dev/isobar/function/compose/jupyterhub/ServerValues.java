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
 * or map replaces what stands elsewhere and is not merged with it, so each is whole.
 */
final class ServerValues {
  private static final long GIB = 1L << 30;
  private static final long MIB = 1L << 20;

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
