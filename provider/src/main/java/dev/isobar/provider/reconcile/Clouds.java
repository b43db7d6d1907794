package dev.isobar.provider.reconcile;

import dev.isobar.provider.decide.Managed;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Machines;
import java.util.Map;

/** The way from an Instance to its cloud. */
public interface Clouds {
  /**
   * Finds the cloud of an Instance through its ProviderConfig, and records that the config is in
   * use, unless the Instance is being deleted. Cheap when nothing changed: clients are kept. The
   * credentials of a namespaced ProviderConfig come from its own namespace only.
   */
  Connection connect(Managed managed);

  /** What came of it. */
  sealed interface Connection {
    /**
     * The cloud can be asked.
     *
     * @param marks tags of every machine that is reached this way, besides its UID
     */
    record Open(Machines machines, Sightings sightings, Map<String, String> marks)
        implements Connection {}

    /** It cannot: a ProviderConfig or Secret is missing, wrong, or not for this namespace. */
    record Closed(Failure failure) implements Connection {}
  }
}
