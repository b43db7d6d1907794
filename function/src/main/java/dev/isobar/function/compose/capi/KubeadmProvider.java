package dev.isobar.function.compose.capi;

import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.Keys;
import dev.isobar.function.compose.plan.ObservedCluster;
import dev.isobar.function.compose.plan.PoolPlan;
import java.util.SortedMap;
import java.util.TreeMap;

/** A provider on whose machines kubeadm makes control plane and nodes. */
public interface KubeadmProvider extends InfrastructureProvider {
  /** The machine template of the control plane; {@link MachineTemplates} names it. */
  SortedMap<String, Object> controlPlaneTemplate(ClusterPlan plan);

  /** How nodes join. */
  Registration registration(ClusterPlan plan, ObservedCluster observed);

  @Override
  default String controlPlaneKind() {
    return ControlPlaneObject.KIND;
  }

  @Override
  default String bootstrapKind() {
    return BootstrapObject.KIND;
  }

  @Override
  default SortedMap<String, SortedMap<String, Object>> controlPlane(
      ClusterPlan plan, ObservedCluster observed) {
    var objects = new TreeMap<String, SortedMap<String, Object>>();
    Fields template =
        CapiObjects.ref(
            CapiObjects.INFRASTRUCTURE, templateKind(), MachineTemplates.controlPlaneName(plan));
    objects.put(
        Keys.CONTROL_PLANE,
        ControlPlaneObject.of(plan, observed, registration(plan, observed), template));
    objects.put(
        Keys.controlPlaneTemplate(plan.controlPlane().templateHash()), controlPlaneTemplate(plan));
    var check = plan.spec().controlPlane().healthCheck();
    if (check.enabled()) {
      objects.put(
          Keys.controlPlaneHealth(),
          HealthCheckObject.ofControlPlane(
              plan.id(), ControlPlaneObject.name(plan), ControlPlaneObject.selector(plan), check));
    }
    return objects;
  }

  @Override
  default SortedMap<String, Object> bootstrap(
      ClusterPlan plan, PoolPlan pool, ObservedCluster observed) {
    return BootstrapObject.of(plan, pool, registration(plan, observed));
  }
}
