package dev.isobar.function.compose.capi;

import dev.isobar.apis.compute.Architecture;
import dev.isobar.apis.compute.CapacityChoice;
import dev.isobar.apis.platform.Autoscale;
import dev.isobar.apis.schema.Size;
import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.cloud.Machine;
import dev.isobar.function.compose.naming.Names;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.Marks;
import dev.isobar.function.compose.plan.NodeMarks;
import dev.isobar.function.compose.plan.PoolPlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The MachineDeployment of a pool, or of its part in one zone. */
public final class DeploymentObject {

  /** How long pods of a CPU node may take to leave. */
  private static final Duration DRAIN = Duration.ofMinutes(5);

  /** How long pods of a GPU node may take to leave: a working day and its night. */
  private static final Duration GPU_DRAIN = Duration.ofHours(24);

  /**
   * The share of a node below which the autoscaler gives it back: no pod asks for less of what
   * counts there. That is {@code nvidia.com/gpu} alone where a node offers it, else processors and
   * memory, and slices never. It evicts pods itself before Cluster API drains the node, and heeds
   * no MachineDrainRule. With none at all even nodes without pods would stay.
   *
   * @see <a
   *     href="https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/simulator/utilization/info.go">what
   *     counts</a>
   */
  private static final String IDLE = "0.0001";

  private final ClusterPlan plan;
  private final PoolPlan pool;
  private final PoolPlan.Share share;
  private final boolean hadGpus;
  private final String bootstrapKind;

  private DeploymentObject(
      ClusterPlan plan,
      PoolPlan pool,
      PoolPlan.Share share,
      boolean hadGpus,
      String bootstrapKind) {
    this.plan = plan;
    this.pool = pool;
    this.share = share;
    this.hadGpus = hadGpus;
    this.bootstrapKind = bootstrapKind;
  }

  /** The name of the MachineDeployment; permanent. */
  public static String name(ClusterPlan plan, PoolPlan pool, PoolPlan.Share share) {
    boolean spread = pool.shares().size() > 1;
    return spread
        ? Names.machines(plan.id().cluster(), pool.name(), share.zone())
        : Names.machines(plan.id().cluster(), pool.name());
  }

  /**
   * The MachineDeployment, referring to a machine and a bootstrap template of given kinds.
   *
   * @param hadGpus whether nodes of before may have GPUs: Cluster API drains all by what is said
   *     now
   */
  public static SortedMap<String, Object> of(
      ClusterPlan plan,
      PoolPlan pool,
      PoolPlan.Share share,
      boolean hadGpus,
      Fields machineTemplateRef,
      String bootstrapKind) {
    return new DeploymentObject(plan, pool, share, hadGpus, bootstrapKind)
        .object(machineTemplateRef);
  }

  private SortedMap<String, Object> object(Fields machineTemplateRef) {
    String name = name(plan, pool, share);
    SortedMap<String, Object> selected = new TreeMap<>(selector(plan, name));
    selected.put(Marks.POOL, pool.name());
    NodeMarks.throughClusterApi(pool.pool().labels()).forEach(selected::put);
    if (pool.pool()
        .capacity()
        .filter(one -> one.model() == CapacityChoice.Model.Spot)
        .isPresent()) {
      selected.put(Marks.CAPACITY_MODEL, CapacityChoice.Model.Spot.name());
    }
    Fields spec =
        Fields.with("clusterName", plan.id().cluster())
            .set("selector", Fields.with("matchLabels", selector(plan, name)))
            .set("rollout", rollout())
            .set(
                "template",
                Fields.with("metadata", Fields.with("labels", selected))
                    .set("spec", machine(machineTemplateRef)));
    pool.pool().replicas().ifPresent(_ -> spec.set("replicas", share.fewest()));
    var object =
        CapiObjects.of(
                CapiObjects.CORE + "/" + CapiObjects.VERSION, "MachineDeployment", plan.id(), name)
            .label(Marks.CAPI_DEPLOYMENT, name)
            .label(Marks.POOL, pool.name())
            .spec(spec);
    pool.demand().ifPresent(demand -> object.annotation(Marks.GPU_DEMAND, demand.mark()));
    if (pool.pool().autoscale().isPresent()) {
      object.annotations(autoscaler());
    }
    return object.map();
  }

  /** The labels of the machines of a MachineDeployment. */
  public static SortedMap<String, String> selector(ClusterPlan plan, String deployment) {
    return new TreeMap<>(
        Map.of(Marks.CAPI_CLUSTER, plan.id().cluster(), Marks.CAPI_DEPLOYMENT, deployment));
  }

  /**
   * Scarce machines are given back before another is asked for; all others come before the old ones
   * go.
   */
  private Fields rollout() {
    Fields update =
        Fields.with("maxSurge", pool.scarce() ? 0 : 1).set("maxUnavailable", pool.scarce() ? 1 : 0);
    return Fields.with(
        "strategy", Fields.with("type", "RollingUpdate").set("rollingUpdate", update));
  }

  private Fields machine(Fields machineTemplateRef) {
    Duration drain =
        pool.pool()
            .drainTimeout()
            .map(span -> span.duration())
            .orElse(pool.gpu().isPresent() || hadGpus ? GPU_DRAIN : DRAIN);
    return Fields.with("clusterName", plan.id().cluster())
        .set("version", pool.version().machineTag())
        .set("failureDomain", failureDomain())
        .set(
            "bootstrap",
            Fields.with(
                "configRef",
                CapiObjects.ref(
                    CapiObjects.BOOTSTRAP, bootstrapKind, BootstrapObject.name(plan, pool))))
        .set("infrastructureRef", machineTemplateRef)
        .set("deletion", CapiObjects.deletion(drain));
  }

  /** Own GPU machines try zones themselves; others are told theirs, or the first of a GPU pool. */
  private Optional<String> failureDomain() {
    if (pool.ownMachines()) {
      return Optional.empty();
    }
    return Optional.of(share.zone())
        .filter(zone -> !zone.isEmpty())
        .or(() -> pool.pool().zones().stream().findFirst());
  }

  /** The zone of every node: also of own GPU machines that find their type in no other. */
  private Optional<String> zone() {
    if (!pool.ownMachines()) {
      return failureDomain();
    }
    List<String> zones =
        GpuMachineTemplateObject.zones(plan, pool).stream()
            .filter(zone -> pool.machines().stream().anyMatch(machine -> isIn(machine, zone)))
            .toList();
    return zones.size() == 1 ? Optional.of(zones.getFirst()) : Optional.empty();
  }

  private static boolean isIn(Machine machine, String zone) {
    return machine.zones().isEmpty() || machine.zones().contains(zone);
  }

  /** What the autoscaler must know of a node before one exists, to scale from zero. */
  private SortedMap<String, String> autoscaler() {
    var annotations = new TreeMap<String, String>();
    annotations.put(Marks.AUTOSCALER + "min-size", String.valueOf(share.fewest()));
    annotations.put(Marks.AUTOSCALER + "max-size", String.valueOf(share.most()));
    least(Machine::cpu)
        .ifPresent(cpu -> annotations.put(Marks.CAPACITY + "cpu", String.valueOf(cpu)));
    least(Machine::memory)
        .ifPresent(memory -> annotations.put(Marks.CAPACITY + "memory", memory.text()));
    Optional<Size> disk =
        pool.pool().rootDisk().map(root -> root.size()).or(() -> least(Machine::disk));
    disk.filter(size -> size.bytes() > 0)
        .ifPresent(size -> annotations.put(Marks.CAPACITY + "ephemeral-disk", size.text()));
    pool.pool()
        .kubelet()
        .maxPods()
        .or(() -> plan.spec().nodes().kubelet().maxPods())
        .ifPresent(pods -> annotations.put(Marks.CAPACITY + "maxPods", String.valueOf(pods)));
    pool.gpu()
        .map(gpu -> gpu.resources())
        .filter(resources -> resources.size() == 1)
        .ifPresent(resources -> {
          annotations.put(Marks.CAPACITY + "gpu-type", resources.firstKey());
          annotations.put(
              Marks.CAPACITY + "gpu-count", String.valueOf(resources.get(resources.firstKey())));
        });
    annotations.putAll(scaleDown());
    annotations.put(Marks.CAPACITY + "labels", labels());
    String taints =
        NodeMarks.lasting(pool).stream().map(NodeMarks.Mark::text).collect(Collectors.joining(","));
    if (!taints.isEmpty()) {
      annotations.put(Marks.CAPACITY + "taints", taints);
    }
    return annotations;
  }

  /** When the autoscaler gives a node back. */
  private SortedMap<String, String> scaleDown() {
    var annotations = new TreeMap<String, String>();
    pool.pool()
        .autoscale()
        .flatMap(Autoscale::scaleDownUnneededTime)
        .ifPresent(span -> annotations.put(Marks.SCALE_DOWN_AFTER, span.seconds() + "s"));
    if ((pool.gpu().isPresent() || hadGpus) && plan.spec().nodes().waitForSessions()) {
      annotations.put(Marks.SCALING + "scaledownutilizationthreshold", IDLE);
      annotations.put(Marks.SCALING + "scaledowngpuutilizationthreshold", IDLE);
    }
    return annotations;
  }

  private String labels() {
    SortedMap<String, String> labels = new TreeMap<>(NodeMarks.labels(pool));
    labels.putAll(NodeMarks.throughClusterApi(pool.pool().labels()));
    // Of the image, for that is what nodes run, whatever the Cloud has come to say of the type.
    Architecture architecture = pool.image().architecture();
    labels.put("kubernetes.io/arch", architecture.name());
    labels.put("kubernetes.io/os", "linux");
    zone().ifPresent(zone -> labels.put("topology.kubernetes.io/zone", zone));
    return labels.entrySet().stream()
        .map(label -> label.getKey() + "=" + label.getValue())
        .collect(Collectors.joining(","));
  }

  /** The least of all fall-backs, so that no pod is promised more than every one of them has. */
  private <T extends Comparable<T>> Optional<T> least(Function<Machine, Optional<T>> what) {
    List<T> known = pool.machines().stream().map(what).flatMap(Optional::stream).toList();
    return known.stream().min(Comparable::compareTo);
  }
}
