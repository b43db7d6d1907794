package dev.isobar.function.compose.plan;

import dev.isobar.apis.platform.Autoscale;
import dev.isobar.apis.platform.Pool;
import dev.isobar.function.compose.gpu.GpuPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What GPU pools cannot have whose machines Cluster API's own provider makes: it knows neither
 * fall-backs nor what GPUs a machine will offer.
 */
final class NativeGpus {
  private static final String ZERO =
      "the autoscaler cannot know of more than one GPU resource before a node exists, so it never"
          + " adds the first node";

  private final Pool pool;
  private final String path;
  private final Mistakes mistakes;

  NativeGpus(Pool pool, String path, Mistakes mistakes) {
    this.pool = pool;
    this.path = path;
    this.mistakes = mistakes;
  }

  /**
   * Refuses what a new pool cannot have.
   *
   * @param exists whether the pool exists, so that refusing it would change nothing
   * @return what there is to say of a pool that can be had
   */
  List<String> notes(GpuPlan gpu, boolean exists) {
    List<String> notes = new ArrayList<>();
    List<String> types = pool.machineTypes().orElse(List.of());
    if (types.size() > 1) {
      notes.add("only machine type " + types.getFirst() + " is used" + others("type", types));
    }
    if (pool.zones().size() > 1) {
      String zone = pool.zones().getFirst();
      notes.add("only zone " + zone + " is used" + others("zone", pool.zones()));
    }
    Optional<Autoscale> limits = pool.autoscale().filter(autoscale -> autoscale.min() == 0);
    if (limits.isPresent() && gpu.resources().size() > 1) {
      if (exists) {
        notes.add(
            ZERO
                + " once all are gone; set "
                + path
                + ".autoscale.min to 1, or one profile only in its layout");
      } else {
        mistakes.add(
            path + ".autoscale.min",
            "is 0, and nodes offer " + String.join(", ", gpu.resources().keySet()) + ": " + ZERO,
            "set it to 1, or one profile only in its layout, or have the platform team set"
                + " spec.clusterApi.gpuMachines of the Cloud to Isobar");
      }
    }
    return notes;
  }

  private static String others(String what, List<String> names) {
    return ", because the Cloud's GPU machines are Native, which knows no fall-back "
        + what
        + ": "
        + String.join(", ", names.subList(1, names.size()))
        + (names.size() == 2 ? " is" : " are")
        + " never tried";
  }
}
