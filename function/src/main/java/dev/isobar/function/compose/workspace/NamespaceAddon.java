package dev.isobar.function.compose.workspace;

import dev.isobar.apis.tree.Fields;
import dev.isobar.apis.workspace.HubStorage;
import dev.isobar.apis.workspace.Member;
import dev.isobar.apis.workspace.QueueingScheduler;
import dev.isobar.function.compose.object.KubernetesObject;
import dev.isobar.function.compose.sveltos.Addon;
import dev.isobar.function.compose.text.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The namespace of a workspace inside its cluster, with its quota, its roles and its queue. */
public final class NamespaceAddon {
  /** What the add-on is called in the status. */
  public static final String NAME = "namespace";

  private static final String RBAC = "rbac.authorization.k8s.io";

  /** Name of what there is one of in a namespace; permanent, for jobs name the queue. */
  private static final String ONLY = "workspace";

  private final WorkspacePlan plan;

  private NamespaceAddon(WorkspacePlan plan) {
    this.plan = plan;
  }

  /** The add-on. Where homes are retained it is left in place, for they would go with it. */
  public static Addon of(WorkspacePlan plan) {
    String text =
        new NamespaceAddon(plan)
            .objects().stream().map(Yaml::write).collect(Collectors.joining("---\n"));
    Addon addon =
        Addon.objects(
            plan.id().addon(NAME), new TreeMap<String, Object>(Map.of("workspace.yaml", text)));
    return retained(plan) ? addon.staying() : addon;
  }

  private static boolean retained(WorkspacePlan plan) {
    return plan.spec()
        .jupyterhub()
        .filter(hub -> hub.storage().onDelete() == HubStorage.OnDelete.Retain)
        .isPresent();
  }

  private List<SortedMap<String, Object>> objects() {
    List<SortedMap<String, Object>> objects = new ArrayList<>();
    objects.add(namespace());
    if (!plan.limits().isEmpty()) {
      objects.add(
          KubernetesObject.namespaced("v1", "ResourceQuota", plan.namespace(), ONLY)
              .spec(Fields.with("hard", new TreeMap<>(plan.limits())))
              .map());
    }
    for (Member.Role role : Member.Role.values()) {
      List<Member> members =
          plan.spec().access().stream().filter(member -> member.role() == role).toList();
      if (!members.isEmpty()) {
        objects.add(binding(role, members));
      }
    }
    plan.spec()
        .scheduler()
        .flatMap(QueueingScheduler::kueue)
        .ifPresent(kueue ->
            objects.add(
                KubernetesObject.namespaced(
                        "kueue.x-k8s.io/v1beta2", "LocalQueue", plan.namespace(), ONLY)
                    .spec(Fields.with("clusterQueue", kueue.clusterQueue()))
                    .map()));
    return objects;
  }

  /** No pod of a team may take over a node, whatever the cluster allows elsewhere. */
  private SortedMap<String, Object> namespace() {
    return KubernetesObject.clusterScoped("v1", "Namespace", plan.namespace())
        .label("isobar.dev/workspace", plan.id().claim())
        .label("pod-security.kubernetes.io/enforce", "baseline")
        .map();
  }

  private SortedMap<String, Object> binding(Member.Role role, List<Member> members) {
    String word = role.name().toLowerCase(Locale.ROOT);
    return KubernetesObject.namespaced(
            RBAC + "/v1", "RoleBinding", plan.namespace(), ONLY + "-" + word)
        .field(
            "roleRef", Fields.with("apiGroup", RBAC).set("kind", "ClusterRole").set("name", word))
        .field("subjects", members.stream().map(NamespaceAddon::subject).toList())
        .map();
  }

  private static SortedMap<String, Object> subject(Member member) {
    return Fields.with("apiGroup", RBAC)
        .set("kind", member.user().isPresent() ? "User" : "Group")
        .set("name", member.user().or(member::group))
        .map();
  }
}
