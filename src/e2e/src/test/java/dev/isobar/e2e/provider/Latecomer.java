package dev.isobar.e2e.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A pool of one whose first machine runs and never becomes a node. How long that may last is said
 * by its MachineDeployment; its MachineHealthCheck counts no such time of its own.
 */
public final class Latecomer {
  private static final Duration STARTUP = Duration.ofSeconds(60);

  private final Kubernetes kubernetes;
  private final GpuCloud cloud;
  private final String namespace;
  private final GpuPool pool;

  Latecomer(Kubernetes kubernetes, GpuCloud cloud, String namespace, GpuPool pool) {
    this.kubernetes = kubernetes;
    this.cloud = cloud;
    this.namespace = namespace;
    this.pool = pool;
  }

  /** Its second machine is made when the first has had its time, becomes a node, and is alone. */
  public void isReplaced() {
    pool.heals();
    pool.of(1, STARTUP);
    Tree first = runs("");
    assertThat(machine(first).at("metadata", "annotations", GpuPool.STARTUP).text())
        .as("what Cluster API has carried from the MachineDeployment to its Machine")
        .contains(STARTUP.toSeconds() + "s");
    Instant began = since(pool.says(first, "False", "WaitingForNode"));
    Tree second = runs(GpuPool.id(first));
    works(second);
    assertThat(made(second))
        .as("when the second was made, the first having run since %s", began)
        .isAfterOrEqualTo(began.plus(STARTUP));
    var alone = List.of(GpuPool.id(second));
    var _ =
        pool.machines(
            "the second is alone",
            all -> ours(all).stream().map(GpuPool::id).toList().equals(alone));
    assertThat(cloud.machines())
        .as("machines in the cloud")
        .contains(GpuPoolLife.plain(GpuPool.id(second)))
        .doesNotContain(GpuPoolLife.plain(GpuPool.id(first)));
  }

  private void works(Tree machine) {
    String id = GpuPool.id(machine);
    Reference node = pool.nodes().joins("node-" + GpuPoolLife.plain(id), id);
    pool.nodes().serves(node, GpuPool.WHOLE);
    var _ = pool.says(machine, "True", "AsPlanned");
    pool.available(1);
  }

  /** Ends the pool; nothing of it is left. */
  public void goes() {
    pool.goes();
    var _ = pool.machines("none of the pool's is left", all -> ours(all).isEmpty());
  }

  /** A GpuMachine of the pool whose machine has run, and is another one than that. */
  private Tree runs(String other) {
    List<Tree> all =
        pool.machines(
            "one of the pool's runs that is not '" + other + "'",
            seen -> running(seen, other).isPresent());
    return running(all, other).orElseThrow();
  }

  private Optional<Tree> running(List<Tree> all, String other) {
    return ours(all).stream()
        .filter(GpuPool::runs)
        .filter(one -> !GpuPool.id(one).equals(other))
        .findFirst();
  }

  private List<Tree> ours(List<Tree> all) {
    String prefix = pool.deployment().name() + "-";
    return all.stream().filter(one -> Reference.of(one).name().startsWith(prefix)).toList();
  }

  /** The Machine of a GpuMachine has its name. */
  private Tree machine(Tree ours) {
    return kubernetes.get(Kind.MACHINE.named(namespace, Reference.of(ours).name()));
  }

  private Instant made(Tree ours) {
    return Instant.parse(machine(ours).at("metadata", "creationTimestamp").text().orElseThrow());
  }

  private static Instant since(Tree ours) {
    return Instant.parse(ours.at("status", "runningSince").text().orElseThrow());
  }
}
