package dev.isobar.provider.external;

import java.util.List;

/**
 * What the controllers inside Kubernetes clusters (cloud controller, storage drivers) made in one
 * project: nobody removes it when the cluster is deleted from outside, and a network that a load
 * balancer is in cannot be deleted.
 *
 * <p>It is known by what those controllers write on it, and that is the cluster's name. Calls and
 * failures are as {@link Machines} has them.
 */
public interface Leftovers {
  /**
   * Which account this is, as {@link Machines#account} names it. Called before every decision: what
   * is not seen here may well exist in another one.
   */
  Response<String> account();

  /**
   * All that is of a cluster, in the order of its kinds; whole or not at all. What another cluster
   * uses as well {@linkplain Leftover#shared() says so}. Changes nothing.
   */
  Response<List<Leftover>> of(String cluster);

  /**
   * Begins to remove one, never one that is shared, and does not wait for its end; that it is gone
   * already is well. With a load balancer go its listeners, pools and monitors.
   */
  Effect remove(Leftover leftover);
}
