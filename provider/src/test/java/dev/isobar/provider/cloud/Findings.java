package dev.isobar.provider.cloud;

import dev.isobar.apis.compute.CloudSpec;
import dev.isobar.apis.compute.MachineType;
import dev.isobar.apis.compute.MachineType.GpuFacts;
import dev.isobar.apis.compute.MachineType.Vendor;
import dev.isobar.apis.decode.Decoded;
import dev.isobar.apis.decode.Decoder;
import dev.isobar.apis.schema.Size;
import dev.isobar.apis.tree.Tree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What clouds have, and Clouds say, in tests of this package. */
final class Findings {
  static final CloudSpec SPEC = spec(Map.of());

  private Findings() {}

  static CloudSpec spec(Map<String, Object> more) {
    Map<String, Object> spec = new TreeMap<>(more);
    spec.put("provider", "OpenStack");
    spec.put("region", "RegionOne");
    spec.put(
        "clusterApi",
        Map.of("identityRef", Map.of("kind", "OpenStackClusterIdentity", "name", "wekeo")));
    return switch (Decoder.of(CloudSpec.class).decode(Tree.of(spec), "spec")) {
      case Decoded.Valid<CloudSpec>(var valid) -> valid;
      case Decoded.Invalid<CloudSpec>(var mistakes) -> throw new AssertionError(mistakes);
    };
  }

  /**
   * A machine type.
   *
   * @param gpus as in "A100-80GB x 8"; none when empty
   */
  static MachineType type(String name, int cpus, String gpus) {
    return new MachineType(
        name,
        Optional.of(cpus),
        Optional.of(new Size("32Gi")),
        Optional.of(new Size("40Gi")),
        Optional.empty(),
        Optional.of(gpus)
            .filter(text -> !text.isEmpty())
            .map(text -> text.split(" x "))
            .map(parts -> new GpuFacts(Vendor.NVIDIA, parts[0], Integer.parseInt(parts[1]))),
        Optional.empty(),
        List.of());
  }
}
