package dev.isobar.provider.kube.clusterapi;

import dev.isobar.apis.decode.Decoded;
import dev.isobar.apis.decode.Decoder;
import dev.isobar.apis.infrastructure.GpuMachineSpec;
import dev.isobar.apis.infrastructure.GpuMachineStatus;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.kube.api.ApiObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A GpuMachine as the API server has it.
 *
 * @param owner UID of the Machine that controls it; empty until Cluster API has said so
 * @param cluster its Cluster's name; empty until Cluster API has said so
 */
record StoredMachine(
    ObjectKey key,
    String uid,
    String resourceVersion,
    long generation,
    boolean deleting,
    boolean paused,
    Optional<String> owner,
    String cluster,
    Map<String, String> labels,
    List<String> finalizers,
    GpuMachineSpec spec,
    GpuMachineStatus status) {
  /** What keeps it until its machine is gone. */
  static final String FINALIZER = "gpumachine.infrastructure.isobar.dev";

  /** What keeps {@code clusterctl move} from beginning. */
  static final String BLOCK_MOVE = "clusterctl.cluster.x-k8s.io/block-move";

  static final String CLUSTER_LABEL = "cluster.x-k8s.io/cluster-name";
  private static final String PAUSED = "cluster.x-k8s.io/paused";
  private static final Decoder<GpuMachineSpec> SPEC = Decoder.of(GpuMachineSpec.class).lenient();
  private static final Decoder<GpuMachineStatus> STATUS =
      Decoder.of(GpuMachineStatus.class).lenient();
  private static final GpuMachineStatus NONE =
      new GpuMachineStatus(
          Optional.empty(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of());

  /** Reads one; the API server has checked it. A status that makes no sense is as none. */
  static Optional<StoredMachine> read(ApiObject object) {
    return SPEC.decode(object.content().at("spec"), "spec")
            instanceof Decoded.Valid<GpuMachineSpec>(var spec)
        ? Optional.of(
            new StoredMachine(
                object.key(),
                object.uid(),
                object.resourceVersion(),
                object.generation(),
                object.deletedAt().isPresent(),
                object.annotations().containsKey(PAUSED),
                object.controller(),
                object.labels().getOrDefault(CLUSTER_LABEL, ""),
                Map.copyOf(object.labels()),
                object.finalizers(),
                spec,
                status(object)))
        : Optional.empty();
  }

  private static GpuMachineStatus status(ApiObject object) {
    return switch (STATUS.decode(object.content().at("status"), "status")) {
      case Decoded.Valid<GpuMachineStatus>(var status) -> status;
      case Decoded.Invalid<GpuMachineStatus> _ -> NONE;
    };
  }

  boolean held() {
    return finalizers.contains(FINALIZER);
  }

  /** Its Cluster's place. */
  ObjectKey clusterKey() {
    return new ObjectKey(key.namespace(), cluster);
  }

  /** Whether somebody wants something else of it than before. */
  boolean wantsOtherThan(StoredMachine before) {
    return generation != before.generation
        || deleting != before.deleting
        || paused != before.paused
        || !uid.equals(before.uid)
        || !owner.equals(before.owner)
        || !cluster.equals(before.cluster)
        || !finalizers.equals(before.finalizers);
  }
}
