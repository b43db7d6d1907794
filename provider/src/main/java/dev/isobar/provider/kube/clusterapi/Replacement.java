package dev.isobar.provider.kube.clusterapi;

import dev.isobar.provider.clusterapi.OwnerMachine;
import dev.isobar.provider.kube.api.ApiAnswer;
import dev.isobar.provider.kube.api.KubernetesKind;
import dev.isobar.provider.kube.api.Mirror;
import dev.isobar.provider.kube.api.ObjectApi;
import dev.isobar.provider.operate.Diary;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Asks Cluster API for another machine in place of one that is gone, that its cloud is about to
 * take, or whose node does not come. A MachineHealthCheck that covers the Machine then deletes it
 * at once, which drains a node that is still there, unless too many are unhealthy; without one
 * nothing comes of it.
 */
final class Replacement {
  private static final Diary LOG = Diary.of(Replacement.class);

  /** What the request holds for a machine that no look can bring back. */
  static final String GONE = "";

  /** And for one whose node has not come in time. */
  static final String LATE = OwnerMachine.STARTUP;

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
   * @param why what the request holds
   * @return what failed, so that it must be asked again; empty when it is asked for
   */
  Optional<String> askedFor(StoredMachine machine, String why) {
    if (owners.get(machine.key()).flatMap(OwnerMachine::condemned).isPresent()) {
      return Optional.empty();
    }
    return told(
        machine,
        Map.of(OwnerMachine.REMEDIATE, why),
        why.equals(LATE)
            ? "Asking for another machine in place of one whose node does not come"
            : "Asking for another machine in place of a lost one");
  }

  /**
   * Takes back what was asked of a machine that runs, or has its node, after all; nothing else.
   *
   * @return what failed; empty when nothing stands against the machine for that any more
   */
  Optional<String> takenBack(StoredMachine machine) {
    if (owners.get(machine.key()).flatMap(OwnerMachine::condemned).filter(LATE::equals).isEmpty()) {
      return Optional.empty();
    }
    var none = new TreeMap<String, @Nullable Object>();
    none.put(OwnerMachine.REMEDIATE, null);
    return told(machine, none, "Keeping a machine that has come late");
  }

  private Optional<String> told(
      StoredMachine machine, Map<String, ? extends @Nullable Object> annotations, String what) {
    Map<String, Object> metadata =
        Map.of("uid", machine.owner().orElseThrow(), "annotations", annotations);
    ApiAnswer reply =
        api.merge(KubernetesKind.MACHINE, machine.key(), Map.of("metadata", metadata));
    return switch (reply) {
      case ApiAnswer.Current _ -> {
        LOG.info(what, "machine", machine.key());
        yield Optional.empty();
      }
      case ApiAnswer.Missing() -> Optional.empty();
      case ApiAnswer.Conflict() -> Optional.of("somebody else wrote the Machine meanwhile");
      case ApiAnswer.Forbidden(var why) -> failed(machine, what, why);
      case ApiAnswer.Unavailable(var why) -> failed(machine, what, why);
    };
  }

  private static Optional<String> failed(StoredMachine machine, String what, String why) {
    LOG.warning(what + " failed, and is tried again", "machine", machine.key(), "problem", why);
    return Optional.of(why);
  }
}
