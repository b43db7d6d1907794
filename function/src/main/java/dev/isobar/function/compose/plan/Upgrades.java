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

  /**
   * Images rebuilt for the versions in use, and versions that may follow; nothing that would need
   * another control plane where that stands.
   */
  public static List<String> of(ClusterPlan plan, ObservedCluster observed) {
    ControlPlanePlan head = plan.controlPlane();
    Optional<String> ofHead =
        plan.managed()
            ? Optional.empty()
            : image(plan, plan.versions().target(), head.machine(), head.image());
    if (head.stands() && ofHead.isPresent()) {
      return List.of();
    }
    var images = new TreeSet<>(ofHead.stream().toList());
    for (PoolPlan pool : plan.pools()) {
      if (!pool.stands()) {
        image(plan, pool.version(), pool.machine(), pool.image()).ifPresent(images::add);
      }
    }
    List<String> all = new ArrayList<>(images);
    boolean minors = minors(plan, observed);
    plan.versions().available().stream()
        .filter(_ -> !head.stands())
        .filter(version -> minors || version.minor() == plan.versions().target().minor())
        .map(KubernetesVersion::text)
        .forEach(all::add);
    return all;
  }

  /**
   * Whether nodes could follow to the next minor, or may be left behind: nodes of EKS may, once.
   * With a patch there may be nodes of an older one.
   */
  private static boolean minors(ClusterPlan plan, ObservedCluster observed) {
    KubernetesVersion present = plan.versions().target();
    return plan.pools().stream()
            .filter(PoolPlan::stands)
            .allMatch(pool -> plan.managed() && !pool.behind(present))
        && observed.workspaceNodes().stream()
            .filter(nodes -> nodes.stand(plan.cloud()))
            .allMatch(nodes -> plan.managed() && !nodes.behind(present));
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
