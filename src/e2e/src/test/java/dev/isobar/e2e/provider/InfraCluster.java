package dev.isobar.e2e.provider;

import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;

/** The cloud's side of a cluster, of a kind that Cluster API takes for a provider's. */
public interface InfraCluster {
  /** Its kind. */
  Kind kind();

  /**
   * Applies it, before the Cluster that is to own it. Either it is ready at once, or somebody makes
   * it ready when it is owned.
   *
   * @param object what it is called
   * @param port of the cluster's API, on the loopback
   */
  void apply(Kubernetes kubernetes, Reference object, int port);

  /** Whether it stays, when it is deleted, until its cluster has no machines any more. */
  boolean outlivesMachines();
}
