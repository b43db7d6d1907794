package dev.isobar.function.compose;

import dev.isobar.apis.compute.ProviderConfigRef;
import dev.isobar.apis.compute.ProviderConfigRef.Kind;
import dev.isobar.apis.tree.Fields;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.addon.AddonList;
import dev.isobar.function.compose.addon.GpuNodes;
import dev.isobar.function.compose.capi.BootstrapObject;
import dev.isobar.function.compose.capi.CapiObjects;
import dev.isobar.function.compose.capi.ClusterObject;
import dev.isobar.function.compose.capi.ControlPlaneObject;
import dev.isobar.function.compose.capi.DeploymentObject;
import dev.isobar.function.compose.capi.GpuMachineTemplateObject;
import dev.isobar.function.compose.capi.HealthCheckObject;
import dev.isobar.function.compose.capi.Registration;
import dev.isobar.function.compose.gpu.GpuConfigs;
import dev.isobar.function.compose.gpu.GpuNodeConfig;
import dev.isobar.function.compose.openstack.ClusterInfrastructure;
import dev.isobar.function.compose.openstack.Conversion;
import dev.isobar.function.compose.openstack.MachineTemplate;
import dev.isobar.function.compose.openstack.OpenStackObjects;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.Keys;
import dev.isobar.function.compose.plan.Marks;
import dev.isobar.function.compose.plan.NodeMarks;
import dev.isobar.function.compose.plan.ObservedCluster;
import dev.isobar.function.compose.plan.PoolPlan;
import dev.isobar.function.compose.sveltos.Addon;
import dev.isobar.function.compose.sveltos.ProfileObjects;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Expands a plan into the objects that shall exist, by composition resource name.
 *
 * @param objects the objects
 * @param addons the add-ons among them, in the order they are listed to users
 * @param retained names of templates that only machines of an earlier wish still need
 * @param leaving pools with machines that go, with how many are still there
 * @param held pools whose nodes are not asked for yet, with what they wait for
 * @param waiting pools whose nodes stay as they are for now, with what they wait for
 * @param notes what else there is to say of pools
 */
record Desired(
    SortedMap<String, SortedMap<String, Object>> objects,
    List<Addon> addons,
    List<String> retained,
    SortedMap<String, Long> leaving,
    SortedMap<String, String> held,
    SortedMap<String, String> waiting,
    SortedMap<String, String> notes) {
  private static final String GPU_TEMPLATES = GpuMachineTemplateObject.GROUP;

  static Desired of(ClusterPlan plan, ObservedCluster observed, Summaries summaries) {
    var objects = new TreeMap<String, SortedMap<String, Object>>();
    addCluster(plan, observed, objects);
    plan.pools().forEach(pool -> addPool(plan, pool, observed, objects));
    SortedMap<String, String> notes = Succession.keep(plan, observed, objects);
    SortedMap<String, Long> leaving = Farewell.keep(observed, objects);
    keepTemplates(plan, observed, objects);
    SortedMap<String, Tree> retained = Retention.templates(plan, observed, objects);
    retained.forEach((key, template) -> objects.put(key, asItIs(plan, template)));
    List<Addon> addons = AddonList.of(plan, gpuNodes(plan, objects));
    addons.forEach(addon -> objects.putAll(ProfileObjects.of(plan.id(), plan.settings(), addon)));
    CredentialsUsage.of(plan).ifPresent(usage -> objects.put(Keys.credentialsUsage(), usage));
    SortedMap<String, String> held = CreationGates.held(plan, observed, summaries, objects);
    SortedMap<String, String> upgraded = CreationGates.holdNodes(plan, observed, objects);
    SortedMap<String, String> waiting =
        CreationGates.holdLayouts(plan, observed, summaries, objects);
    waiting.putAll(upgraded);
    plan.pools().stream()
        .filter(pool -> held.containsKey(pool.name()))
        .forEach(pool -> objects.keySet().removeAll(ofNodes(pool)));
    return new Desired(
        objects, addons, List.copyOf(retained.keySet()), leaving, held, waiting, notes);
  }

  /** Whether nothing is kept that goes once other things have come. */
  boolean settled() {
    return retained.isEmpty() && leaving.isEmpty() && waiting.isEmpty() && notes.isEmpty();
  }

  private static Set<String> ofNodes(PoolPlan pool) {
    var keys = new TreeSet<String>();
    for (PoolPlan.Share share : pool.shares()) {
      keys.add(pool.key(share));
      keys.add(Keys.health(pool.key(share)));
    }
    return keys;
  }

  private static void addCluster(
      ClusterPlan plan,
      ObservedCluster observed,
      SortedMap<String, SortedMap<String, Object>> objects) {
    objects.put(Keys.CLUSTER, ClusterObject.of(plan, observed, OpenStackObjects.CLUSTER_KIND));
    objects.put(Keys.INFRASTRUCTURE, ClusterInfrastructure.of(plan, observed));
    Fields template =
        CapiObjects.ref(
            OpenStackObjects.GROUP,
            OpenStackObjects.TEMPLATE_KIND,
            MachineTemplate.controlPlaneName(plan));
    objects.put(
        Keys.CONTROL_PLANE,
        ControlPlaneObject.of(plan, observed, registration(plan, observed), template));
    objects.put(
        Keys.controlPlaneTemplate(plan.controlPlane().templateHash()),
        MachineTemplate.controlPlane(plan));
    var check = plan.spec().controlPlane().healthCheck();
    if (check.enabled()) {
      objects.put(
          Keys.controlPlaneHealth(),
          HealthCheckObject.ofControlPlane(
              plan.id(), ControlPlaneObject.name(plan), ControlPlaneObject.selector(plan), check));
    }
  }

  private static void addPool(
      ClusterPlan plan,
      PoolPlan pool,
      ObservedCluster observed,
      SortedMap<String, SortedMap<String, Object>> objects) {
    if (pool.stands()) {
      StandingPool.add(pool, observed, objects);
      return;
    }
    Fields template =
        pool.ownMachines()
            ? CapiObjects.ref(
                GPU_TEMPLATES,
                GpuMachineTemplateObject.KIND,
                GpuMachineTemplateObject.name(plan, pool))
            : CapiObjects.ref(
                OpenStackObjects.GROUP,
                OpenStackObjects.TEMPLATE_KIND,
                MachineTemplate.poolName(plan, pool));
    objects.put(
        Keys.machines(pool.name(), pool.machineHash()),
        pool.ownMachines()
            ? GpuMachineTemplateObject.of(plan, pool, providerConfig(plan))
            : MachineTemplate.pool(plan, pool));
    objects.put(
        Keys.bootstrap(pool.name(), pool.bootstrapHash()),
        BootstrapObject.of(plan, pool, registration(plan, observed)));
    for (PoolPlan.Share share : pool.shares()) {
      SortedMap<String, Object> deployment = DeploymentObject.of(plan, pool, share, template);
      Tree seen = observed.resource(pool.key(share));
      objects.put(pool.key(share), withKnownDisk(deployment, seen));
      if (pool.pool().healthCheck().enabled()) {
        objects.put(Keys.health(pool.key(share)), healthCheck(plan, pool, share, seen));
      }
    }
  }

  private static SortedMap<String, Object> healthCheck(
      ClusterPlan plan, PoolPlan pool, PoolPlan.Share share, Tree deployment) {
    String name = DeploymentObject.name(plan, pool, share);
    long now = deployment.at("spec", "replicas").whole().orElse(0L);
    boolean scaled = pool.pool().autoscale().isPresent();
    return HealthCheckObject.ofPool(
        plan.id(),
        name,
        DeploymentObject.selector(plan, name),
        pool.pool().healthCheck(),
        scaled ? Math.max(now, share.fewest()) : share.fewest(),
        Map.of(Marks.POOL, pool.name()));
  }

  /** What the autoscaler knows of the disk of machines that stay, if the Cloud forgot it. */
  private static SortedMap<String, Object> withKnownDisk(
      SortedMap<String, Object> deployment, Tree seen) {
    Tree wanted = Tree.of(deployment);
    String disk = Marks.CAPACITY + "ephemeral-disk";
    boolean lost =
        ObservedCluster.annotation(wanted, Marks.CAPACITY + "cpu").isPresent()
            && ObservedCluster.annotation(wanted, disk).isEmpty()
            && ObservedCluster.machineTemplate(wanted)
                .equals(ObservedCluster.machineTemplate(seen));
    return lost
        ? Retention.marked(deployment, disk, ObservedCluster.annotation(seen, disk))
        : deployment;
  }

  /**
   * The Cloud's region may be spelled anew, but nodes must go on spelling it as the infrastructure
   * does.
   */
  private static Registration registration(ClusterPlan plan, ObservedCluster observed) {
    Tree identity = observed.infrastructure().at("spec", "identityRef");
    String region =
        identity.at("region").text().orElse(identity.exists() ? "" : plan.cloud().spec().region());
    return Registration.openStack(region);
  }

  private static ProviderConfigRef providerConfig(ClusterPlan plan) {
    return plan.cloud()
        .spec()
        .providerConfigRef()
        .orElseGet(() -> new ProviderConfigRef(Kind.ClusterProviderConfig, plan.cloud().name()));
  }

  /**
   * A template never changes: one that exists is emitted as it is, whatever this release would
   * write. It only notes the claim's imageRevision, under which its image was found to be the one
   * to have.
   */
  private static void keepTemplates(
      ClusterPlan plan,
      ObservedCluster observed,
      SortedMap<String, SortedMap<String, Object>> objects) {
    objects.replaceAll((key, object) -> {
      Tree seen = observed.resource(key);
      return Retention.isTemplate(seen)
          ? Retention.marked(
              asItIs(plan, seen),
              Marks.IMAGE_REVISION,
              ObservedCluster.annotation(Tree.of(object), Marks.IMAGE_REVISION))
          : object;
    });
  }

  private static SortedMap<String, Object> asItIs(ClusterPlan plan, Tree template) {
    return Conversion.template(Retention.asMade(template), OpenStackObjects.apiVersion(plan));
  }

  /**
   * Nodes of all pools, and of all templates as they are: nodes bear the names and taints of what
   * they were made with, and live until others have come.
   */
  private static GpuNodes gpuNodes(
      ClusterPlan plan, SortedMap<String, SortedMap<String, Object>> objects) {
    List<GpuNodeConfig> nodes = new ArrayList<>();
    List<NodeMarks.Mark> taints = new ArrayList<>();
    plan.pools().forEach(pool -> pool.gpu().ifPresent(gpu -> nodes.add(gpu.config())));
    for (SortedMap<String, Object> object : objects.values()) {
      Tree template = Tree.of(object);
      Optional<String> config = ObservedCluster.annotation(template, Marks.GPU_CONFIG);
      if (config.isPresent()) {
        nodes.add(GpuNodeConfig.decode(config.get()));
        taints.addAll(BootstrapObject.taints(template));
      }
    }
    return new GpuNodes(plan.hasGpus() || !nodes.isEmpty(), GpuConfigs.of(nodes), taints);
  }
}
