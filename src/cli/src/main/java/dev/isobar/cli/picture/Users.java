package dev.isobar.cli.picture;

import dev.isobar.apis.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Who asks for which resource of which pool: the kinds of servers of workspaces. */
final class Users {
  private final Map<String, Map<String, List<String>>> byPool = new TreeMap<>();

  private Users() {}

  /** Nobody. */
  static Users none() {
    return new Users();
  }

  /** The kinds of servers of a workspace, as it calls them itself. */
  static Users of(Planned workspace) {
    var users = new Users();
    users.add(workspace, "");
    return users;
  }

  /** Those of all workspaces in a cluster, with the names of the workspaces. */
  static Users in(Planned cluster, List<Planned> all) {
    var users = new Users();
    all.stream()
        .filter(one -> one.isWorkspace() && one.clusterName().equals(cluster.clusterName()))
        .forEach(one -> users.add(one, " (" + one.name() + ")"));
    return users;
  }

  /** Kinds of servers that ask for no GPU. */
  static List<String> withoutGpu(Planned workspace) {
    return workspace.status().at("profiles").items().stream()
        .filter(profile -> !profile.at("resource").exists())
        .map(profile -> Planned.text(profile.at("name")))
        .toList();
  }

  /** Who asks for a resource of a pool. */
  List<String> of(String pool, String resource) {
    return byPool.getOrDefault(pool, Map.of()).getOrDefault(resource, List.of());
  }

  private void add(Planned workspace, String suffix) {
    Tree wished = workspace.spec().at("jupyterhub", "profiles");
    Tree accelerators = workspace.status().at("accelerators");
    for (Tree profile : workspace.status().at("profiles").items()) {
      String name = Planned.text(profile.at("name"));
      String accelerator = Planned.text(Planned.named(wished, name).at("accelerator"));
      int count = Planned.count(profile.at("count"));
      for (String pool : pools(Planned.named(accelerators, accelerator))) {
        Planned.optionalText(profile.at("resource"))
            .ifPresent(resource ->
                byPool
                    .computeIfAbsent(pool, _ -> new TreeMap<>())
                    .computeIfAbsent(resource, _ -> new ArrayList<>())
                    .add(name + (count > 1 ? " \u00d7" + count : "") + suffix));
      }
    }
  }

  private static List<String> pools(Tree accelerator) {
    return accelerator.at("kinds").items().stream()
        .map(kind -> Planned.text(kind.at("pool")))
        .toList();
  }
}
