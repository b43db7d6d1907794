package dev.isobar.provider.kube.store;

import dev.isobar.apis.compute.InstanceSpec;
import dev.isobar.apis.compute.InstanceStatus;
import dev.isobar.apis.decode.Decoded;
import dev.isobar.apis.decode.Decoder;
import dev.isobar.apis.decode.Mistake;
import dev.isobar.provider.decide.Managed;
import dev.isobar.provider.kube.api.ApiObject;
import dev.isobar.provider.operate.Diary;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads Instances. */
public final class InstanceReading {
  private static final Diary LOG = Diary.of(InstanceReading.class);

  /** Lenient, because the API server has checked them, perhaps by a newer schema than ours. */
  private static final Decoder<InstanceSpec> SPEC = Decoder.of(InstanceSpec.class).lenient();

  private static final Decoder<InstanceStatus> STATUS = Decoder.of(InstanceStatus.class).lenient();

  private InstanceReading() {}

  /** An Instance; nothing, and a line in the log, when it cannot be understood at all. */
  public static Optional<StoredInstance> read(ApiObject object) {
    if (!(SPEC.decode(object.content().at("spec"), "spec")
        instanceof Decoded.Valid<InstanceSpec>(var spec))) {
      LOG.warning(
          "Leaving an Instance alone that cannot be read",
          "instance",
          object.key(),
          "mistakes",
          mistakes(object));
      return Optional.empty();
    }
    InstanceStatus status =
        switch (STATUS.decode(object.content().at("status"), "status")) {
          case Decoded.Valid<InstanceStatus>(var valid) -> valid;
          case Decoded.Invalid<InstanceStatus> _ -> InstanceStatus.NONE;
        };
    Managed managed =
        new Managed(
            object.key(),
            object.uid(),
            object.resourceVersion(),
            object.generation(),
            object.deletedAt().isPresent(),
            object.finalizers(),
            ours(object.annotations()),
            spec,
            status);
    return Optional.of(new StoredInstance(managed, object.created(), object.deletedAt()));
  }

  /** Others' annotations can be long, and are none of our business. */
  private static SortedMap<String, String> ours(Map<String, String> annotations) {
    var ours = new TreeMap<String, String>();
    annotations.forEach((name, value) -> {
      if (name.startsWith("crossplane.io/") || name.startsWith("isobar.dev/")) {
        ours.put(name, value);
      }
    });
    return ours;
  }

  private static String mistakes(ApiObject object) {
    return SPEC.decode(object.content().at("spec"), "spec")
            instanceof Decoded.Invalid<InstanceSpec>(var all)
        ? Mistake.sentences(all)
        : "";
  }
}
