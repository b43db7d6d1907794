package dev.isobar.provider.kube.clusterapi;

import dev.isobar.apis.decode.Encoder;
import dev.isobar.apis.infrastructure.GpuMachineStatus;
import dev.isobar.provider.clusterapi.MachineReport;
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
import java.util.TreeMap;

/** Writes what is known of GpuMachines into them; each write answers when to look again. */
final class MachineBooks {
  private static final Diary LOG = Diary.of(MachineBooks.class);
  private static final Again AT_ONCE = new Again.After(Duration.ZERO, Urgency.NEWS);

  private final ObjectApi api;
  private final Mirror<StoredMachine> machines;
  private final InstantSource clock;

  MachineBooks(ObjectApi api, Mirror<StoredMachine> machines, InstantSource clock) {
    this.api = api;
    this.machines = machines;
    this.clock = clock;
  }

  /** What it says until now, to say something new. */
  MachineReport said(StoredMachine machine) {
    return new MachineReport(machine.status(), machine.generation(), clock.instant());
  }

  /** Nothing exists yet, for this reason. */
  Again waits(StoredMachine machine, String reason, String words) {
    return report(machine, said(machine).waiting(reason, words), new Again.WhenAdded());
  }

  /**
   * Writes a status, if it is another one.
   *
   * @param then when to look again once it is stored
   */
  Again report(StoredMachine machine, GpuMachineStatus status, Again then) {
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

  /** By what its node is known, written once. */
  Again identify(StoredMachine machine, String id) {
    Map<String, Object> change =
        Map.of(
            "metadata",
            Map.of("resourceVersion", machine.resourceVersion()),
            "spec",
            Map.of("providerID", id));
    return stored(api.merge(KubernetesKind.GPU_MACHINE, machine.key(), change), AT_ONCE);
  }

  /**
   * Keeps it until its machine is gone. clusterctl may not move it: it would leave the Instance
   * behind without an owner, which would be deleted with the machine.
   */
  Again hold(StoredMachine machine) {
    List<String> finalizers = new ArrayList<>(machine.finalizers());
    finalizers.add(StoredMachine.FINALIZER);
    return stored(
        merged(
            machine,
            Map.of(
                "finalizers", finalizers, "annotations", Map.of(StoredMachine.BLOCK_MOVE, "true"))),
        AT_ONCE);
  }

  /** Its machine is gone. */
  Again letGo(StoredMachine machine) {
    List<String> others =
        machine.finalizers().stream().filter(one -> !one.equals(StoredMachine.FINALIZER)).toList();
    return stored(merged(machine, Map.of("finalizers", others)), new Again.WhenAdded());
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
            .ifPresent(read -> machines.takeOver(read.key(), read.resourceVersion(), read));
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
