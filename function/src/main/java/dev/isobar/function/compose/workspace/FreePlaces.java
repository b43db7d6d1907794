package dev.isobar.function.compose.workspace;

import dev.isobar.apis.tree.Fields;
import dev.isobar.apis.workspace.QueueingScheduler;
import dev.isobar.function.compose.object.KubernetesObject;
import dev.isobar.function.compose.sveltos.Addon;
import dev.isobar.function.compose.text.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Pods that do nothing but keep places free: a server takes the place of one at once, and the
 * autoscaler makes room for it elsewhere, and their image is there already. The chart's own have
 * one shape for all kinds of servers.
 */
public final class FreePlaces {
  private static final String NAME = "free-places";

  /** The chart's own image of such pods. */
  private static final String IMAGE = "registry.k8s.io/pause:3.10.1";

  /** The lowest that the cluster autoscaler still makes nodes for. */
  private static final int PRIORITY = -10;

  private static final String LABEL = "isobar.dev/free-place";

  /** User and group nobody. */
  private static final int NOBODY = 65534;

  /** One more than there are would wait for a place that only the others could give up. */
  private static final Map<String, Object> ONE_BY_ONE =
      Fields.with("type", "RollingUpdate")
          .set("rollingUpdate", Fields.with("maxSurge", 0).set("maxUnavailable", 1))
          .map();

  private final WorkspacePlan plan;

  private FreePlaces(WorkspacePlan plan) {
    this.plan = plan;
  }

  /**
   * The add-on; nothing when no place is kept free. It is one of its own, because it must go with
   * the workspace even where the namespace stays.
   */
  public static Optional<Addon> of(WorkspacePlan plan) {
    List<SortedMap<String, Object>> objects = new FreePlaces(plan).objects();
    if (objects.isEmpty()) {
      return Optional.empty();
    }
    String text = objects.stream().map(Yaml::write).collect(Collectors.joining("---\n"));
    return Optional.of(
        Addon.objects(
                plan.id().addon(NAME),
                new TreeMap<String, Object>(Map.of("free-places.yaml", text)))
            .after(List.of(plan.id().addon(NamespaceAddon.NAME))));
  }

  private List<SortedMap<String, Object>> objects() {
    List<SortedMap<String, Object>> objects = new ArrayList<>();
    for (ServerChoice server : plan.servers()) {
      if (server.profile().placeholders() > 0) {
        objects.add(deployment(server));
      }
    }
    if (!objects.isEmpty()) {
      objects.addFirst(
          KubernetesObject.clusterScoped("scheduling.k8s.io/v1", "PriorityClass", priorityClass())
              .field("value", PRIORITY)
              .field("preemptionPolicy", "Never")
              .field(
                  "description",
                  "Places of workspace " + plan.id().claim() + " that are kept free.")
              .map());
    }
    return objects;
  }

  private String priorityClass() {
    return plan.namespace() + "-free-place";
  }

  private SortedMap<String, Object> deployment(ServerChoice server) {
    Map<String, String> selected = new TreeMap<>(Map.of(LABEL, server.profile().name()));
    Map<String, String> labels = new TreeMap<>(selected);
    Optional<QueueingScheduler.Kai> kai = plan.spec().scheduler().flatMap(QueueingScheduler::kai);
    kai.ifPresent(one -> labels.put(ServerPlace.KAI_QUEUE, one.queue()));
    Fields pod =
        Fields.with("priorityClassName", priorityClass())
            .set("schedulerName", kai.map(_ -> ServerPlace.KAI_SCHEDULER))
            .set("terminationGracePeriodSeconds", 0)
            .set("automountServiceAccountToken", false)
            .setUnlessEmpty("nodeSelector", ServerPlace.nodeSelector(server))
            .set("affinity", affinity(server))
            .setUnlessEmpty("tolerations", ServerPlace.tolerations(server))
            .set("initContainers", List.of(image(server)))
            .set("containers", List.of(container(server)));
    return KubernetesObject.namespaced(
            "apps/v1", "Deployment", plan.namespace(), "free-place-" + server.profile().name())
        .spec(
            Fields.with("replicas", server.profile().placeholders())
                .set("strategy", ONE_BY_ONE)
                .set("selector", Fields.with("matchLabels", selected))
                .set(
                    "template",
                    Fields.with("metadata", Fields.with("labels", labels)).set("spec", pod)))
        .map();
  }

  private static Optional<Fields> affinity(ServerChoice server) {
    List<SortedMap<String, Object>> terms = ServerPlace.nodeSelectorTerms(server);
    return Optional.of(terms)
        .filter(list -> !list.isEmpty())
        .map(list ->
            Fields.with(
                "nodeAffinity",
                Fields.with(
                    "requiredDuringSchedulingIgnoredDuringExecution",
                    Fields.with("nodeSelectorTerms", list))));
  }

  /** Brings the image of the servers onto the node, as the chart's own image puller does. */
  private static SortedMap<String, Object> image(ServerChoice server) {
    return Fields.with("name", "image")
        .set("image", server.profile().image())
        .set("command", List.of("/bin/sh", "-c", "true"))
        .set("securityContext", unprivileged())
        .map();
  }

  private static Fields unprivileged() {
    return Fields.with("runAsNonRoot", true)
        .set("runAsUser", NOBODY)
        .set("runAsGroup", NOBODY)
        .set("allowPrivilegeEscalation", false)
        .set("capabilities", Fields.with("drop", List.of("ALL")))
        .set("seccompProfile", Fields.with("type", "RuntimeDefault"));
  }

  private static SortedMap<String, Object> container(ServerChoice server) {
    var amounts = new TreeMap<String, Object>();
    amounts.put("cpu", String.valueOf(server.profile().cpu()));
    amounts.put("memory", server.profile().memory().text());
    server.resource().ifPresent(resource -> amounts.put(resource, String.valueOf(server.count())));
    return Fields.with("name", "place")
        .set("image", IMAGE)
        .set("resources", Fields.with("requests", amounts).set("limits", amounts))
        .set("securityContext", unprivileged())
        .map();
  }
}
