package dev.isobar.provider.kube.clusterapi;

import dev.isobar.provider.kube.api.ApiObject;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which GpuMachines and templates are acted on, where several providers share a management cluster.
 * Everything else is as if it were not there.
 *
 * @param value of label cluster.x-k8s.io/watch-filter; all are acted on when empty
 * @see <a href="https://cluster-api.sigs.k8s.io/developer/core/support-multiple-instances">Support
 *     running multiple instances of the same provider</a>
 */
record WatchFilter(Optional<String> value) {
  private static final String LABEL = "cluster.x-k8s.io/watch-filter";

  /** Whether an object is acted on. */
  boolean takes(ApiObject object) {
    return value.isEmpty() || value.equals(Optional.ofNullable(object.labels().get(LABEL)));
  }

  /** Reads only what is acted on. */
  <T> Function<ApiObject, Optional<T>> before(Function<ApiObject, Optional<T>> reading) {
    return object -> takes(object) ? reading.apply(object) : Optional.empty();
  }
}
