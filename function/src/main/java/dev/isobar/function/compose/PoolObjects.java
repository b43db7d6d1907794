package dev.isobar.function.compose;

import dev.isobar.apis.compute.ProviderConfigRef;
import dev.isobar.apis.compute.ProviderConfigRef.Kind;
import dev.isobar.apis.platform.HealthCheck;
import dev.isobar.apis.schema.Size;
import dev.isobar.apis.tree.Fields;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.capi.CapiObjects;
import dev.isobar.function.compose.capi.DeploymentObject;
import dev.isobar.function.compose.capi.GpuMachineTemplateObject;
import dev.isobar.function.compose.capi.HealthCheckObject;
import dev.isobar.function.compose.capi.InfrastructureProvider;
import dev.isobar.function.compose.capi.MachineTemplates;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.Keys;
import dev.isobar.function.compose.plan.Marks;
import dev.isobar.function.compose.plan.ObservedCluster;
import dev.isobar.function.compose.plan.PoolPlan;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The objects of pools: templates, MachineDeployments and what checks their machines. */
final class PoolObjects {
  private PoolObjects() {}

  /** Adds the objects of a pool. */
  static void add(
      ClusterPlan plan,
      PoolPlan pool,
      ObservedCluster observed,
      SortedMap<String, SortedMap<String, Object>> objects) {
    if (pool.stands()) {
      StandingPool.add(pool, observed, objects);
      return;
    }
    InfrastructureProvider provider = InfrastructureProviders.of(plan);
    String key = Keys.machines(pool.name(), pool.machineHash());
    SortedMap<String, Object> machines =
        pool.ownMachines()
            ? GpuMachineTemplateObject.of(plan, pool, providerConfig(plan, pool, observed))
            : provider.poolTemplate(plan, pool);
    objects.put(key, machines);
    objects.put(
        Keys.bootstrap(pool.name(), pool.bootstrapHash()),
        provider.bootstrap(plan, pool, observed));
    Tree seen = observed.resource(key);
    Tree template = Retention.isTemplate(seen) ? seen : Tree.of(machines);
    for (PoolPlan.Share share : pool.shares()) {
      Tree before = observed.resource(pool.key(share));
      objects.put(
          pool.key(share),
          deployment(plan, pool, share, before, template, observed.hadGpus(pool.name())));
      if (pool.pool().healthCheck().enabled()) {
        objects.put(Keys.health(pool.key(share)), healthCheck(plan, pool, share, before));
      }
    }
  }

  /** The MachineDeployment, whose machines come from a template that may have been there before. */
  private static SortedMap<String, Object> deployment(
      ClusterPlan plan,
      PoolPlan pool,
      PoolPlan.Share share,
      Tree before,
      Tree template,
      boolean hadGpus) {
    InfrastructureProvider provider = InfrastructureProviders.of(plan);
    Fields reference =
        CapiObjects.ref(
            pool.ownMachines() ? GpuMachineTemplateObject.GROUP : CapiObjects.INFRASTRUCTURE,
            pool.ownMachines() ? GpuMachineTemplateObject.KIND : provider.templateKind(),
            MachineTemplates.poolName(plan, pool));
    SortedMap<String, Object> told =
        withStartup(
            DeploymentObject.of(plan, pool, share, hadGpus, reference, provider.bootstrapKind()),
            pool);
    Optional<Size> usual = provider.usualRootDisk();
    return pool.ownMachines() && usual.isPresent()
        ? withOwnDisk(told, pool, template)
        : withKnownDisk(told, before, usual);
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
        pool,
        scaled ? Math.max(now, share.fewest()) : share.fewest());
  }

  /**
   * Tells the Machines that provider-isobar makes how long their nodes may take to join. It is no
   * part of their template, so that a change of it rolls nothing.
   */
  private static SortedMap<String, Object> withStartup(
      SortedMap<String, Object> deployment, PoolPlan pool) {
    HealthCheck check = pool.pool().healthCheck();
    if (!pool.ownMachines() || !check.enabled()) {
      return deployment;
    }
    Tree spec = Tree.of(deployment).at("spec");
    Tree template = spec.at("template");
    SortedMap<String, Object> machines =
        Retention.marked(
            Fields.with("metadata", template.at("metadata").plain())
                .set("spec", template.at("spec").plain())
                .map(),
            Marks.STARTUP,
            Optional.of(check.startupTimeout().seconds() + "s"));
    Fields told = Fields.none();
    spec.fields().forEach(field -> told.set(field, spec.at(field).plain()));
    var other = new TreeMap<>(deployment);
    other.put("spec", told.set("template", machines).map());
    return other;
  }

  /**
   * What the autoscaler knows of a disk of which neither claim nor Cloud says anything: that of
   * machines that stay, if the Cloud forgot it, or else what machines of the cloud usually get.
   */
  private static SortedMap<String, Object> withKnownDisk(
      SortedMap<String, Object> deployment, Tree seen, Optional<Size> usual) {
    Tree wanted = Tree.of(deployment);
    String disk = Marks.CAPACITY + "ephemeral-disk";
    boolean open =
        ObservedCluster.annotation(wanted, Marks.CAPACITY + "cpu").isPresent()
            && ObservedCluster.annotation(wanted, disk).isEmpty();
    if (!open) {
      return deployment;
    }
    boolean stays =
        ObservedCluster.machineTemplate(wanted).equals(ObservedCluster.machineTemplate(seen));
    Optional<String> known = stays ? ObservedCluster.annotation(seen, disk) : Optional.empty();
    return Retention.marked(deployment, disk, known.or(() -> usual.map(Size::text)));
  }

  /**
   * What the autoscaler knows of the disk of own machines where types bring none: all have that of
   * their template. Templates of former releases may have none; how large that of their image is
   * nobody knows.
   */
  private static SortedMap<String, Object> withOwnDisk(
      SortedMap<String, Object> deployment, PoolPlan pool, Tree template) {
    return pool.pool().autoscale().isEmpty()
        ? deployment
        : Retention.marked(
            deployment,
            Marks.CAPACITY + "ephemeral-disk",
            template.at("spec", "template", "spec").at("rootDisk", "size").text());
  }

  /** The Cloud's, else that of the machines the pool has: a Cloud that loses it takes none away. */
  private static ProviderConfigRef providerConfig(
      ClusterPlan plan, PoolPlan pool, ObservedCluster observed) {
    return plan.cloud()
        .spec()
        .providerConfigRef()
        .or(() ->
            observed.deployments(pool.name()).stream()
                .flatMap(deployment -> ObservedCluster.machineTemplate(deployment).stream())
                .map(name -> observed.named(name).at("spec", "template", "spec"))
                .flatMap(made -> CleanupObject.config(made.at("providerConfigRef")).stream())
                .findFirst())
        .orElseGet(() -> new ProviderConfigRef(Kind.ClusterProviderConfig, plan.cloud().name()));
  }

  /**
   * A template never changes: one that exists is emitted as it is, whatever this release would
   * write. It only notes the claim's imageRevision, under which its image was found to be the one
   * to have.
   */
  static void keepTemplates(
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

  /** A template as it is, in the API version of the installation. */
  static SortedMap<String, Object> asItIs(ClusterPlan plan, Tree template) {
    return InfrastructureProviders.of(plan).inVersion(plan, Retention.asMade(template));
  }

  /** The composition resource names of what has nodes of a pool. */
  static Set<String> ofNodes(PoolPlan pool) {
    var keys = new TreeSet<String>();
    for (PoolPlan.Share share : pool.shares()) {
      keys.add(pool.key(share));
      keys.add(Keys.health(pool.key(share)));
    }
    return keys;
  }
}
