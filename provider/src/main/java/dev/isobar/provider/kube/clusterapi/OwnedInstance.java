package dev.isobar.provider.kube.clusterapi;

import dev.isobar.apis.compute.CapacityChoice;
import dev.isobar.apis.compute.InstanceSpec;
import dev.isobar.apis.decode.Encoder;
import dev.isobar.provider.decide.Annotations;
import dev.isobar.provider.kube.api.ApiAnswer;
import dev.isobar.provider.kube.api.KubernetesKind;
import dev.isobar.provider.kube.api.ObjectApi;
import java.util.List;
import java.util.Map;

/** The Instance that has the name of a GpuMachine, as the API server has it now. */
enum OwnedInstance {
  /** It is the GpuMachine's. */
  OURS,
  /** Somebody else made it. */
  ANOTHERS,
  /** There is none. */
  NONE,
  /** Nobody can tell: the API server does not say. */
  UNKNOWN;

  /** How often a machine is looked at of which EC2 tells two minutes before that it takes it. */
  private static final String SPOT_POLL = "15s";

  /** Asks whose it is. */
  static OwnedInstance of(ObjectApi api, StoredMachine machine) {
    return switch (api.get(KubernetesKind.INSTANCE, machine.key())) {
      case ApiAnswer.Current(var instance) ->
          instance.controller().filter(machine.uid()::equals).isPresent() ? OURS : ANOTHERS;
      case ApiAnswer.Missing() -> NONE;
      case ApiAnswer.Conflict(), ApiAnswer.Forbidden _, ApiAnswer.Unavailable _ -> UNKNOWN;
    };
  }

  /** The whole object, to be made. */
  static Map<String, Object> made(StoredMachine machine, InstanceSpec spec) {
    Map<String, Object> owner =
        Map.of(
            "apiVersion", KubernetesKind.GPU_MACHINE.apiVersion(),
            "kind", KubernetesKind.GPU_MACHINE.kind(),
            "name", machine.key().name(),
            "uid", machine.uid(),
            "controller", true,
            "blockOwnerDeletion", true);
    return Map.of(
        "apiVersion",
        KubernetesKind.INSTANCE.apiVersion(),
        "kind",
        KubernetesKind.INSTANCE.kind(),
        "metadata",
        Map.of(
            "name",
            machine.key().name(),
            "namespace",
            machine.key().namespace(),
            "labels",
            Map.of(StoredMachine.CLUSTER_LABEL, machine.cluster()),
            "annotations",
            annotations(spec),
            "ownerReferences",
            List.of(owner)),
        "spec",
        Encoder.everything(spec));
  }

  private static Map<String, String> annotations(InstanceSpec spec) {
    return spec.forProvider().capacity().model() == CapacityChoice.Model.Spot
        ? Map.of(Annotations.POLL_INTERVAL, SPOT_POLL)
        : Map.of();
  }
}
