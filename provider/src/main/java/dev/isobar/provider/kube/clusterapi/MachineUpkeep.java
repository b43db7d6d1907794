package dev.isobar.provider.kube.clusterapi;

import dev.isobar.apis.compute.InstanceObservation;
import dev.isobar.apis.compute.InstanceSpec;
import dev.isobar.apis.compute.UserDataSource.Compression;
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
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Keeps one GpuMachine: makes its Instance, says how it is doing, lets its node's taint go. */
final class MachineUpkeep {
  private static final Diary LOG = Diary.of(MachineUpkeep.class);

  /** How soon a node is looked at again whose GPUs are not as planned. */
  private static final Duration COMING = Duration.ofSeconds(10);

  private static final Again COMES = new Again.After(COMING, Urgency.RESYNC);

  /** How soon one is that was as planned. */
  private static final Duration SETTLED = Duration.ofMinutes(1);

  /** For how long GPUs are as planned that nobody sees; Cluster API believes as long in nodes. */
  private static final Duration BELIEVED = Duration.ofMinutes(5);

  private static final GpuGate.Missing GOING =
      new GpuGate.Missing("WaitingForInstance", "the machine is going");

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
  private final MachineBooks books;
  private final Replacement replacement;
  private final NodeStartup startup;

  MachineUpkeep(Tools tools) {
    this.tools = tools;
    this.api = tools.api();
    this.books = new MachineBooks(api, tools.machines(), tools.clock());
    this.replacement = new Replacement(api, tools.owners());
    this.startup = new NodeStartup(tools.owners(), books, replacement, tools.clock());
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
      return books.report(machine, books.said(machine).paused(pause.get()), new Again.WhenAdded());
    }
    if (machine.deleting()) {
      return leave(machine);
    }
    if (machine.owner().isEmpty() || machine.cluster().isEmpty()) {
      return books.waits(
          machine, "WaitingForMachine", "Cluster API has not made a Machine the owner of this yet");
    }
    if (!machine.held()) {
      return books.hold(machine);
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
    if (books.said(machine).provisioned() || machine.status().instanceName().isPresent()) {
      return lost(machine);
    }
    Optional<OwnerMachine> owner = tools.owners().get(machine.key());
    if (cluster.filter(OwnerCluster::provisioned).isEmpty()) {
      return books.waits(
          machine,
          "WaitingForClusterInfrastructure",
          "the network of Cluster " + machine.clusterKey() + " is not there yet");
    }
    if (owner.map(OwnerMachine::uid).filter(machine.owner().orElse("")::equals).isEmpty()) {
      return books.waits(
          machine,
          "WaitingForMachine",
          "there is no Machine %s with UID %s, which owns this; a Machine must have the name of its GpuMachine, as those of MachineSets do"
              .formatted(machine.key(), machine.owner().orElse("")));
    }
    Optional<String> bootstrap = owner.flatMap(OwnerMachine::bootstrapSecret);
    if (bootstrap.isEmpty()) {
      return books.waits(
          machine,
          "WaitingForBootstrapData",
          "the bootstrap provider has not written the data for the first start yet");
    }
    return place(machine, cluster.get(), bootstrap.get(), owner.flatMap(OwnerMachine::zone));
  }

  /** What is asked for cannot be taken back: the API server itself must know no Instance. */
  private Again lost(StoredMachine machine) {
    if (OwnedInstance.of(api, machine) != OwnedInstance.NONE) {
      return new Again.Backoff();
    }
    Again then =
        books.waits(
            machine,
            "Lost",
            "its Instance is gone, and a Machine is never made twice; delete the Machine "
                + "(a MachineHealthCheck does), and another one takes its place");
    return replacement.askedFor(machine, Replacement.GONE).isEmpty() ? then : new Again.Backoff();
  }

  private Again place(
      StoredMachine machine, OwnerCluster cluster, String bootstrap, Optional<String> zone) {
    String namespace = machine.key().namespace();
    List<String> zones = zone.map(List::of).orElse(machine.spec().zones());
    return switch (tools.surveyor().look(namespace, cluster, zones)) {
      case Surroundings.Look.Missing(var what) -> {
        Again _ = books.waits(machine, "WaitingForClusterInfrastructure", "it waits for " + what);
        yield new Again.Moving();
      }
      case Surroundings.Look.Found(var surroundings) -> {
        Optional<Compression> compression = tools.surveyor().compression(namespace, bootstrap);
        yield compression.isPresent()
            ? make(
                machine,
                MachineInstance.of(
                    machine.spec(), surroundings, bootstrap, compression.get(), zones))
            : unread(machine, namespace + "/" + bootstrap);
      }
    };
  }

  private Again unread(StoredMachine machine, String secret) {
    Again _ =
        books.waits(
            machine,
            "WaitingForBootstrapData",
            "Secret " + secret + " with the data for the first start cannot be read");
    return new Again.Backoff();
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
    Again _ = books.waits(machine, "CannotMakeInstance", why);
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
    if (MachineReport.doomed(instance.status())) {
      // If that fails, with the next pass, which comes anyway.
      Optional<String> _ = replacement.askedFor(machine, Replacement.GONE);
    }
    boolean runs =
        facts.filter(one -> one.state() == InstanceObservation.State.Running).isPresent();
    if (!runs || id.isEmpty()) {
      return idle(machine, instance);
    }
    if (machine.spec().providerID().isEmpty()) {
      // Not before: one that never ran may have been given up for another.
      return startup.came(machine) ? books.identify(machine, id.get()) : new Again.Backoff();
    }
    // What was written once is what the node has, also when its region got another name since.
    String node = machine.spec().providerID().get();
    boolean rests = books.said(machine).asPlanned();
    return switch (tools.workloads().node(machine.clusterKey(), node, rests)) {
      case Workloads.Sight.Unreachable(var why, var time) -> {
        // What worked a moment ago is believed to work, or a restart of an API would stop rollouts.
        Optional<GpuGate.Missing> missing =
            rests && time.compareTo(BELIEVED) < 0 ? Optional.empty() : Optional.of(unseen(why));
        Again _ = books.report(machine, judged(machine, instance, missing), COMES);
        yield new Again.Backoff();
      }
      case Workloads.Sight.Seen seen -> gate(machine, instance, seen);
    };
  }

  private static GpuGate.Missing unseen(String why) {
    return new GpuGate.Missing(
        "WorkloadClusterUnreachable", "nobody can see the node of the machine, because " + why);
  }

  /** It does not run yet, or not any more, and may have had its time. */
  private Again idle(StoredMachine machine, Managed instance) {
    if (MachineReport.doomed(instance.status())) {
      shun(machine, instance);
    } else {
      startup.idle(machine, instance);
    }
    GpuMachineStatus status =
        books.said(machine).of(machine.key().name(), instance.status(), Optional.empty(), "");
    return books.report(machine, status, new Again.Moving());
  }

  /** Its cloud is ending it, and pods are put onto its node until that falls silent. */
  private void shun(StoredMachine machine, Managed instance) {
    boolean ending =
        instance
            .status()
            .atProvider()
            .filter(one -> one.state() == InstanceObservation.State.Terminating)
            .isPresent();
    Optional<String> id = machine.spec().providerID().filter(_ -> ending);
    if (id.isPresent()
        && tools.workloads().node(machine.clusterKey(), id.get(), false)
            instanceof Workloads.Sight.Seen seen
        && seen.node().isPresent()) {
      // If that fails, with the next pass, which comes anyway.
      Optional<String> _ = tools.workloads().hold(machine.clusterKey(), seen.node().get(), true);
    }
  }

  private Again gate(StoredMachine machine, Managed instance, Workloads.Sight.Seen seen) {
    Optional<NodeView> node = seen.node();
    boolean doomed = MachineReport.doomed(instance.status());
    Optional<GpuGate.Missing> missing =
        GpuGate.missing(node, machine.spec().expectedResources(), seen.operator())
            .map(step -> node.isPresent() || doomed ? step : startup.judged(machine, step));
    if (node.isPresent()) {
      if (!doomed) {
        boolean _ = startup.came(machine); // if that fails, with the next pass, which comes anyway
      }
      Optional<String> failed =
          tools.workloads().hold(machine.clusterKey(), node.get(), doomed || missing.isPresent());
      if (failed.isPresent()) {
        var untouched =
            new GpuGate.Missing(
                "CannotTaintNode",
                "node %s: taint %s cannot be changed: %s"
                    .formatted(node.get().name(), NodeView.NOT_READY, failed.get()));
        Again _ =
            books.report(
                machine,
                judged(machine, instance, missing.or(() -> Optional.of(untouched))),
                COMES);
        return new Again.Backoff();
      }
    }
    return books.report(
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
    return books
        .said(machine)
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
      case ANOTHERS, NONE -> books.letGo(machine);
    };
  }

  private Again end(StoredMachine machine, Optional<Managed> instance) {
    if (instance.filter(Managed::deleting).isEmpty()) {
      ApiAnswer reply = api.delete(KubernetesKind.INSTANCE, machine.key());
      switch (reply) {
        case ApiAnswer.Current _, ApiAnswer.Missing() ->
            LOG.info("Deleting the machine of a GpuMachine", "machine", machine.key());
        case ApiAnswer.Conflict() -> {}
        case ApiAnswer.Forbidden(var why) -> {
          return undeleted(machine, why);
        }
        case ApiAnswer.Unavailable(var why) -> {
          return undeleted(machine, why);
        }
      }
    }
    GpuMachineStatus status =
        instance
            .map(one ->
                books.said(machine).of(machine.key().name(), one.status(), Optional.of(GOING), ""))
            .orElse(machine.status());
    return books.report(machine, status, new Again.Moving());
  }

  private Again undeleted(StoredMachine machine, String why) {
    Again _ = books.waits(machine, "CannotDeleteInstance", why);
    return new Again.Backoff();
  }
}
