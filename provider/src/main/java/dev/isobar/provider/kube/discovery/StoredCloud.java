package dev.isobar.provider.kube.discovery;

import dev.isobar.apis.compute.CloudSpec;
import dev.isobar.apis.compute.CloudStatus;
import dev.isobar.apis.decode.Decoded;
import dev.isobar.apis.decode.Decoder;
import dev.isobar.provider.decide.Annotations;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.kube.api.ApiObject;
import java.util.Optional;

/**
 * A Cloud as the API server has it.
 *
 * @param paused whether nothing shall be done with it
 * @param requested when somebody asked for a look at once; any text, empty when nobody did
 */
record StoredCloud(
    ObjectKey key,
    String uid,
    String resourceVersion,
    long generation,
    boolean paused,
    String requested,
    CloudSpec spec,
    CloudStatus status) {
  private static final Decoder<CloudSpec> SPEC = Decoder.of(CloudSpec.class).lenient();
  private static final Decoder<CloudStatus> STATUS = Decoder.of(CloudStatus.class).lenient();

  /** Reads one; the API server has checked it. A status that makes no sense is as none. */
  static Optional<StoredCloud> read(ApiObject object) {
    return SPEC.decode(object.content().at("spec"), "spec")
            instanceof Decoded.Valid<CloudSpec>(var spec)
        ? Optional.of(
            new StoredCloud(
                object.key(),
                object.uid(),
                object.resourceVersion(),
                object.generation(),
                object.annotations().getOrDefault(Annotations.PAUSED, "").equals("true"),
                object.annotations().getOrDefault(Annotations.RECONCILE_REQUESTED_AT, ""),
                spec,
                status(object)))
        : Optional.empty();
  }

  private static CloudStatus status(ApiObject object) {
    return switch (STATUS.decode(object.content().at("status"), "status")) {
      case Decoded.Valid<CloudStatus>(var status) -> status;
      case Decoded.Invalid<CloudStatus> _ -> CloudStatus.NONE;
    };
  }

  /** Whether somebody wants something else of it than before. */
  boolean wantsOtherThan(StoredCloud before) {
    return generation != before.generation
        || paused != before.paused
        || !requested.equals(before.requested);
  }
}
