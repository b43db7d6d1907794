package dev.isobar.e2e.provider;

import dev.isobar.apis.tree.Tree;
import dev.isobar.provider.external.Subject;
import dev.isobar.testbed.kubernetes.Kubernetes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A cloud for GPU nodes, as its operator sees it. */
public interface GpuCloud {
  /**
   * Gives a namespace a way into it: a ProviderConfig with its Secret.
   *
   * @return what machines are there
   */
  GpuPool.Machines open(Kubernetes kubernetes, String namespace);

  /** What Cluster API knows a cluster in it by. */
  InfraCluster infrastructure();

  /**
   * Where nodes of a cluster belong.
   *
   * @param infrastructure the object of {@link #infrastructure()}, which is ready
   */
  Place home(Tree infrastructure);

  /** Where the interfaces of a machine are. */
  List<Place> interfaces(String id);

  /** The ids of all machines of the provider's that are there. */
  Set<String> machines();

  /**
   * Ends a machine, and tells nobody.
   *
   * @param subject whose machine it is
   */
  void vanish(Subject subject, String id);

  /** Has the cloud say of a machine that it is about to take it; empty where clouds say no such. */
  default Optional<Consumer<String>> warning() {
    return Optional.empty();
  }
}
