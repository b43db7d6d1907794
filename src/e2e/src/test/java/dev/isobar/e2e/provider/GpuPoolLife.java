package dev.isobar.e2e.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.provider.external.Subject;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.plane.ControlPlane;
import dev.isobar.testbed.workload.WorkloadCluster;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The life of a pool of GPU nodes, the same on every cloud: by Cluster API's own controllers and
 * the provider as it ships. The machines of these clouds have no guests: their nodes are played.
 */
public final class GpuPoolLife {
  private final Kubernetes kubernetes;
  private final GpuCloud cloud;
  private final String namespace;
  private final GpuPool pool;
  private final Await await = Await.PATIENT;
  private final Kills kills;

  /** What nodes of the pool offer now. */
  private Map<String, Long> layout = GpuPool.WHOLE;

  /** Where Cluster API has the nodes of the cluster. */
  private final Place home;

  /** Machines that are none of the pool's. */
  private final Set<String> strangers;

  /** The nodes that were played, by the ids of their machines. */
  private final Map<String, Reference> nodes = new TreeMap<>();

  private GpuPoolLife(
      ControlPlane plane, WorkloadCluster workload, GpuCloud cloud, String namespace) {
    this.cloud = cloud;
    this.namespace = namespace;
    kubernetes = plane.kubernetes();
    kubernetes.makeNamespace(namespace, Map.of());
    strangers = cloud.machines();
    GpuPool.Machines machines = cloud.open(kubernetes, namespace);
    pool = new GpuPool(plane, workload, namespace, machines, cloud.infrastructure());
    pool.begins();
    home = cloud.home(kubernetes.get(pool.infrastructure()));
    kills = Kills.of(plane, "provider-" + namespace, "--enable-cluster-api", "--poll=3s");
  }

  /**
   * From no machine to no machine.
   *
   * @param workload the cluster's API, which is dead afterwards
   * @param namespace of everything, and part of the providers' names
   */
  public static void plays(
      ControlPlane plane, WorkloadCluster workload, GpuCloud cloud, String namespace) {
    new GpuPoolLife(plane, workload, cloud, namespace).live();
  }

  private void live() {
    grows();
    heals();
    rolls(shrinks());
    endsAndBeginsAgain();
    goesAfterItsCluster();
    kills.end();
  }

  /** From none to three, while the provider is killed again and again. */
  private void grows() {
    pool.of(0);
    pool.heals();
    kubernetes.scale(pool.deployment(), 3);
    kills.happen();
    var _ = working(3, Set.of());
    assertThat(found()).as("no machine was made twice, and none is missing").hasSize(3);
  }

  /** One that is ended behind everybody's back is replaced by the MachineHealthCheck. */
  private void heals() {
    Tree lost = pool.machines("there are three", all -> all.size() == 3).getFirst();
    Reference instance = InstanceScene.INSTANCE.named(namespace, Reference.of(lost).name());
    String uid = kubernetes.get(instance).at("metadata", "uid").text().orElseThrow();
    String id = plain(GpuPool.id(lost));
    cloud.vanish(new Subject(uid, namespace, instance.name(), Optional.of(id), Map.of()), id);
    var _ = working(3, Set.of(GpuPool.id(lost)));
    assertThat(found()).as("another one took its place").hasSize(3).doesNotContain(id);
    cloud.warning().ifPresent(this::isWarned);
  }

  /** One that the cloud is about to take has a successor, and is gone before it is taken. */
  private void isWarned(Consumer<String> warning) {
    Tree marked = pool.machines("there are three", all -> all.size() == 3).getFirst();
    String id = plain(GpuPool.id(marked));
    warning.accept(id);
    var _ = working(3, Set.of(GpuPool.id(marked)));
    var _ =
        await.until(
            "what was to be taken is gone",
            this::found,
            now -> now.size() == 3 && !now.contains(id));
  }

  /** To one, while the provider is killed; answers the id of that. */
  private String shrinks() {
    kubernetes.scale(pool.deployment(), 1);
    kills.happen();
    List<Tree> one = pool.machines("one is left", all -> all.size() == 1);
    pool.available(1);
    String id = GpuPool.id(one.getFirst());
    var _ = await.until("its machine is the only one", this::found, Set.of(plain(id))::equals);
    return id;
  }

  /** Another layout: the old node stays until the GPUs of the new one are divided. */
  private void rolls(String old) {
    pool.rolls();
    List<Tree> both =
        pool.machines(
            "a successor runs beside the old one",
            all -> all.size() == 2 && all.stream().allMatch(GpuPool::runs));
    Tree successor =
        both.stream().filter(one -> !GpuPool.id(one).equals(old)).findFirst().orElseThrow();
    var _ = pool.says(successor, "False", "WaitingForNode");
    Reference node = join(successor);
    comesWrongly(successor, node);
    assertThat(found())
        .as("the old one stays until the GPUs of the new one work")
        .contains(plain(old));
    pool.available(1);
    layout = GpuPool.DIVIDED;
    pool.nodes().serves(node, layout);
    var _ = working(1, Set.of(old));
    loses(successor, node);
  }

  /** The layout of before, then one that could not be made, then a slice too few. */
  private void comesWrongly(Tree machine, Reference node) {
    var _ = pool.says(machine, "False", "WaitingForGpuOperator");
    pool.nodes().offers(node, GpuPool.WHOLE);
    var _ = pool.says(machine, "False", "ResourcesDiffer");
    pool.nodes().divides(node, "failed");
    var _ = pool.says(machine, "False", "MigFailed");
    pool.nodes().serves(node, GpuPool.BROKEN);
    var _ = pool.says(machine, "False", "ResourcesDiffer");
  }

  /** A slice vanishes, and comes again. */
  private void loses(Tree machine, Reference node) {
    pool.nodes().offers(node, GpuPool.BROKEN);
    var _ = pool.says(machine, "False", "ResourcesDiffer");
    assertThat(pool.nodes().tainted(node)).as("pods are kept off again").isTrue();
    pool.nodes().offers(node, layout);
    var _ = pool.says(machine, "True", "AsPlanned");
    assertThat(pool.nodes().tainted(node)).isFalse();
  }

  private void endsAndBeginsAgain() {
    kubernetes.scale(pool.deployment(), 0);
    var _ = pool.machines("all machines are gone", List::isEmpty);
    var _ = await.until("nothing of them is in the cloud", this::found, Set::isEmpty);
    kubernetes.scale(pool.deployment(), 1);
    var _ = working(1, Set.of());
  }

  /** To delete a machine, nothing of its cluster is needed. */
  private void goesAfterItsCluster() {
    pool.losesItsCluster();
    kills.happen();
    var _ = pool.machines("all machines are gone with their cluster", List::isEmpty);
    var _ =
        await.until(
            "all Instances are gone",
            () -> kubernetes.list(InstanceScene.INSTANCE, namespace),
            List::isEmpty);
    assertThat(found()).as("machines in the cloud").isEmpty();
    pool.ends();
  }

  /** The pool's machines, once there are so many that run, each with a node whose GPUs work. */
  private List<Tree> working(int count, Set<String> gone) {
    List<Tree> machines =
        pool.machines(
            count + " machines run, and none of " + gone,
            all -> all.size() == count && all.stream().allMatch(one -> runs(one, gone)));
    machines.forEach(this::serve);
    machines.forEach(machine -> {
      var _ = pool.says(machine, "True", "AsPlanned");
    });
    pool.available(count);
    machines.forEach(this::isAtHome);
    return machines;
  }

  /** It is where Cluster API has the nodes of its cluster, and nowhere else. */
  private void isAtHome(Tree machine) {
    assertThat(cloud.interfaces(plain(GpuPool.id(machine))))
        .as("interfaces of %s", Reference.of(machine))
        .isEqualTo(List.of(home));
    Tree told = kubernetes.get(Reference.of(machine)).at("status", "failureDomain");
    assertThat(failureDomains())
        .as("failure domains of the cluster, with that of %s", Reference.of(machine))
        .contains(told.text().orElse("none"));
  }

  private Set<String> failureDomains() {
    Set<String> names = new TreeSet<>();
    for (Tree domain : kubernetes.get(pool.cluster()).at("status", "failureDomains").items()) {
      domain.at("name").text().ifPresent(names::add);
    }
    return names;
  }

  private static boolean runs(Tree machine, Set<String> gone) {
    return GpuPool.runs(machine) && !gone.contains(GpuPool.id(machine));
  }

  /** Its node joins, and has working GPUs. */
  private void serve(Tree machine) {
    if (!nodes.containsKey(GpuPool.id(machine))) {
      pool.nodes().serves(join(machine), layout);
    }
  }

  private Reference join(Tree machine) {
    String id = GpuPool.id(machine);
    Reference node = pool.nodes().joins("node-" + plain(id), id);
    nodes.put(id, node);
    return node;
  }

  /** The cloud's own id, which is the end of what nodes say. */
  static String plain(String providerId) {
    return providerId.substring(providerId.lastIndexOf('/') + 1);
  }

  /** All machines that came since the pool began, also those that nobody knows of. */
  private Set<String> found() {
    Set<String> ours = new TreeSet<>(cloud.machines());
    ours.removeAll(strangers);
    return ours;
  }
}
