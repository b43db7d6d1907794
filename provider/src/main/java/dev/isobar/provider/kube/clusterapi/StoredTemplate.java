package dev.isobar.provider.kube.clusterapi;

import dev.isobar.apis.decode.Decoded;
import dev.isobar.apis.decode.Decoder;
import dev.isobar.apis.infrastructure.GpuMachineTemplate;
import dev.isobar.apis.infrastructure.GpuMachineTemplate.NodeFacts;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.kube.api.ApiObject;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A GpuMachineTemplate, and what its status shall say, from which an autoscaler knows what a node
 * that does not exist yet would offer. Processors and memory stand in the autoscaler's annotations
 * of the MachineDeployment.
 *
 * @param told whether the status says it already
 */
record StoredTemplate(
    ObjectKey key, String resourceVersion, GpuMachineTemplate.Status wanted, boolean told) {
  private static final String ARCHITECTURE = "isobar.dev/architecture";
  private static final Decoder<GpuMachineTemplate.Spec> SPEC =
      Decoder.of(GpuMachineTemplate.Spec.class).lenient();
  private static final Decoder<GpuMachineTemplate.Status> STATUS =
      Decoder.of(GpuMachineTemplate.Status.class).lenient();

  /** Reads one; the API server has checked it. */
  static Optional<StoredTemplate> read(ApiObject object) {
    if (!(SPEC.decode(object.content().at("spec"), "spec")
        instanceof Decoded.Valid<GpuMachineTemplate.Spec>(var spec))) {
      return Optional.empty();
    }
    var capacity = new TreeMap<String, String>();
    spec.template()
        .spec()
        .expectedResources()
        .forEach((resource, count) -> capacity.put(resource, String.valueOf(count)));
    Optional<NodeFacts> facts =
        Optional.ofNullable(object.annotations().get(ARCHITECTURE))
            .map(name -> new NodeFacts(Optional.of(name), Optional.of("linux")));
    var wanted = new GpuMachineTemplate.Status(Map.copyOf(capacity), facts);
    boolean told =
        STATUS.decode(object.content().at("status"), "status")
                instanceof Decoded.Valid<GpuMachineTemplate.Status>(var status)
            && status.equals(wanted);
    return Optional.of(new StoredTemplate(object.key(), object.resourceVersion(), wanted, told));
  }
}
