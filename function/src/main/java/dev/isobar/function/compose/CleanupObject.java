package dev.isobar.function.compose;

import dev.isobar.apis.compute.CloudSpec;
import dev.isobar.apis.compute.ProviderConfigRef;
import dev.isobar.apis.tree.Fields;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.capi.CapiObjects;
import dev.isobar.function.compose.capi.ControlPlaneObject;
import dev.isobar.function.compose.ec2.AwsObjects;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.Keys;
import dev.isobar.function.compose.plan.ObservedCluster;
import dev.isobar.function.readiness.ClusterHealth;
import dev.isobar.function.readiness.ObservedCondition;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Has provider-isobar remove what the cluster's own controllers made in the cloud, once the control
 * plane is gone: Cluster API does not, and no network goes while a load balancer is in it. No
 * function runs for a composite that is deleted, so that a managed resource must do it.
 */
final class CleanupObject {
  /** No function could lift the pause afterwards. */
  private static final String PAUSED =
      "spec.paused must be false before the claim is deleted, because Cluster API deletes nothing"
          + " of a paused cluster";

  private CleanupObject() {}

  /** Nothing where no credentials are known that the provider could use. */
  static Optional<SortedMap<String, Object>> of(ClusterPlan plan, ObservedCluster observed) {
    return config(plan, observed).map(config -> object(plan, config));
  }

  /**
   * The Cloud's, else those of before: dropped, the object would still wait for the cluster's end,
   * and remove by what the claim said once.
   */
  private static Optional<ProviderConfigRef> config(ClusterPlan plan, ObservedCluster observed) {
    Tree before = observed.resource(Keys.CLEANUP).at("spec", "providerConfigRef");
    return plan.cloud().spec().providerConfigRef().or(() -> config(before));
  }

  /** The config that an object names. */
  static Optional<ProviderConfigRef> config(Tree named) {
    return named.at("name").text().map(name -> new ProviderConfigRef(kind(named), name));
  }

  private static ProviderConfigRef.Kind kind(Tree config) {
    return config.at("kind").text().filter("ProviderConfig"::equals).isPresent()
        ? ProviderConfigRef.Kind.ProviderConfig
        : ProviderConfigRef.Kind.ClusterProviderConfig;
  }

  /** What a deletion of the cluster would do in the cloud; nothing before the provider looked. */
  static Optional<String> foretold(ClusterPlan plan, ObservedCluster observed) {
    Optional<String> unpaused = unpaused(plan, observed);
    return plan.spec().paused()
        ? Optional.of(PAUSED + unpaused.map("; then "::concat).orElse(""))
        : unpaused;
  }

  private static Optional<String> unpaused(ClusterPlan plan, ObservedCluster observed) {
    if (config(plan, observed).isEmpty()) {
      return Optional.of(left(plan));
    }
    Tree cleanup = observed.resource(Keys.CLEANUP);
    String wish = plan.spec().addons().volumes().afterCluster().name();
    boolean known = cleanup.at("spec", "volumes").text().filter(wish::equals).isPresent();
    return ObservedCondition.of(cleanup, "Ready")
        .map(ready ->
            known && ready.current()
                ? told(ready)
                : "not known yet: provider-isobar has not looked since "
                    + (known
                        ? "the ClusterCleanup was changed"
                        : "spec.addons.volumes.afterCluster became " + wish));
  }

  /**
   * What keeps the network of a Cluster that goes without its claim, in words: nobody removes load
   * balancers then, nor deals with volumes. Empty where Cluster API does, and where there are none.
   */
  static String holding(ClusterPlan plan, ObservedCluster observed) {
    boolean own = plan.spec().network().existing().isEmpty();
    if (!own || plan.cloud().spec().provider() != CloudSpec.Provider.OpenStack) {
      return "";
    }
    Tree cleanup = observed.resource(Keys.CLEANUP);
    if (!cleanup.exists()) {
      return "; load balancers of its Services hold its network, if there are any, until somebody"
          + " deletes them in the cloud";
    }
    if (ClusterHealth.deleting(cleanup)) {
      return ObservedCondition.of(cleanup, "Ready")
          .map(ready -> "; its ClusterCleanup: " + ready.message())
          .orElse("");
    }
    long balancers = cleanup.at("status", "counts").at("loadBalancers").whole().orElse(0L);
    return balancers == 0
        ? ""
        : "; load balancers of its Services hold its network ("
            + balancers
            + " of them), until the platform team deletes ClusterCleanup "
            + plan.id().cluster()
            + " too, which treats volumes as spec.addons.volumes.afterCluster says ("
            + plan.spec().addons().volumes().afterCluster().name()
            + ")";
  }

  /** Of EC2 Cluster API's own provider removes load balancers before the network. */
  private static String left(ClusterPlan plan) {
    boolean amazon = plan.cloud().spec().provider() == CloudSpec.Provider.EC2;
    return (amazon ? "volumes" : "load balancers and volumes")
        + " that the cluster made are left where they are, because Cloud "
        + plan.spec().cloud()
        + " has no spec.providerConfigRef with which to remove them"
        + (amazon
            ? ": delete its claims for volumes first, where they shall go"
            : ": delete its Services of type LoadBalancer first, or its network cannot go");
  }

  private static String told(ObservedCondition ready) {
    return ready.holds()
        ? ready.message()
        : "not known now (" + ready.reason() + "): " + ready.message();
  }

  private static SortedMap<String, Object> object(ClusterPlan plan, ProviderConfigRef config) {
    String name = plan.id().cluster();
    String kind = plan.managed() ? AwsObjects.MANAGED_CONTROL_PLANE_KIND : ControlPlaneObject.KIND;
    Fields controlPlane = Fields.with("kind", kind).set("name", ControlPlaneObject.name(plan));
    return CapiObjects.of("compute.isobar.dev/v1alpha1", "ClusterCleanup", plan.id(), name)
        .spec(
            Fields.with("cluster", name)
                .set("controlPlaneRef", controlPlane)
                .set(
                    "providerConfigRef",
                    Fields.with("kind", config.kind().name()).set("name", config.name()))
                .set("volumes", plan.spec().addons().volumes().afterCluster().name()))
        .map();
  }
}
