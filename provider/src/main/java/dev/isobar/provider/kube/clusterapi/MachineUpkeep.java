package dev.isobar.provider.kube.clusterapi;

import dev.isobar.apis.compute.InstanceObservation;
import dev.isobar.apis.compute.InstanceSpec;
import dev.isobar.apis.compute.UserDataSource.Compression;
import dev.isobar.apis.decode.Encoder;
import dev.isobar.apis.infrastructure.GpuMachineStatus;
import dev.isobar.provider.clusterapi.GpuGate;
import dev.isobar.provider.clusterapi.MachineInstance;
import dev.isobar.provider.clusterapi.MachineReport;
import dev.isobar.provider.clusterapi.NodeView;
import dev.isobar.provider.clusterapi.OwnerCluster;
import dev.isobar.provider.clusterapi.OwnerMachine;
import dev.isobar.provider.clusterapi.Surroundings;
import dev.isobar.provider.decide.Managed;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.kube.api.ApiAnswer;
import dev.isobar.provider.kube.api.KubernetesKind;
import dev.isobar.provider.kube.api.Mirror;
import dev.isobar.provider.kube.api.ObjectApi;
import dev.isobar.provider.operate.Diary;
import dev.isobar.provider.queue.Urgency;
import dev.isobar.provider.queue.Workers.Again;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Keeps one GpuMachine: makes its Instance, says how it is doing, lets its node's taint go. */
final class MachineUpkeep {
  private static final Diary LOG = Diary.of(MachineUpkeep.class);

  /** How soon a node is looked at again whose GPUs are not as planned. */
  private static final Duration COMING = Duration.ofSeconds(10);

  private static final Again COMES = new Again.After(COMING, Urgency.RESYNC);

  /** How soon one is that was as planned. */
  private static final Duration SETTLED = Duration.ofMinutes(1);

  /** What it reads and what it speaks through. */
  record Tools(
      ObjectApi api,
      Mirror<StoredMachine> machines,
      Mirror<OwnerMachine> owners,
      Mirror<OwnerCluster> clusters,
      Function<ObjectKey, Optional<Managed>> instances,
      Surveyor surveyor,
      Workloads workloads,
      InstantSource clock) {}

  private final Tools tools;
  private final ObjectApi api;
  private final Replacement replacement;

  MachineUpkeep(Tools tools) {
    this.tools = tools;
    this.api = tools.api();
    this.replacement = new Replacement(api, tools.owners());
  }

  /** One pass; answers when the next one is due. */
  Again keep(ObjectKey key) {
    Optional<StoredMachine> found = tools.machines().get(key);
    if (found.isEmpty()) {
      return new Again.WhenAdded();
    }
    StoredMachine machine = found.get();
    Optional<OwnerCluster> cluster = tools.clusters().get(machine.clusterKey());
    Optional<String> pause = pause(machine, cluster);
    if (pause.isPresent()) {
      return report(machine, said(machine).paused(pause.get()), new Again.WhenAdded());
    }
    if (machine.deleting()) {
      return leave(machine);
    }
    if (machine.owner().isEmpty() || machine.cluster().isEmpty()) {
      return waits(
          machine, "WaitingForMachine", "Cluster API has not made a Machine the owner of this yet");
    }
    if (!machine.held()) {
      return stored(hold(machine), new Again.After(Duration.ZERO, Urgency.NEWS));
    }
    Optional<Managed> instance = tools.instances().apply(key);
    return instance.isPresent() ? follow(machine, instance.get()) : begin(machine, cluster);
  }

  private static Optional<String> pause(StoredMachine machine, Optional<OwnerCluster> cluster) {
    if (machine.paused()) {
      return Optional.of("annotation cluster.x-k8s.io/paused is set");
    }
    return cluster.filter(OwnerCluster::paused).isPresent()
        ? Optional.of("Cluster " + machine.clusterKey() + " is paused (spec.paused)")
        : Optional.empty();
  }

  // --- a machine that is to be made ------------------------------------------------------------

  private Again begin(StoredMachine machine, Optional<OwnerCluster> cluster) {
    if (said(machine).provisioned() || machine.spec().providerID().isPresent()) {
      return lost(machine);
    }
    Optional<OwnerMachine> owner = tools.owners().get(machine.key());
    if (cluster.filter(OwnerCluster::provisioned).isEmpty()) {
      return waits(
          machine,
          "WaitingForClusterInfrastructure",
          "the network of Cluster " + machine.clusterKey() + " is not there yet");
    }
    Optional<String> bootstrap = owner.flatMap(OwnerMachine::bootstrapSecret);
    if (bootstrap.isEmpty()) {
      return waits(
          machine,
          "WaitingForBootstrapData",
          "the bootstrap provider has not written the data for the first start yet");
    }
    return place(machine, cluster.get(), bootstrap.get(), owner.flatMap(OwnerMachine::zone));
  }

  /** What is asked for cannot be taken back: the API server itself must know no Instance. */
  private Again lost(StoredMachine machine) {
    Again then =
        waits(
            machine,
            "Lost",
            "its Instance is gone, and a Machine is never made twice; delete the Machine "
                + "(a MachineHealthCheck does), and another one takes its place");
    return OwnedInstance.of(api, machine) == OwnedInstance.NONE && replacement.askedFor(machine)
        ? then
        : new Again.Backoff();
  }

  private Again place(
      StoredMachine machine, OwnerCluster cluster, String bootstrap, Optional<String> zone) {
    String namespace = machine.key().namespace();
    List<String> zones = zone.map(List::of).orElse(machine.spec().zones());
    return switch (tools.surveyor().look(namespace, cluster, zones)) {
      case Surroundings.Look.Missing(var what) -> {
        Again _ = waits(machine, "WaitingForClusterInfrastructure", "it waits for " + what);
        yield new Again.Moving();
      }
      case Surroundings.Look.Found(var surroundings) -> {
        Compression compression = tools.surveyor().compression(namespace, bootstrap);
        yield make(
            machine,
            MachineInstance.of(machine.spec(), surroundings, bootstrap, compression, zones));
      }
    };
  }

  private Again make(StoredMachine machine, InstanceSpec spec) {
    ApiAnswer reply =
        api.create(KubernetesKind.INSTANCE, machine.key(), OwnedInstance.made(machine, spec));
    return switch (reply) {
      case ApiAnswer.Current _ -> {
        LOG.info("Making the machine of a GpuMachine", "machine", machine.key());
        yield new Again.Moving();
      }
      case ApiAnswer.Conflict() -> taken(machine);
      case ApiAnswer.Missing() -> new Again.Backoff();
      case ApiAnswer.Forbidden(var why) -> refused(machine, why);
      case ApiAnswer.Unavailable(var why) -> refused(machine, why);
    };
  }

  /** It is ours when this was done before and the answer was lost. */
  private Again taken(StoredMachine machine) {
    return switch (OwnedInstance.of(api, machine)) {
      case OURS, NONE -> new Again.Moving();
      case UNKNOWN -> new Again.Backoff();
      case ANOTHERS ->
          refused(
              machine,
              "Instance "
                  + machine.key()
                  + " exists and is not of this GpuMachine; delete one of the two");
    };
  }

  private Again refused(StoredMachine machine, String why) {
    Again _ = waits(machine, "CannotMakeInstance", why);
    return new Again.Backoff();
  }

  // --- a machine that is there -----------------------------------------------------------------

  /** Nobody hears of what this process itself writes into Instances, so it looks again. */
  private Again follow(StoredMachine machine, Managed instance) {
    if (machine.status().instanceName().isEmpty()
        && OwnedInstance.of(api, machine) != OwnedInstance.OURS) {
      return taken(machine);
    }
    Optional<InstanceObservation> facts = instance.status().atProvider();
    Optional<String> id = facts.flatMap(InstanceObservation::providerID);
    if (id.isPresent() && machine.spec().providerID().isEmpty()) {
      return identify(machine, id.get());
    }
    if (MachineReport.doomed(instance.status())) {
      boolean _ = replacement.askedFor(machine); // else with the next pass, which comes anyway
    }
    boolean runs =
        facts.filter(one -> one.state() == InstanceObservation.State.Running).isPresent();
    if (!runs || id.isEmpty()) {
      GpuMachineStatus status =
          said(machine).of(machine.key().name(), instance.status(), Optional.empty(), "");
      return report(machine, status, new Again.Moving());
    }
    // What was written once is what the node has, also when its region got another name since.
    String node = machine.spec().providerID().orElse(id.get());
    boolean rests = said(machine).asPlanned();
    return switch (tools.workloads().node(machine.clusterKey(), node, rests)) {
      case Workloads.Sight.Unreachable(var why) -> {
        var missing =
            new GpuGate.Missing(
                "WorkloadClusterUnreachable",
                "nobody can see the node of the machine, because the cluster's API does not answer:"
                    + " "
                    + why);
        Again _ = report(machine, judged(machine, instance, Optional.of(missing)), COMES);
        yield new Again.Backoff();
      }
      case Workloads.Sight.Seen seen -> gate(machine, instance, seen);
    };
  }

  private Again identify(StoredMachine machine, String id) {
    Map<String, Object> change =
        Map.of(
            "metadata",
            Map.of("resourceVersion", machine.resourceVersion()),
            "spec",
            Map.of("providerID", id));
    return stored(
        api.merge(KubernetesKind.GPU_MACHINE, machine.key(), change),
        new Again.After(Duration.ZERO, Urgency.NEWS));
  }

  private Again gate(StoredMachine machine, Managed instance, Workloads.Sight.Seen seen) {
    Optional<NodeView> node = seen.node();
    Optional<GpuGate.Missing> missing =
        GpuGate.missing(node, machine.spec().expectedResources(), seen.operator());
    boolean doomed = MachineReport.doomed(instance.status());
    if (node.isPresent()) {
      Optional<String> failed =
          tools.workloads().hold(machine.clusterKey(), node.get(), doomed || missing.isPresent());
      if (failed.isPresent()) {
        var untouched =
            new GpuGate.Missing(
                "CannotTaintNode",
                "node %s: taint %s cannot be changed: %s"
                    .formatted(node.get().name(), NodeView.NOT_READY, failed.get()));
        Again _ =
            report(
                machine,
                judged(machine, instance, missing.or(() -> Optional.of(untouched))),
                COMES);
        return new Again.Backoff();
      }
    }
    return report(
        machine,
        judged(machine, instance, missing),
        missing.isPresent() || mayBeTakenBack(instance)
            ? COMES
            : new Again.After(SETTLED, Urgency.RESYNC));
  }

  /** Of EC2's two minutes as few seconds as can be shall pass unseen. */
  private static boolean mayBeTakenBack(Managed instance) {
    return instance.status().atProvider().filter(InstanceObservation::interruptible).isPresent();
  }

  private GpuMachineStatus judged(
      StoredMachine machine, Managed instance, Optional<GpuGate.Missing> missing) {
    return said(machine)
        .of(
            machine.key().name(),
            instance.status(),
            missing,
            GpuGate.words(machine.spec().expectedResources()));
  }

  // --- a machine that goes ---------------------------------------------------------------------

  /** The Instance sees to it that nothing stays; this goes when that has gone. */
  private Again leave(StoredMachine machine) {
    if (!machine.held()) {
      return new Again.WhenAdded();
    }
    return switch (OwnedInstance.of(api, machine)) {
      case OURS -> end(machine, tools.instances().apply(machine.key()));
      case UNKNOWN -> new Again.Backoff();
      case ANOTHERS, NONE -> letGo(machine);
    };
  }

  private Again letGo(StoredMachine machine) {
    List<String> others =
        machine.finalizers().stream().filter(one -> !one.equals(StoredMachine.FINALIZER)).toList();
    return stored(merged(machine, Map.of("finalizers", others)), new Again.WhenAdded());
  }

  private Again end(StoredMachine machine, Optional<Managed> instance) {
    if (instance.filter(Managed::deleting).isEmpty()) {
      ApiAnswer reply = api.delete(KubernetesKind.INSTANCE, machine.key());
      switch (reply) {
        case ApiAnswer.Current _, ApiAnswer.Missing() ->
            LOG.info("Deleting the machine of a GpuMachine", "machine", machine.key());
        case ApiAnswer.Conflict() -> {}
        case ApiAnswer.Forbidden(var why) -> {
          return refused(machine, why);
        }
        case ApiAnswer.Unavailable(var why) -> {
          return refused(machine, why);
        }
      }
    }
    GpuMachineStatus status =
        instance
            .map(one -> said(machine).of(machine.key().name(), one.status(), Optional.empty(), ""))
            .orElse(machine.status());
    return report(machine, status, new Again.Moving());
  }

  // --- writing ---------------------------------------------------------------------------------

  private MachineReport said(StoredMachine machine) {
    return new MachineReport(machine.status(), machine.generation(), tools.clock().instant());
  }

  private Again waits(StoredMachine machine, String reason, String words) {
    return report(machine, said(machine).waiting(reason, words), new Again.WhenAdded());
  }

  private Again report(StoredMachine machine, GpuMachineStatus status, Again then) {
    if (status.equals(machine.status())) {
      return then;
    }
    return stored(
        api.putStatus(
            KubernetesKind.GPU_MACHINE,
            machine.key(),
            machine.resourceVersion(),
            Encoder.everything(status)),
        then);
  }

  /**
   * Keeps it until its machine is gone. clusterctl may not move it: it would leave the Instance
   * behind without an owner, which would be deleted with the machine.
   */
  private ApiAnswer hold(StoredMachine machine) {
    List<String> finalizers = new ArrayList<>(machine.finalizers());
    finalizers.add(StoredMachine.FINALIZER);
    return merged(
        machine,
        Map.of("finalizers", finalizers, "annotations", Map.of(StoredMachine.BLOCK_MOVE, "true")));
  }

  private ApiAnswer merged(StoredMachine machine, Map<String, Object> metadata) {
    Map<String, Object> all = new TreeMap<>(metadata);
    all.put("resourceVersion", machine.resourceVersion());
    return api.merge(KubernetesKind.GPU_MACHINE, machine.key(), Map.of("metadata", all));
  }

  private Again stored(ApiAnswer reply, Again then) {
    return switch (reply) {
      case ApiAnswer.Current(var object) -> {
        StoredMachine.read(object)
            .ifPresent(read -> tools.machines().takeOver(read.key(), read.resourceVersion(), read));
        yield then;
      }
      case ApiAnswer.Missing() -> new Again.WhenAdded();
      case ApiAnswer.Conflict() -> new Again.Backoff();
      case ApiAnswer.Forbidden(var why) -> unstored(why);
      case ApiAnswer.Unavailable(var why) -> unstored(why);
    };
  }

  /** Nobody else tells of it: what cannot be stored cannot be said in the object either. */
  private static Again unstored(String why) {
    LOG.warning("Storing a GpuMachine failed, and is tried again", "problem", why);
    return new Again.Backoff();
  }
}
