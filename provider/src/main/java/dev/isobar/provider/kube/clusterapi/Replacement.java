package dev.isobar.provider.kube.clusterapi;

import dev.isobar.provider.clusterapi.OwnerMachine;
import dev.isobar.provider.kube.api.ApiAnswer;
import dev.isobar.provider.kube.api.KubernetesKind;
import dev.isobar.provider.kube.api.Mirror;
import dev.isobar.provider.kube.api.ObjectApi;
import dev.isobar.provider.operate.Diary;
import java.util.Map;

/**
 * Asks Cluster API for another machine in place of one that is gone, or that its cloud is about to
 * take. A MachineHealthCheck that covers the Machine then deletes it at once, which drains a node
 * that is still there; without one nothing comes of it.
 */
final class Replacement {
  private static final Diary LOG = Diary.of(Replacement.class);

  private final ObjectApi api;
  private final Mirror<OwnerMachine> owners;

  Replacement(ObjectApi api, Mirror<OwnerMachine> owners) {
    this.api = api;
    this.owners = owners;
  }

  /**
   * Asks once for each Machine, and of no other one that has its name.
   *
   * @param machine that a Machine owns
   * @return whether it need not be asked again
   */
  boolean askedFor(StoredMachine machine) {
    if (owners.get(machine.key()).filter(OwnerMachine::condemned).isPresent()) {
      return true;
    }
    Map<String, Object> metadata =
        Map.of(
            "uid",
            machine.owner().orElseThrow(),
            "annotations",
            Map.of(OwnerMachine.REMEDIATE, ""));
    ApiAnswer reply =
        api.merge(KubernetesKind.MACHINE, machine.key(), Map.of("metadata", metadata));
    return switch (reply) {
      case ApiAnswer.Current _ -> {
        LOG.info("Asking for another machine in place of a lost one", "machine", machine.key());
        yield true;
      }
      case ApiAnswer.Missing() -> true;
      case ApiAnswer.Conflict() -> false;
      case ApiAnswer.Forbidden(var why) -> failed(machine, why);
      case ApiAnswer.Unavailable(var why) -> failed(machine, why);
    };
  }

  private static boolean failed(StoredMachine machine, String why) {
    LOG.warning(
        "Asking for another machine in place of a lost one failed, and is tried again",
        "machine",
        machine.key(),
        "problem",
        why);
    return false;
  }
}
