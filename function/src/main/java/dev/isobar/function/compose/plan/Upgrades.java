package dev.isobar.function.compose.plan;

import dev.isobar.apis.compute.CloudObject;
import dev.isobar.function.compose.cloud.ImagePin;
import dev.isobar.function.compose.cloud.KubernetesVersion;
import dev.isobar.function.compose.cloud.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What a cluster could be brought to, as its status lists it. */
public final class Upgrades {
  private Upgrades() {}

  /** Images rebuilt for the versions in use, and versions that may follow. */
  public static List<String> of(ClusterPlan plan, ObservedCluster observed) {
    var images = new TreeSet<String>();
    if (!plan.managed()) {
      image(
              plan,
              plan.versions().target(),
              plan.controlPlane().machine(),
              plan.controlPlane().image())
          .ifPresent(images::add);
    }
    for (PoolPlan pool : plan.pools()) {
      if (!pool.stands()) {
        image(plan, pool.version(), pool.machine(), pool.image()).ifPresent(images::add);
      }
    }
    List<String> all = new ArrayList<>(images);
    // Nodes that stand could not follow.
    boolean stand =
        plan.pools().stream().anyMatch(PoolPlan::stands)
            || observed.workspaceNodes().stream().anyMatch(nodes -> nodes.stand(plan.cloud()));
    if (!stand) {
      plan.versions().available().stream().map(KubernetesVersion::text).forEach(all::add);
    }
    return all;
  }

  private static Optional<String> image(
      ClusterPlan plan, KubernetesVersion version, Machine machine, ImagePin inUse) {
    return plan.cloud()
        .image(version, inUse.architecture(), machine.gpu().isPresent())
        .filter(offered -> !same(offered.image(), inUse.image()))
        .map(offered -> version.text() + " (image " + name(offered.image()) + ")");
  }

  /** An image that has become known by its id besides its name is no other. */
  private static boolean same(CloudObject one, CloudObject other) {
    return equal(one.id(), other.id()) || equal(one.name(), other.name());
  }

  private static boolean equal(Optional<String> one, Optional<String> other) {
    return one.isPresent() && one.equals(other);
  }

  private static String name(CloudObject image) {
    return image.name().or(image::id).orElse("");
  }
}
