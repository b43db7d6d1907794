package dev.isobar.function.compose.workspace;

import dev.isobar.apis.decode.Nearest;
import dev.isobar.apis.platform.Addons;
import dev.isobar.apis.platform.Partitioning;
import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.apis.platform.Pool;
import dev.isobar.apis.tree.Tree;
import dev.isobar.apis.workspace.Accelerator;
import dev.isobar.apis.workspace.GpuWorkspaceSpec;
import dev.isobar.apis.workspace.HubIngress;
import dev.isobar.apis.workspace.HubUsers;
import dev.isobar.apis.workspace.JupyterHub;
import dev.isobar.apis.workspace.Member;
import dev.isobar.apis.workspace.ServerProfile;
import dev.isobar.function.compose.plan.Mistakes;
import dev.isobar.function.compose.plan.ReplacementChecks;
import dev.isobar.function.compose.plan.SignChecks;
import dev.isobar.function.compose.plan.SliceStrategy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks what the schema cannot: fields that only make sense together, and names of other objects.
 */
final class WorkspaceChecks {
  private static final String HUB = "spec.jupyterhub";

  private static final Set<String> EVERYBODY =
      Set.of(
          "system:anonymous",
          "system:authenticated",
          "system:serviceaccounts",
          "system:unauthenticated");

  private final GpuWorkspaceSpec spec;
  private final PlatformClusterSpec cluster;
  private final Mistakes mistakes;

  WorkspaceChecks(GpuWorkspaceSpec spec, PlatformClusterSpec cluster, Mistakes mistakes) {
    this.spec = spec;
    this.cluster = cluster;
    this.mistakes = mistakes;
  }

  void check(WorkspaceId id, List<Tree> workspaces) {
    new SignChecks(mistakes).check(spec);
    checkMembers();
    for (int i = 0; i < spec.accelerators().size(); i++) {
      checkAccelerator(spec.accelerators().get(i), "spec.accelerators[" + i + "]");
    }
    checkPoolsOnce();
    if (spec.jupyterhub().isEmpty() && spec.quota().maxServers().isPresent()) {
      mistakes.add(
          "spec.quota.maxServers",
          "counts the servers of a JupyterHub, and there is none",
          "remove it, or set spec.jupyterhub");
    }
    spec.jupyterhub()
        .ifPresent(hub -> {
          checkUsers(hub);
          checkWayIn(hub);
          checkHost(hub, id, workspaces);
          for (int i = 0; i < hub.profiles().size(); i++) {
            checkProfile(hub.profiles().get(i), HUB + ".profiles[" + i + "]");
          }
          checkHomes(hub);
          new HubChecks(hub, mistakes).check();
        });
  }

  /** These are everybody who can reach the cluster, or every pod in it. */
  private void checkMembers() {
    for (int i = 0; i < spec.access().size(); i++) {
      Member member = spec.access().get(i);
      String path = "spec.access[" + i + "]." + (member.user().isPresent() ? "user" : "group");
      String name = member.user().or(member::group).orElse("");
      if (EVERYBODY.contains(name)) {
        mistakes.add(
            path,
            name + " is everybody, not a team",
            "name users or groups of your own, as the cluster's API knows them");
      }
    }
  }

  private void checkAccelerator(Accelerator accelerator, String path) {
    boolean own = accelerator.machineTypes().isPresent();
    need(own == accelerator.nodes().isPresent(), path + ".nodes", own, "{min: 0, max: 4}");
    need(
        own == accelerator.partitioning().isPresent(),
        path + ".partitioning",
        own,
        "{none: {}} for whole GPUs");
    checkLent(own || accelerator.zones().isEmpty(), path + ".zones");
    checkLent(own || accelerator.rootDisk().isEmpty(), path + ".rootDisk");
    checkLent(own || accelerator.drainTimeout().isEmpty(), path + ".drainTimeout");
    accelerator
        .drainTimeout()
        .ifPresent(drain -> ReplacementChecks.checkDrain(drain, path + ".drainTimeout", mistakes));
    accelerator.poolRef().ifPresent(ref -> checkPool(ref.name(), path + ".poolRef.name"));
    checkStrategy(accelerator, path + ".partitioning.mig");
  }

  private void checkLent(boolean right, String path) {
    if (!right) {
      mistakes.add(
          path,
          "is of nodes of the workspace's own, and this is a pool of the cluster",
          "remove it, or have it set on the pool of PlatformCluster " + spec.clusterRef().name());
    }
  }

  private void checkStrategy(Accelerator accelerator, String path) {
    accelerator
        .partitioning()
        .flatMap(Partitioning::mig)
        .flatMap(_ -> SliceStrategy.single(cluster.addons().extra()))
        .ifPresent(single ->
            mistakes.add(
                path,
                "add-on "
                    + single.addon()
                    + " of PlatformCluster "
                    + spec.clusterRef().name()
                    + SliceStrategy.PROBLEM,
                "have the cluster's app team set "
                    + single.key()
                    + " of it to mixed or remove it, or use none, timeSlicing or mps"));
  }

  /** The same pool twice would count twice in the quota. */
  private void checkPoolsOnce() {
    Map<String, String> lent = new TreeMap<>();
    for (int i = 0; i < spec.accelerators().size(); i++) {
      Accelerator accelerator = spec.accelerators().get(i);
      String pool = accelerator.poolRef().map(Accelerator.PoolRef::name).orElse("");
      String other = pool.isEmpty() ? null : lent.putIfAbsent(pool, accelerator.name());
      if (other != null) {
        mistakes.add(
            "spec.accelerators[" + i + "].poolRef.name",
            "pool " + pool + " is accelerator " + other + " already",
            "remove one of them; profiles may share an accelerator");
      }
    }
  }

  private void need(boolean right, String path, boolean missing, String example) {
    if (!right) {
      mistakes.add(
          path,
          missing
              ? "is missing, and nodes of the workspace's own need it"
              : "is of nodes of the workspace's own, and this is a pool of the cluster",
          missing ? "set it, for example to " + example : "remove it");
    }
  }

  private void checkPool(String name, String path) {
    Optional<Pool> pool =
        cluster.pools().stream().filter(one -> one.name().equals(name)).findFirst();
    List<String> withGpus =
        cluster.pools().stream().filter(one -> one.gpu().isPresent()).map(Pool::name).toList();
    if (pool.isEmpty()) {
      mistakes.add(
          path,
          "PlatformCluster " + spec.clusterRef().name() + " has no pool \"" + name + "\"",
          poolInPlace(name, withGpus, "its pools with GPUs are"));
    } else if (pool.get().gpu().isEmpty()) {
      mistakes.add(
          path,
          "pool " + name + " has no GPUs",
          poolInPlace(name, withGpus, "the pools with GPUs are"));
    }
  }

  private static String poolInPlace(String name, List<String> withGpus, String all) {
    return withGpus.isEmpty()
        ? "give the accelerator nodes of its own, by machineTypes, nodes and partitioning"
        : Nearest.remedy(name, withGpus, all);
  }

  private void checkUsers(JupyterHub hub) {
    HubUsers users = hub.users();
    boolean oidc = hub.auth().oidc().isPresent();
    boolean ldap = hub.auth().ldap().isPresent();
    if (!users.groups().isEmpty() && !oidc && !ldap) {
      mistakes.add(
          HUB + ".users.groups",
          "this login tells no groups",
          hub.auth().github().isPresent()
              ? "name spec.jupyterhub.auth.github.organizations instead"
              : "name users.allowed instead, or log in with oidc or ldap");
    }
    if (!users.adminGroups().isEmpty() && !oidc) {
      mistakes.add(
          HUB + ".users.adminGroups",
          "only oidc tells the hub who runs it by group",
          "name users.admins instead");
    }
  }

  private void checkWayIn(JupyterHub hub) {
    boolean named =
        hub.gateway().isPresent() || hub.ingress().flatMap(HubIngress::className).isPresent();
    if (!named && cluster.addons().ingress() == Addons.Ingress.None) {
      mistakes.add(
          HUB + ".ingress.className",
          "is missing, and PlatformCluster "
              + spec.clusterRef().name()
              + " has no way in for HTTP of its own",
          "set spec.addons.ingress of the PlatformCluster to Traefik, or name the class or a"
              + " gateway of one you installed");
    }
    if (hub.gateway().isPresent() && hub.ingress().isPresent()) {
      mistakes.add(HUB + ".gateway", "stands beside ingress", "keep one of them");
    }
    hub.ingress()
        .filter(one -> one.clusterIssuer().isPresent() && one.tlsSecret().isPresent())
        .ifPresent(_ ->
            mistakes.add(
                HUB + ".ingress.tlsSecret",
                "stands beside clusterIssuer, which makes the Secret itself",
                "keep one of them"));
  }

  /** Who has the host keeps it; of others, the one that was there first gets it. */
  private void checkHost(JupyterHub hub, WorkspaceId id, List<Tree> workspaces) {
    Tree own =
        workspaces.stream()
            .filter(one -> name(one).equals(id.claim()))
            .findFirst()
            .orElse(Tree.absent());
    for (Tree other : workspaces) {
      boolean same =
          !name(other).equals(id.claim())
              && inCluster(other).equals(spec.clusterRef().name())
              && other
                  .at("spec", "jupyterhub", "host")
                  .text()
                  .filter(hub.host()::equals)
                  .isPresent();
      String turn = turn(own, id.claim(), hub.host());
      if (same && turn(other, name(other), hub.host()).compareTo(turn) < 0) {
        mistakes.add(
            HUB + ".host",
            hub.host() + " is the host of GpuWorkspace " + name(other) + " already",
            "choose another host, for example " + free(hub.host(), id, workspaces));
      }
    }
  }

  /** A host beside this one that no workspace of the namespace names. */
  private static String free(String host, WorkspaceId id, List<Tree> workspaces) {
    Set<String> taken =
        workspaces.stream()
            .flatMap(one -> one.at("spec", "jupyterhub", "host").text().stream())
            .collect(Collectors.toSet());
    String domain = host.substring(host.indexOf('.') + 1);
    return Stream.iterate(1, number -> number + 1)
        .map(number -> id.claim() + (number == 1 ? "." : "-" + number + ".") + domain)
        .filter(one -> !taken.contains(one))
        .findFirst()
        .orElseThrow();
  }

  private static String name(Tree workspace) {
    return workspace.at("metadata", "name").text().orElse("");
  }

  private static String inCluster(Tree workspace) {
    return workspace.at("spec", "clusterRef", "name").text().orElse("");
  }

  /**
   * Orders workspaces by whether they have the host, by when they were made and then by name; what
   * does not exist yet is last.
   */
  private static String turn(Tree workspace, String name, String host) {
    boolean has =
        workspace.at("status", "url").text().filter(("https://" + host)::equals).isPresent();
    String made = workspace.at("metadata", "creationTimestamp").text().orElse("~");
    return (has ? "0 " : "1 ") + made + " " + name;
  }

  private void checkProfile(ServerProfile profile, String path) {
    if (profile.accelerator().isEmpty()) {
      boolean asks =
          profile.gpuMemory().isPresent()
              || profile.resource().isPresent()
              || profile.gpus().isPresent();
      if (asks || profile.placeholders() > 0) {
        mistakes.add(
            path + ".accelerator",
            "is missing, and gpuMemory, resource, gpus and placeholders are of one",
            "name one of spec.accelerators, or remove them");
      }
      return;
    }
    if (profile.gpuMemory().filter(memory -> memory.bytes() == 0).isPresent()) {
      mistakes.add(
          path + ".gpuMemory",
          "is nothing, and every server has some",
          "ask for what it needs, or remove it");
    }
    if (profile.gpuMemory().isPresent() && profile.resource().isPresent()) {
      mistakes.add(
          path + ".resource", "stands beside gpuMemory, which chooses one", "keep one of them");
    }
  }

  private void checkHomes(JupyterHub hub) {
    spec.quota()
        .storage()
        .filter(limit -> limit.compareTo(hub.storage().home()) < 0)
        .ifPresent(limit ->
            mistakes.add(
                "spec.quota.storage",
                limit.text() + " is less than the home of one user, " + hub.storage().home().text(),
                "set it to "
                    + hub.storage().home().text()
                    + " or more, as much as the homes of all users need, or ask for smaller ones"));
  }
}
